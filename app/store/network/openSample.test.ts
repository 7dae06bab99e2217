import { expect, test } from "vitest";
import {
  backward,
  beginRun,
  forward,
  layerOf,
  NETWORK_PRESETS,
  nextStep,
  openingDocument,
  sizeOf,
  unravel,
} from "#engine";
import { LENSES } from "../../lenses/lenses.ts";
import { windowLens } from "../../lenses/window/index.ts";
import { geometryFor } from "../layer.ts";
import { createFigureStore, undo } from "../state.ts";
import { openSample } from "./openSample.ts";
import { patterns as data } from "./testing.ts";

const before = beginRun(NETWORK_PRESETS.default.settings, 2, data);
const last = { ...nextStep(before, data), before };

/** Which sample the step of a lens stands at, of what it walks; null where it walks no samples. */
const SAMPLE_OF = { window: "Y", rotate: "X", scatter: "Y", delta: "Y" } as const;

test.each(Object.keys(LENSES) as (keyof typeof LENSES)[])("in %s", async (name) => {
  const first = { lens: "window", loaded: { window: windowLens } };
  const store = createFigureStore(LENSES, first, openingDocument());
  store.setState({ page: "network" });
  const { document: was } = store.getState();
  await openSample(store, last, 5, name);
  const { document, lens, page, step, loaded, channel } = store.getState();
  expect([lens, page]).toEqual([name, null]);
  const layer = layerOf(document);
  const answer = forward(layer);
  const { delta } = backward(layer, answer, document.upstream, document.training);
  expect(delta).toEqual(last.back.deltas[0]);
  expect(layer.x).toEqual(last.batch.images);
  expect(layer.w).toEqual(before.network.parameters[0]!.w);

  const geometry = geometryFor(document);
  expect(step).toBeLessThan(sizeOf(loaded[name]!.walk(geometry)));
  const walked = (SAMPLE_OF as Record<string, "X" | "Y">)[name];
  if (walked) expect(unravel(geometry.shapes[walked], step)[0]).toBe(5);
  if (loaded[name]!.walks === "W") expect(channel).toBe(5);
  undo(store);
  expect(store.getState().document).toBe(was);
});

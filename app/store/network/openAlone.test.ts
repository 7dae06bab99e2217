import { expect, test } from "vitest";
import {
  backward,
  beginRun,
  forward,
  forwardPass,
  imageOfLevels,
  layerOf,
  logitsOf,
  NETWORK_PRESETS,
  nextStep,
  openingDocument,
  softmaxCrossEntropy,
  tensor,
} from "#engine";
import { LENSES } from "../../lenses/lenses.ts";
import { windowLens } from "../../lenses/window/index.ts";
import { createFigureStore } from "../state.ts";
import { openAlone, stepOver } from "./openAlone.ts";
import { patterns as data } from "./testing.ts";

const levels = tensor(
  [1, 1, 8, 8],
  Float64Array.from({ length: 64 }, (_, i) => (i * 5) % 17),
);

/** A run between two epochs, where a step would shuffle anew and slow down. */
function late() {
  const { settings } = NETWORK_PRESETS.momentum;
  let run = beginRun({ ...settings, course: { batch: 10, epochFactor: 0.5 } }, 2, data);
  while (run.step < 2) run = nextStep(run, data).run;
  return run;
}

test("the step over a drawing is that of the weights there are, for the label it is given", () => {
  const run = late();
  const images = imageOfLevels(levels);
  const losses = [3, 4].map((label) => stepOver(run, images, label).metrics.loss);
  const logits = logitsOf(forwardPass(run.network, images));
  const wanted = [3, 4].map((label) => softmaxCrossEntropy(logits, [label]).loss.data[0]);
  expect(losses).toEqual(wanted);
  expect(stepOver(run, images, 3).metrics.lr).toBe(run.optimiser.lr);
});

test("opened in a lens it is one image, with the δ that the loss sends back for this label", async () => {
  const run = late();
  const first = { lens: "window", loaded: { window: windowLens } };
  const store = createFigureStore(LENSES, first, openingDocument());
  store.setState({ page: "network" });
  await openAlone(store, run, imageOfLevels(levels), 3, "rotate");
  const { document, lens, page } = store.getState();
  expect([lens, page]).toEqual(["rotate", null]);
  expect(document.input.tensor).toEqual(imageOfLevels(levels));
  const layer = layerOf(document);
  expect(layer.w).toEqual(run.network.parameters[0]!.w);
  const { delta } = backward(layer, forward(layer), document.upstream, document.training);
  expect(delta).toEqual(stepOver(run, imageOfLevels(levels), 3).back.deltas[0]);
  expect(delta).not.toEqual(stepOver(run, imageOfLevels(levels), 4).back.deltas[0]);
});

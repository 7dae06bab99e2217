import { expect, test } from "vitest";
import { openingDocument } from "#engine";
import { LENSES } from "../lenses/lenses.ts";
import { windowLens } from "../lenses/window/index.ts";
import { stepOf } from "./followed.ts";
import { goTo, positions, stepBy } from "./playback.ts";
import { createFigureStore } from "./state.ts";

test("who steps on before the engine has answered has stepped on", () => {
  const first = { lens: "window", loaded: { window: windowLens } };
  const store = createFigureStore(LENSES, first, openingDocument());
  expect(positions(store.getState())).toBe(16);
  stepBy(store, 1);
  stepBy(store, 1);
  expect(stepOf(store.getState())).toBe(2);
  goTo(store, 99);
  expect(stepOf(store.getState())).toBe(15);
});

import { type CellRef, type Geometry, nameOf, sizeOf } from "#engine";
import type { Lens } from "../lens.ts";
import { layout } from "./layout.ts";
import { placeOf, updatedAt } from "./place.ts";
import { caption, equation, terms } from "./words.ts";

/** The weights after the update, then the biases. */
function focus(g: Geometry, step: number): CellRef {
  const weights = sizeOf(g.shapes.W);
  return step < weights ? { tensor: "W2", index: step } : { tensor: "B2", index: step - weights };
}

export const updateLens: Lens = {
  why: "The gradient says, for each weight, which way the loss grows; an update takes a short step the other way. Momentum keeps part of the step before, so that small gradients that agree gather speed and large ones that do not cancel out. Again and again, forward, backward, update: with a target that a kernel makes, random weights become that kernel.",
  needsBack: true,
  equation,
  walk: (g) => [sizeOf(g.shapes.W) + g.spec.F],
  walks: "W",
  focus,
  slots: () => 1,
  place: (frame) => nameOf(frame.geometry, updatedAt(placeOf({ ...frame, pointed: null }))),
  output: () => null,
  terms,
  layout,
  caption,
  programs: () => import("./programs.ts"),
  marks: (frame) =>
    placeOf(frame).of === "W" ? ["gather", "multiply", "write"] : ["bias", "multiply", "write"],
};

import type { Mark } from "#engine";
import type { Frame, Lens } from "../lens.ts";
import { layout } from "./layout.ts";
import { focus, outputOfStep, placeOf, stepOf, walk } from "./place.ts";
import { caption, cellOfSlot, equation, place } from "./words.ts";

/** The output whose sum is written out: none while windows are only gathered. */
function output(frame: Frame) {
  const { phase, y, slot } = placeOf(frame);
  return phase === "gather" ? null : { y, slot };
}

/** Gathering runs the slices; a cell of out the product, and what lays it out as Y. */
function marks(frame: Frame): readonly Mark[] {
  if (outputOfStep(frame) === null) return ["gather"];
  return frame.slot === null ? ["multiply", "activate", "write"] : ["multiply"];
}

export const im2colLens: Lens = {
  why: "Processors are best at one thing: multiplying large matrices. im2col copies every window into a row of a matrix, so that all the sums of a convolution become one matrix product. The price is memory: a pixel is copied once for every window that reads it.",
  needsBack: false,
  equation,
  walk,
  focus,
  stepOf,
  slots: (g) => g.window,
  product: (frame) => (frame.slot === null ? null : cellOfSlot(frame)),
  place,
  output,
  layout,
  caption,
  programs: () => import("./programs.ts"),
  marks,
};

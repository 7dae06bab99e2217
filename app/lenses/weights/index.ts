import { biasEquation, type CellRef, nameOf, sizeOf, weightEquation } from "#engine";
import type { Frame, Lens } from "../lens.ts";
import { layout } from "./layout.ts";
import { gradientOf, outputOf, placeOf, productsOf } from "./places.ts";
import { caption, terms } from "./words.ts";

function equation(frame: Frame) {
  const { w, f } = placeOf(frame);
  const { geometry: g } = frame;
  const { line, subtitle } = w === null ? biasEquation(g, f) : weightEquation(g, w);
  return { formula: line, remark: subtitle };
}

/** The product that playback stands at; a δ that is added to a bias meets no input, and is marked alone. */
function product(frame: Frame): CellRef | null {
  const { slot, w, f } = placeOf({ ...frame, pointed: null });
  if (frame.slot === null || w === null) return null;
  const y = outputOf(frame.geometry, f, frame.slot);
  return { tensor: "TW", index: y * frame.geometry.window + slot };
}

export const weightsLens: Lens = {
  why: "A weight is used once for every output, so its gradient is a sum over all of them: each input it met, times the δ of the output it met it for. The inputs it met stand a stride apart, as one strided slice of X, which makes the gradient of the weights a convolution as well, of X with δ. A bias met a 1 each time: its gradient is the sum of the δ. Both are sums over the batch, never means; a mean belongs to the loss.",
  needsBack: true,
  equation,
  walk: (g) => [sizeOf(g.shapes.W) + g.spec.F],
  walks: "W",
  slots: productsOf,
  place: (frame) => nameOf(frame.geometry, gradientOf(placeOf({ ...frame, pointed: null }))),
  output: () => null,
  product,
  terms,
  layout,
  caption,
  programs: () => import("./programs.ts"),
  marks(frame) {
    const { w } = placeOf(frame);
    if (w === null) return ["bias"];
    return frame.slot === null ? ["gather", "multiply", "write"] : ["gather", "multiply"];
  },
};

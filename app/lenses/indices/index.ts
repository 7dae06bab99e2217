import type { Mark } from "#engine";
import type { Frame, Lens } from "../lens.ts";
import { equation } from "./equation.ts";
import { layout } from "./layout.ts";
import { focus, placeOf, stepOf, walk, wayOf } from "./place.ts";
import { terms } from "./terms.ts";
import { caption, place, product } from "./words.ts";

/** The output of the column. With groups every filter has rows of its own: `terms` writes the sum then. */
function output(frame: Frame) {
  const { pointed, geometry } = frame;
  if (wayOf(frame) !== "forward") return null;
  const isOutput = pointed?.tensor === "Y" || pointed?.tensor === "Z";
  if (geometry.spec.groups > 1 && !isOutput) return null;
  const { y, slot } = placeOf(frame);
  return { y, slot };
}

function marks(frame: Frame): readonly Mark[] {
  const way = wayOf(frame);
  const { tensor } = frame.pointed ?? {};
  if (tensor === "K" || tensor === "I" || tensor === "J") return ["index"];
  if (way !== "forward") return frame.slot === null ? ["back", way] : [way];
  return frame.slot === null ? ["gather", "multiply", "activate", "write"] : ["gather"];
}

export const indicesLens: Lens = {
  why: "Three small arrays of whole numbers say where every number of every window is: channel, row, column. NumPy takes all of them at once, and the convolution is one fancy index and one matrix product, as in the im2col_indices of CS231n. On the way back the same arrays say where each number belongs, but several windows name the same pixel: np.add.at adds all their numbers up, while the innocent += with an index array keeps only one of them, without a word; NumPy does not even promise which.",
  needsBack: true,
  equation,
  walk,
  focus,
  stepOf,
  slots: (g) => g.window,
  product,
  place,
  output,
  terms,
  layout,
  caption,
  programs: () => import("./programs.ts"),
  marks,
};

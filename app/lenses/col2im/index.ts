import type { Lens } from "../lens.ts";
import { layout } from "./layout.ts";
import { focus, stepOf, walk, writesOf } from "./place.ts";
import { terms } from "./terms.ts";
import { caption, equation, place, product } from "./words.ts";

export const col2imLens: Lens = {
  why: "The way back of im2col. One matrix product says what each copied number did to the loss; a pixel that was copied four times has done it in four places, and its gradient is the sum. So col2im adds where it could have overwritten: it is the adjoint of im2col, not its inverse. Overwriting would bring the image back, which is what = shows; applied to gradients it would keep only the last of the four.",
  needsBack: true,
  equation,
  walk,
  focus,
  stepOf,
  slots: (g) => g.window,
  product,
  place,
  output: () => null,
  terms,
  layout,
  caption,
  programs: () => import("./programs.ts"),
  marks: (frame) =>
    frame.slot === null && writesOf(frame) === "sum" ? ["multiply", "write"] : ["write"],
};

import type { Lens } from "../lens.ts";
import { layout } from "./layout.ts";
import { focus, stepOf, walk, writesOf } from "./place.ts";
import { terms } from "./terms.ts";
import { caption, equation, place, product } from "./words.ts";

export const col2imLens: Lens = {
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

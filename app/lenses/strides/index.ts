import { nameOf } from "#engine";
import type { Lens } from "../lens.ts";
import { layout } from "./layout.ts";
import { placeOf } from "./place.ts";
import { caption, equation } from "./words.ts";

export const stridesLens: Lens = {
  why: "Memory is one long strip of numbers. A window is a few short runs of it, and to go from one number to the next along any axis is to jump by a fixed stride. A shape and a list of strides are all it takes to see every window at once, so the convolution is one einsum and no number is copied.",
  needsBack: false,
  equation,
  walk: (g) => g.shapes.Y,
  slots: (g) => g.window,
  place: ({ geometry: g, step }) => nameOf(g, { tensor: "Y", index: step }),
  output: placeOf,
  product: ({ geometry: g, step, slot }) =>
    slot === null ? null : { tensor: "T", index: step * g.window + slot },
  layout,
  caption,
  programs: () => import("./programs.ts"),
};

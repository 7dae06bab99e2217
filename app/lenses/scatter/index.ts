import { nameOf, type Sentence } from "#engine";
import type { Frame, Lens } from "../lens.ts";
import { layout } from "./layout.ts";
import { caption, terms } from "./words.ts";

const FORMULA: Sentence = [
  { text: "dX", role: "X" },
  { text: " += " },
  { text: "δ", role: "delta" },
  { text: " · " },
  { text: "W", role: "W" },
  { text: ", stamped where the window stood" },
];

function remark({ geometry: { spec } }: Frame): string {
  const kernel = spec.flip
    ? "the kernel, turned by 180° as its windows met it"
    : "the whole kernel";
  return `each δ stamps ${kernel}, times δ; where stamps overlap they add up`;
}

export const scatterLens: Lens = {
  why: "The forward pass gathers: a window of the input becomes one number. Going back, the one number is scattered over the same window, each cell getting its share, δ times the weight that met it. A pixel that several windows have read gets a share from each, and its gradient is their sum: hence +=. Libraries call this transposed convolution.",
  needsBack: true,
  equation: (frame) => ({ formula: FORMULA, remark: remark(frame) }),
  walk: (g) => g.shapes.Y,
  slots: (g) => g.window,
  place: ({ geometry: g, step }) => nameOf(g, { tensor: "D", index: step }),
  output: () => null,
  product: ({ geometry: g, step, slot }) =>
    slot === null ? null : { tensor: "TX", index: step * g.window + slot },
  terms,
  layout,
  caption,
  programs: () => import("./programs.ts"),
};

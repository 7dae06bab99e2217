import { equation, nameOf } from "#engine";
import type { Lens } from "../lens.ts";
import { outputPlaceOf } from "../shared/outputPlace.ts";
import { layout } from "./layout.ts";
import { isTurned } from "./turn.ts";

export const windowLens: Lens = {
  why: "The definition itself: the kernel stands on the input, what lies under it is multiplied and added up, and the sum is one number of the output. Then the window moves on by the stride.",
  needsBack: false,
  equation: ({ geometry: { spec }, view }) => {
    const { line, subtitle } = equation(spec, isTurned(view));
    return { formula: line, remark: subtitle };
  },
  walk: (g) => g.shapes.Y,
  slots: (g) => g.window,
  place: ({ geometry: g, step }) => nameOf(g, { tensor: "Y", index: step }),
  output: outputPlaceOf,
  product: ({ geometry: g, step, slot }) =>
    slot === null ? null : { tensor: "T", index: step * g.window + slot },
  layout,
  programs: () => import("./programs.ts"),
};

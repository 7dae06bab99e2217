import { equation, nameOf, narrateCell } from "#engine";
import type { Frame, Lens } from "../lens.ts";
import { layout } from "./layout.ts";
import { placeOf } from "./places.ts";

/** The cell that the caption speaks of: the one pointed at, else the product or the output of the step. */
function subject({ geometry: g, pointed, step, slot }: Frame) {
  if (pointed) return pointed;
  if (slot !== null) return { tensor: "T", index: step * g.window + slot } as const;
  return { tensor: "Y", index: step } as const;
}

export const windowLens: Lens = {
  needsBack: false,
  equation: ({ geometry: { spec } }) => {
    const { line, subtitle } = equation(spec);
    return { formula: line, remark: subtitle };
  },
  walk: (g) => g.shapes.Y,
  slots: (g) => g.window,
  place: ({ geometry: g, step }) => nameOf(g, { tensor: "Y", index: step }),
  output: placeOf,
  product: ({ geometry: g, step, slot }) =>
    slot === null ? null : { tensor: "T", index: step * g.window + slot },
  layout,
  caption: (frame) => narrateCell(frame.geometry, frame.layer, frame.answer, subject(frame)),
  programs: () => import("./programs.ts"),
};

import { tapsOf } from "../../geometry.ts";
import { unravel } from "../../tensor.ts";
import { nameOf } from "../cell.ts";
import { count, list, roundingNote, say, span } from "../words.ts";
import { equals, type Narrate } from "./narrate.ts";
import { COPY, standsAt } from "./ring.ts";

/** Which input a cell of col is a copy of, and which window reads it where. `r` is a cell of R. */
export const narrateColumn: Narrate = (g, layer, answer, r) => {
  const taps = tapsOf(g, "R", r);
  const { p, x } = taps[0]!;
  const { as } = standsAt(g, p);
  const { C, kH, kW } = g.spec;
  const [row, column] = unravel(g.shapes.R, r) as [number, number];
  const [c, t, u] = unravel([C, kH, kW], column) as [number, number, number];
  const names = (tensor: "Y" | "W", of: readonly number[]) =>
    span(
      list(of, (index) => nameOf(g, { tensor, index })),
      tensor,
    );
  return say(
    equals(g, layer, answer, { tensor: "R", index: r }, "X"),
    as === "zero" ? " is a padding zero" : " is a copy of ",
    as === "zero" ? "" : span(nameOf(g, { tensor: "X", index: x }), "X"),
    as === "copy" ? `, ${COPY[g.spec.padMode]} into the ring` : "",
    `. Row ${row} is the window of `,
    names(
      "Y",
      taps.map(({ y }) => y),
    ),
    `, column ${column} its row ${t}, column ${u}${C > 1 ? ` of channel ${c}` : ""}; `,
    taps.length > 1 ? `${count(taps.length, "filter")} use it, through ` : "there it meets ",
    names(
      "W",
      taps.map(({ w }) => w),
    ),
    ".",
    roundingNote(x < 0 ? [] : [layer.x.data[x]!]),
  );
};

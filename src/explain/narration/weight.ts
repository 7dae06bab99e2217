import { type Geometry, tapsOf } from "../../geometry.ts";
import { sizeOf, unravel } from "../../tensor.ts";
import { hasPadding } from "../cell.ts";
import { count, roundingNote, say } from "../words.ts";
import { equals, type Narrate } from "./narrate.ts";

/** How many inputs a weight meets, and where a turned kernel puts it. */
export const narrateWeight: Narrate = (g, layer, answer, w) => {
  const f = unravel(g.shapes.W, w)[0]!;
  return say(
    equals(g, layer, answer, { tensor: "W", index: w }, "W"),
    ` meets ${inputsMet(g)}, one for each output${ofFilter(g, f)}.`,
    g.spec.flip ? ` Turned by 180°, it stands at ${placeInWindow(g, f, w)} of the window.` : "",
    roundingNote([layer.w.data[w]!]),
  );
};

/** How often a bias is added. */
export const narrateBias: Narrate = (g, layer, answer, f) =>
  say(
    equals(g, layer, answer, { tensor: "b", index: f }, "strong"),
    ` is added once to ${
      outputsOfFilter(g) === 1 ? "the output" : `each of the ${outputsOfFilter(g)} outputs`
    }${ofFilter(g, f)}.`,
    roundingNote([layer.b.data[f]!]),
  );

/** "16 cells of the padded input". */
export function inputsMet(g: Geometry): string {
  return hasPadding(g)
    ? count(outputsOfFilter(g), "cell of the padded input", "cells of the padded input")
    : count(outputsOfFilter(g), "input");
}

export function outputsOfFilter(g: Geometry): number {
  return sizeOf(g.shapes.Y) / g.spec.F;
}

export function ofFilter(g: Geometry, f: number): string {
  return g.spec.F > 1 ? ` of filter ${f}` : "";
}

/** The slot in which weight `w` is met, in rows and columns: every window of the filter has it there. */
function placeInWindow(g: Geometry, f: number, w: number): string {
  const first = f * g.rows.out * g.columns.out;
  const slot = tapsOf(g, "Y", first).findIndex((tap) => tap.w === w);
  const [, row, column] = unravel([g.depth, g.rows.k, g.columns.k], slot);
  return `row ${row}, column ${column}`;
}

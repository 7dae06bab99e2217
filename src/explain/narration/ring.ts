import { placeOfInput } from "../../counterpart.ts";
import { type Geometry, inputOfPadded, paddedOfInput } from "../../geometry.ts";
import type { PadMode } from "../../padding.ts";
import { unravel } from "../../tensor.ts";
import { count } from "../words.ts";

/** What a cell of the ring is called when it repeats a cell of the image; rings of zeros repeat none. */
export const COPY: Readonly<Record<PadMode, string>> = {
  zeros: "",
  reflect: "reflected",
  replicate: "repeated",
  circular: "wrapped",
};

/** What stands at a cell of the padded input: a padding zero, a copy of an input, or the input itself. */
export function standsAt(
  g: Geometry,
  p: number,
): { readonly x: number; readonly as: "zero" | "copy" | "itself" } {
  const x = inputOfPadded(g, p);
  return { x, as: x < 0 ? "zero" : placeOfInput(g, x) === p ? "itself" : "copy" };
}

/** "row 0, column 4 of the padded input (channel 1, sample 0)". */
export function placeInWords(g: Geometry, p: number): string {
  const [n, c, row, column] = unravel(g.shapes.P, p) as [number, number, number, number];
  const within = [
    ...(g.spec.C > 1 ? [`channel ${c}`] : []),
    ...(g.spec.N > 1 ? [`sample ${n}`] : []),
  ];
  const where = `row ${row}, column ${column} of the padded input`;
  return within.length > 0 ? `${where} (${within.join(", ")})` : where;
}

/** ", with 2 reflected copies in the ring,"; nothing where the ring copies it nowhere. */
export function copiesInWords(g: Geometry, x: number): string {
  const copies = paddedOfInput(g, x).length - 1;
  const kind = COPY[g.spec.padMode];
  return copies === 0
    ? ""
    : `, with ${count(copies, `${kind} copy`, `${kind} copies`)} in the ring,`;
}

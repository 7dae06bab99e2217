import { colAt } from "../conv/columns.ts";
import type { Geometry } from "../geometry.ts";
import { unravel } from "../tensor.ts";
import { countOf } from "./rows.ts";

/** What the index arrays say of one cell of the gathered columns, and the vectors that they are the sums of. */
export interface IndicesAt {
  /** Row of the arrays: which cell of its window it is, over all channels, as names count it. */
  readonly cell: number;
  /** Column of the arrays: where the window stands, the same for all samples. */
  readonly position: number;
  readonly n: number;
  /** The cell of the padded input. */
  readonly p: number;
  readonly k: number;
  /** i = i0[cell] + i1[position] */
  readonly i: number;
  readonly i0: number;
  readonly i1: number;
  readonly j: number;
  readonly j0: number;
  readonly j1: number;
}

/** The address of a cell of im2col (shape R): where it is copied from. */
export function indicesAt(g: Geometry, index: number): IndicesAt {
  const [row, cell] = unravel(g.shapes.R, index) as [number, number];
  const positions = g.rows.out * g.columns.out;
  const position = row % positions;
  const at = (of: number, c: number) => {
    const { p } = colAt(g, of, c);
    return { p, place: unravel(g.shapes.P, p) as [number, number, number, number] };
  };
  const { p, place } = at(row, cell);
  const [n, k, i, j] = place;
  // the first window stands at the corner, and so does the first tap of every window
  const [, , i0, j0] = at(row - position, cell).place;
  const [, , i1, j1] = at(row, 0).place;
  return { cell: countOf(g, cell), position, n, p, k, i, i0, i1, j, j0, j1 };
}

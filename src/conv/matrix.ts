import type { Tensor } from "../tensor.ts";

/** A matrix somewhere in memory: cell (i, j) is data[offset + i·down + j·across]. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly down: number;
  readonly across: number;
  readonly offset: number;
}

/** A tensor of two axes as a matrix: nothing is copied. */
export function matrixOf({ shape, data }: Tensor): Matrix {
  const [rows, columns] = shape as [number, number];
  return { data, rows, columns, down: columns, across: 1, offset: 0 };
}

/** Rows and columns exchanged, in place. */
export function transposed(m: Matrix): Matrix {
  return { ...m, rows: m.columns, columns: m.rows, down: m.across, across: m.down };
}

/** The matrix cut into `count` equal blocks that lie side by side. */
export function sideBySide(m: Matrix, count: number): Matrix[] {
  const columns = m.columns / count;
  return Array.from({ length: count }, (_, i) => ({
    ...m,
    columns,
    offset: m.offset + i * columns * m.across,
  }));
}

/** The matrix cut into `count` equal blocks that lie one below the other. */
export function oneBelowOther(m: Matrix, count: number): Matrix[] {
  return sideBySide(transposed(m), count).map(transposed);
}

/** into = a · b, each cell summed from the first column of `a` to the last. */
export function multiply(into: Matrix, a: Matrix, b: Matrix): void {
  for (let i = 0; i < into.rows; i++)
    for (let j = 0; j < into.columns; j++) {
      let sum = 0;
      let p = a.offset + i * a.down;
      let q = b.offset + j * b.across;
      for (let k = 0; k < a.columns; k++) {
        sum += a.data[p]! * b.data[q]!;
        p += a.across;
        q += b.down;
      }
      into.data[into.offset + i * into.down + j * into.across] = sum;
    }
}

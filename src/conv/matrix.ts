import type { Numbers, Tensor } from "../tensor.ts";

/** A matrix somewhere in memory: cell (i, j) is data[offset + i·down + j·across]. */
export interface Matrix {
  readonly data: Numbers;
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
  // Blocks of two rows by four columns: eight sums side by side, so that no sum waits for the one before.
  const two = into.rows - (into.rows % 2);
  const four = into.columns - (into.columns % 4);
  for (let i = 0; i < two; i += 2)
    for (let j = 0; j < four; j += 4)
      eightCells(
        into.data,
        into.offset + i * into.down + j * into.across,
        into.down,
        into.across,
        a.data,
        a.offset + i * a.down,
        a.down,
        a.across,
        b.data,
        b.offset + j * b.across,
        b.across,
        b.down,
        a.columns,
      );
  for (let i = 0; i < into.rows; i++)
    for (let j = i < two ? four : 0; j < into.columns; j++) {
      const [p, q] = [a.offset + i * a.down, b.offset + j * b.across];
      into.data[into.offset + i * into.down + j * into.across] = oneCell(
        a.data,
        p,
        a.across,
        b.data,
        q,
        b.down,
        a.columns,
      );
    }
}

/** Σ of `n` products: of x from `p` in steps of `right`, of y from `q` in steps of `below`. */
function oneCell(
  x: Numbers,
  p: number,
  right: number,
  y: Numbers,
  q: number,
  below: number,
  n: number,
): number {
  let sum = 0;
  let [i, j] = [p, q];
  for (let k = 0; k < n; k++) {
    sum += x[i]! * y[j]!;
    i += right;
    j += below;
  }
  return sum;
}

/** The same for two rows of x, `down` apart, and four columns of y, `beside` apart. */
function eightCells(
  z: Numbers,
  at: number,
  zDown: number,
  zAcross: number,
  x: Numbers,
  p: number,
  down: number,
  right: number,
  y: Numbers,
  q: number,
  beside: number,
  below: number,
  n: number,
): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  let [e, f, g, h] = [0, 0, 0, 0];
  let [i, j] = [p, q];
  for (let k = 0; k < n; k++) {
    const u = x[i]!;
    const v = x[i + down]!;
    const r = y[j]!;
    const s = y[j + beside]!;
    const t = y[j + 2 * beside]!;
    const w = y[j + 3 * beside]!;
    a += u * r;
    b += u * s;
    c += u * t;
    d += u * w;
    e += v * r;
    f += v * s;
    g += v * t;
    h += v * w;
    i += right;
    j += below;
  }
  const next = at + zDown;
  z[at] = a;
  z[at + zAcross] = b;
  z[at + 2 * zAcross] = c;
  z[at + 3 * zAcross] = d;
  z[next] = e;
  z[next + zAcross] = f;
  z[next + 2 * zAcross] = g;
  z[next + 3 * zAcross] = h;
}

import { positionOf } from "../axis.ts";
import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { checkShape } from "../shapes.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { columnShape, columnsOfOutput, outputOfColumns } from "./columns.ts";
import { kernelRows } from "./kernel.ts";
import { matrixOf, multiply, oneBelowOther, transposed } from "./matrix.ts";
import { padInput } from "./pad.ts";

// Convolution by fancy indexing: three small arrays say which channel, row and column of the padded input stand at
// (cell of a window, position), the same for every sample. K = C·kH·kW cells, P = oH·oW positions.
// Source: the `im2col_indices` of CS231n.

export interface IndexArrays {
  /** K × 1: the channel. */
  readonly k: Tensor;
  /** K × P: the row of the padded input. */
  readonly i: Tensor;
  /** K × P: the column of the padded input. */
  readonly j: Tensor;
  /** K × P: (k·Hp + i)·Wp + j, the place within a padded sample. */
  readonly flatIndex: Tensor;
}

/** Each number `times` times in a row: `np.repeat`. */
function repeat(numbers: readonly number[], times: number): number[] {
  return numbers.flatMap((n) => new Array<number>(times).fill(n));
}

/** The whole list `times` times: `np.tile`. */
function tile(numbers: readonly number[], times: number): number[] {
  return new Array<readonly number[]>(times).fill(numbers).flat();
}

function upTo(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** a[:, None] + b[None, :] */
function outerSum(a: readonly number[], b: readonly number[]): Tensor {
  const sums = tensor([a.length, b.length]);
  let cell = 0;
  for (const down of a) for (const across of b) sums.data[cell++] = down + across;
  return sums;
}

/** k, i and j, from where the taps of the first window stand and where each window begins. */
export function indexArrays(g: Geometry): IndexArrays {
  const { rows, columns } = g;
  const { C } = g.spec;
  const tapRows = upTo(rows.k).map((t) => positionOf(rows, 0, t));
  const tapColumns = upTo(columns.k).map((u) => positionOf(columns, 0, u));
  const firstRows = upTo(rows.out).map((oh) => positionOf(rows, oh, 0));
  const firstColumns = upTo(columns.out).map((ow) => positionOf(columns, ow, 0));
  const channels = repeat(upTo(C), rows.k * columns.k);
  const k = tensor([channels.length, 1], channels);
  const i = outerSum(tile(repeat(tapRows, columns.k), C), repeat(firstRows, columns.out));
  const j = outerSum(tile(tapColumns, rows.k * C), tile(firstColumns, rows.out));
  const flatIndex = tensor(i.shape);
  const positions = rows.out * columns.out;
  for (let cell = 0; cell < flatIndex.data.length; cell++) {
    const line = channels[Math.floor(cell / positions)]! * rows.padded + i.data[cell]!;
    flatIndex.data[cell] = line * columns.padded + j.data[cell]!;
  }
  return { k, i, j, flatIndex };
}

/** Calls back for every cell of the gathered columns (K × P·N, the batch fastest) with its padded cell. */
function visitGathered(g: Geometry, visit: (cell: number, p: number) => void): void {
  const { flatIndex } = indexArrays(g);
  const { N } = g.spec;
  const sample = g.spec.C * g.rows.padded * g.columns.padded;
  for (let at = 0; at < flatIndex.data.length; at++)
    for (let n = 0; n < N; n++) visit(at * N + n, n * sample + flatIndex.data[at]!);
}

/** X[:, k, i, j] as columns, the batch fastest: C·kH·kW × oH·oW·N. The numbers of `im2colColumns`. */
export function gather(g: Geometry, x: Tensor): Tensor {
  const padded = padInput(g, x).data;
  const [positions, window] = columnShape(g);
  const columns = tensor([window, positions]);
  visitGathered(g, (cell, p) => {
    columns.data[cell] = padded[p]!;
  });
  return columns;
}

/**
 * `np.add.at(canvas, (:, k, i, j), columns)` on a canvas of zeros: C·kH·kW × oH·oW·N → N C Hp Wp.
 * Every number is added, also where an index comes again.
 * @throws ConvError when `columns` is no matrix of that shape.
 */
export function addAt(g: Geometry, columns: Tensor): Tensor {
  const canvas = canvasFor(g, columns);
  visitGathered(g, (cell, p) => {
    canvas.data[p] = canvas.data[p]! + columns.data[cell]!;
  });
  return canvas;
}

/**
 * `canvas[:, k, i, j] += columns` on a canvas of zeros: the mistake. NumPy reads, adds and writes once for the whole
 * array, so that of the numbers for one cell only the last is left: with windows as columns of k, i and j that of the
 * last tap, as rows that of the last window. Wrong wherever `coverage` is more than 1.
 * @throws ConvError when `columns` is no matrix of that shape, which it has either way.
 */
export function plainAdd(
  g: Geometry,
  columns: Tensor,
  windows: "rows" | "columns" = "columns",
): Tensor {
  const canvas = canvasFor(g, columns);
  const positions = g.rows.out * g.columns.out * g.spec.N;
  const last = new Int32Array(canvas.data.length).fill(-1);
  visitGathered(g, (cell, p) => {
    const written = windows === "columns" ? cell : cell % positions;
    if (written < last[p]!) return;
    last[p] = written;
    canvas.data[p] = columns.data[cell]!;
  });
  return canvas;
}

function canvasFor(g: Geometry, columns: Tensor): Tensor {
  const [positions, window] = columnShape(g);
  checkShape("columns", columns, [window, positions]);
  return tensor(g.shapes.P);
}

/** Z by gathering all windows and one matrix product a group: W_col · X[:, k, i, j] + b. */
export function forwardByIndexArrays(g: Geometry, { x, w, b }: Layer): Tensor {
  const { groups, F } = g.spec;
  const [positions] = columnShape(g);
  const out = tensor([F, positions]);
  const windows = oneBelowOther(matrixOf(gather(g, x)), groups);
  const kernels = oneBelowOther(matrixOf(kernelRows(g, w)), groups);
  for (const [i, into] of oneBelowOther(matrixOf(out), groups).entries())
    multiply(into, kernels[i]!, windows[i]!);
  for (let cell = 0; cell < out.data.length; cell++)
    out.data[cell] = out.data[cell]! + b.data[Math.floor(cell / positions)]!;
  return outputOfColumns(g, out);
}

/** What each column did to L: W_colᵀ · δ, C·kH·kW × oH·oW·N. */
export function columnGradient(g: Geometry, w: Tensor, delta: Tensor): Tensor {
  const { groups } = g.spec;
  const [positions, window] = columnShape(g);
  const columns = tensor([window, positions]);
  const deltas = oneBelowOther(matrixOf(columnsOfOutput(g, delta)), groups);
  const kernels = oneBelowOther(matrixOf(kernelRows(g, w)), groups);
  for (const [i, into] of oneBelowOther(matrixOf(columns), groups).entries())
    multiply(into, transposed(kernels[i]!), deltas[i]!);
  return columns;
}

/** dX padded by index addition: add.at of W_colᵀ · δ, N C Hp Wp. */
export function paddedGradientByIndexAdd(g: Geometry, w: Tensor, delta: Tensor): Tensor {
  return addAt(g, columnGradient(g, w, delta));
}

import {
  type CellRef,
  counterpartOf,
  firstOfFilter,
  type Geometry,
  ORDER_OF,
  outputOfRow,
  placeOfRow,
  rowAt,
  rowOfOutput,
  TENSORS,
  type WindowOrder,
  weightsIn,
} from "#engine";
import type { Frame } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";

/** Forward gathers and multiplies; on the way back the columns are added with np.add.at, or with the plain +=. */
export type Way = "forward" | "add" | "plain";

export function wayOf({ view }: Frame): Way {
  const { way } = view.options;
  return way === "add" || way === "plain" ? way : "forward";
}

/** In which order the rows of the arrays go through a window: as W has its numbers, so that it is flattened as it is. */
export function orderOf({ view }: Frame): WindowOrder {
  return ORDER_OF[weightsIn(view.options)];
}

/** What the lens looks at: a column of X[:, k, i, j], one filter, and the plane of one channel. */
export interface Place {
  /** Column of the gathered matrix: position-major with the batch fastest. */
  readonly column: number;
  /** Column of k, i and j: where the window stands, the same for all samples. */
  readonly position: number;
  readonly n: number;
  /** The same window as a row of im2col, by which its cells are counted. */
  readonly row: number;
  readonly f: number;
  /** Flat index of the output. */
  readonly y: number;
  readonly channel: number;
  /** The cell of its group that playback has reached in this very column; null when it is whole. */
  readonly slot: number | null;
}

/** The columns of X[:, k, i, j], a row of outputs a row: the samples side by side. */
export function walk({ rows, columns, spec }: Geometry): readonly number[] {
  return [rows.out, columns.out * spec.N];
}

/** A column is about its window, which the output of the first filter stands for. */
export function focus(g: Geometry, step: number): CellRef {
  return { tensor: "Y", index: outputOfRow(g, rowAt(g, "columns", step), 0) };
}

export function stepOf(g: Geometry, ref: CellRef): number | null {
  if (TENSORS[ref.tensor].kind === "R")
    return placeOfRow(g, "columns", Math.floor(ref.index / matrixSize(g).cells));
  const y = counterpartOf(g, ref, "Y");
  return y === null ? null : placeOfRow(g, "columns", rowOfOutput(g, y));
}

interface Wanted {
  readonly row: number;
  /** The filter pointed at, and the cell of the column pointed at. */
  readonly f: number | null;
  readonly cell: number | null;
}

/** The window in question: that pointed at, else the one playback has reached. */
function wantedOf({ geometry: g, pointed, step }: Frame): Wanted {
  const kind = pointed && TENSORS[pointed.tensor].kind;
  if (pointed && kind === "R") {
    const { cells } = matrixSize(g);
    return { row: Math.floor(pointed.index / cells), f: null, cell: pointed.index % cells };
  }
  if (pointed && kind === "Y") {
    const f = Math.floor(pointed.index / (g.rows.out * g.columns.out)) % g.spec.F;
    return { row: rowOfOutput(g, pointed.index), f, cell: null };
  }
  return { row: rowAt(g, "columns", step), f: null, cell: null };
}

export function placeOf(frame: Frame): Place {
  const { geometry: g, step, slot } = frame;
  const { row, f: asked, cell } = wantedOf(frame);
  const positions = g.rows.out * g.columns.out;
  const column = placeOfRow(g, "columns", row);
  const reached = column === step ? slot : null;
  const channel = channelOf(frame, { f: asked, cell }, reached);
  const f = asked ?? Math.floor(channel / g.depth) * g.filtersPerGroup;
  const y = outputOfRow(g, row, f);
  const n = Math.floor(row / positions);
  return { column, position: row % positions, n, row, f, y, channel, slot: reached };
}

/** The channel chosen, unless what is pointed at or has been reached stands in another. */
function channelOf(
  { geometry: g, view }: Frame,
  { f, cell }: Pick<Wanted, "f" | "cell">,
  reached: number | null,
): number {
  const area = g.rows.k * g.columns.k;
  if (cell !== null) return Math.floor(cell / area);
  const chosen = Math.max(0, Math.min(g.spec.C - 1, view.channel));
  const first = f === null ? chosen - (chosen % g.depth) : firstOfFilter(g, f) / area;
  if (reached !== null) return first + Math.floor(reached / area);
  return Math.max(first, Math.min(first + g.depth - 1, chosen));
}

/** The cell of the column, by the rows of the arrays, that playback has reached; null where the column is whole. */
export function cellOfSlot(frame: Frame): number | null {
  const { geometry: g, slot } = frame;
  if (slot === null) return null;
  const { channel } = placeOf({ ...frame, pointed: null });
  return Math.floor(channel / g.depth) * g.window + slot;
}

/** How many columns are whole, and how many cells of the next are there: all groups have theirs at once. */
export interface Progress {
  readonly columns: number;
  readonly cells: number;
}

export function progressOf({ step, slot }: Frame): Progress {
  return slot === null ? { columns: step + 1, cells: 0 } : { columns: step, cells: slot + 1 };
}

/** Whether a cell of a column has been reached. */
export function isReached(
  { window }: Geometry,
  { columns, cells }: Progress,
  column: number,
  cell: number,
): boolean {
  return column < columns || (column === columns && cell % window < cells);
}

/** How many columns have been multiplied: one that is gathered in part has not. */
export function multiplied({ window }: Geometry, { columns, cells }: Progress): number {
  return cells === window ? columns + 1 : columns;
}

/** How many positions of a sample are among so many columns. */
export function positionsOfSample({ spec }: Geometry, columns: number, n: number): number {
  return Math.max(0, Math.ceil((columns - n) / spec.N));
}

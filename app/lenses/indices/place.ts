import {
  type CellRef,
  counterpartOf,
  firstOfFilter,
  type Geometry,
  type Way as Lay,
  ORDER_OF,
  outputOfRow,
  placeOfRow,
  rowAt,
  rowOfOutput,
  TENSORS,
  type WindowOrder,
  wayIn,
  weightsIn,
} from "#engine";
import type { Frame, FrameView } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { type Walked, walkedTo } from "../shared/walked.ts";

/** Forward gathers and multiplies; on the way back the columns are added with np.add.at, or with the plain +=. */
export type Way = "forward" | "add" | "plain";

export function wayOf({ view }: Frame): Way {
  const { way } = view.options;
  return way === "add" || way === "plain" ? way : "forward";
}

/** Whether windows are columns of the arrays, as CS231n makes them, or rows. */
export function layOf({ view }: Pick<Frame, "view">): Lay {
  return layIn(view.options);
}

function layIn(options: FrameView["options"]): Lay {
  return wayIn(options, "columns");
}

/** In which order the taps of the arrays go through a window: as W has its numbers, so that it is flattened as it is. */
export function orderOf({ view }: Frame): WindowOrder {
  return ORDER_OF[weightsIn(view.options)];
}

/** What the lens looks at: a window of X[:, k, i, j], one filter, and the plane of one channel. */
export interface Place {
  /** Column of the gathered matrix, position-major with the batch fastest; or its row. */
  readonly along: number;
  /** Column (or row) of i and j: where the window stands, the same for all samples. */
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

/** The columns of X[:, k, i, j], a row of outputs a row: the samples side by side. As many are its rows. */
export function walk({ rows, columns, spec }: Geometry): readonly number[] {
  return [rows.out, columns.out * spec.N];
}

/** A column (or row) is about its window, which the output of the first filter stands for. */
export function focus(g: Geometry, step: number, options: FrameView["options"]): CellRef {
  return { tensor: "Y", index: outputOfRow(g, rowAt(g, layIn(options), step), 0) };
}

export function stepOf(g: Geometry, ref: CellRef, options: FrameView["options"]): number | null {
  const at = (row: number) => placeOfRow(g, layIn(options), row);
  if (TENSORS[ref.tensor].kind === "R") return at(Math.floor(ref.index / matrixSize(g).cells));
  const y = counterpartOf(g, ref, "Y");
  return y === null ? null : at(rowOfOutput(g, y));
}

/** The row of im2col that playback stands at. */
export function rowOfStep(frame: Frame): number {
  return rowAt(frame.geometry, layOf(frame), frame.step);
}

interface Wanted {
  readonly row: number;
  /** The filter pointed at, and the cell of the column pointed at. */
  readonly f: number | null;
  readonly cell: number | null;
}

/** The window in question: that pointed at, else the one playback has reached. */
function wantedOf(frame: Frame): Wanted {
  const { geometry: g, pointed } = frame;
  const kind = pointed && TENSORS[pointed.tensor].kind;
  if (pointed && kind === "R") {
    const { cells } = matrixSize(g);
    return { row: Math.floor(pointed.index / cells), f: null, cell: pointed.index % cells };
  }
  if (pointed && kind === "Y") {
    const f = Math.floor(pointed.index / (g.rows.out * g.columns.out)) % g.spec.F;
    return { row: rowOfOutput(g, pointed.index), f, cell: null };
  }
  return { row: rowOfStep(frame), f: null, cell: null };
}

export function placeOf(frame: Frame): Place {
  const { geometry: g, step, slot } = frame;
  const { row, f: asked, cell } = wantedOf(frame);
  const positions = g.rows.out * g.columns.out;
  const along = placeOfRow(g, layOf(frame), row);
  const reached = along === step ? slot : null;
  const channel = channelOf(frame, { f: asked, cell }, reached);
  const f = asked ?? Math.floor(channel / g.depth) * g.filtersPerGroup;
  const y = outputOfRow(g, row, f);
  const n = Math.floor(row / positions);
  return { along, position: row % positions, n, row, f, y, channel, slot: reached };
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

/** How many windows are whole, and how many cells of the next are there. */
export function progressOf(frame: Frame): Walked {
  return walkedTo(frame, layOf(frame));
}

/** Those of them that have been multiplied: one that is gathered in part has not. */
export function multiplied({ window }: Geometry, { way, windows, cells }: Walked): Walked {
  return { way, windows: cells === window ? windows + 1 : windows, cells: 0 };
}

import {
  type CellRef,
  counterpartOf,
  type Geometry,
  outputOfRow,
  placeOfRow,
  rowAt,
  rowOfOutput,
  TENSORS,
  type Way,
  wayIn,
} from "#engine";
import type { Frame, FrameView } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { type Walked, walkedTo } from "../shared/walked.ts";

/** What the lens looks at: one window, which is a row of dcol or a column, and the plane of one in-channel. */
export interface Place {
  /** The window as a row of im2col, by which its cells are counted whichever way dcol lies. */
  readonly row: number;
  readonly channel: number;
  /** The cell of its window that playback has reached in this very row; null when it is whole. */
  readonly slot: number | null;
}

/** `+=` with dcol makes the gradient; `=` with col brings the image back. */
export type Writes = "sum" | "assign";

export function writesOf({ view }: Frame): Writes {
  return view.options.add === "assign" ? "assign" : "sum";
}

export function wayOf({ view }: Frame): Way {
  return wayIn(view.options);
}

/** The row of im2col that playback stands at. */
export function rowOfStep(frame: Frame): number {
  return rowAt(frame.geometry, wayOf(frame), frame.step);
}

/** The rows of dcol, as the windows lie on each sample; or its columns, position by position with the batch fastest. */
export function walk(g: Geometry): readonly number[] {
  return [g.spec.N, g.rows.out, g.columns.out];
}

/** A row (or column) of dcol is about its window, which the δ of the first filter stands for. */
export function focus(g: Geometry, step: number, options: FrameView["options"]): CellRef {
  return { tensor: "D", index: outputOfRow(g, rowAt(g, wayIn(options), step), 0) };
}

export function stepOf(g: Geometry, ref: CellRef, options: FrameView["options"]): number | null {
  const at = (row: number) => placeOfRow(g, wayIn(options), row);
  if (TENSORS[ref.tensor].kind === "R") return at(Math.floor(ref.index / matrixSize(g).cells));
  const y = counterpartOf(g, ref, "Y");
  return y === null ? null : at(rowOfOutput(g, y));
}

export function placeOf(frame: Frame): Place {
  const { geometry: g, pointed, view, slot } = frame;
  const reached = rowOfStep(frame);
  const { cells } = matrixSize(g);
  const area = g.rows.k * g.columns.k;
  const chosen = Math.max(0, Math.min(g.spec.C - 1, view.channel));
  const kind = pointed && TENSORS[pointed.tensor].kind;
  if (pointed && kind === "R") {
    const row = Math.floor(pointed.index / cells);
    const channel = Math.floor((pointed.index % cells) / area);
    return { row, channel, slot: row === reached ? slot : null };
  }
  const row = pointed && kind === "Y" ? rowOfOutput(g, pointed.index) : reached;
  if (row !== reached || slot === null) return { row, channel: chosen, slot: null };
  // Where the cells of a row are stepped through, the channel shown is the one they have come to.
  const first = chosen - (chosen % g.depth);
  return { row, channel: first + Math.floor(slot / area), slot };
}

/** The cell of dcol that a product of the step is about. */
export function cellOfSlot(frame: Frame): number {
  const { geometry: g, slot } = frame;
  const { channel } = placeOf({ ...frame, pointed: null });
  const first = channel * g.rows.k * g.columns.k;
  return rowOfStep(frame) * matrixSize(g).cells + first - (first % g.window) + slot!;
}

/** How many windows have been added back, and how many cells of the next. */
export function added(frame: Frame): Walked {
  return walkedTo(frame, wayOf(frame));
}

import {
  type CellRef,
  colAt,
  counterpartOf,
  type Geometry,
  outputOfRow,
  rowOfOutput,
  TENSORS,
} from "#engine";
import type { Frame } from "../lens.ts";
import { matrixSize, type Progress } from "../shared/matrix.ts";

/** What the lens looks at: one row of dcol, and the plane of one in-channel. */
export interface Place {
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

/** The rows of dcol, as the windows lie on each sample. */
export function walk(g: Geometry): readonly number[] {
  return [g.spec.N, g.rows.out, g.columns.out];
}

/** A row of dcol is about its window, which the δ of the first filter stands for. */
export function focus(g: Geometry, step: number): CellRef {
  return { tensor: "D", index: outputOfRow(g, step, 0) };
}

export function stepOf(g: Geometry, ref: CellRef): number | null {
  if (TENSORS[ref.tensor].kind === "R") return Math.floor(ref.index / matrixSize(g).cells);
  const y = counterpartOf(g, ref, "Y");
  return y === null ? null : rowOfOutput(g, y);
}

export function placeOf({ geometry: g, pointed, view, step, slot }: Frame): Place {
  const { cells } = matrixSize(g);
  const area = g.rows.k * g.columns.k;
  const chosen = Math.max(0, Math.min(g.spec.C - 1, view.channel));
  const kind = pointed && TENSORS[pointed.tensor].kind;
  if (pointed && kind === "R") {
    const row = Math.floor(pointed.index / cells);
    const channel = Math.floor((pointed.index % cells) / area);
    return { row, channel, slot: row === step ? slot : null };
  }
  const row = pointed && kind === "Y" ? rowOfOutput(g, pointed.index) : step;
  if (row !== step || slot === null) return { row, channel: chosen, slot: null };
  // Where the cells of a row are stepped through, the channel shown is the one they have come to.
  const first = chosen - (chosen % g.depth);
  return { row, channel: first + Math.floor(slot / area), slot };
}

/** The cell of dcol that a product of the step is about. */
export function cellOfSlot(frame: Frame): number {
  const { geometry: g, step, slot } = frame;
  const { channel } = placeOf({ ...frame, pointed: null });
  const first = channel * g.rows.k * g.columns.k;
  return step * matrixSize(g).cells + first - (first % g.window) + slot!;
}

/** How many rows have been added back, and how many cells of the next. */
export function added({ step, slot }: Frame): Progress {
  return slot === null ? { rows: step + 1, cells: 0 } : { rows: step, cells: slot + 1 };
}

/** The cells of the row that is being added which have been, and where each went. */
export function partOfRow(g: Geometry, { rows, cells }: Progress): Map<number, number> {
  const places = new Map<number, number>();
  if (cells === 0) return places;
  const all = matrixSize(g).cells;
  for (let cell = 0; cell < all; cell++)
    if (cell % g.window < cells) places.set(colAt(g, rows, cell).p, cell);
  return places;
}

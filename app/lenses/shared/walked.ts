import { colAt, type Geometry, placeOfRow, rowAt, type Way } from "#engine";
import type { Progress } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { matrixSize } from "./matrix.ts";
import { inStamps, moved } from "./progress.ts";

// How far a walk through all windows has come, where windows are added back one by one.

/** So many windows in the order of their way are whole, and so many cells of the next are there. */
export interface Walked {
  readonly way: Way;
  readonly windows: number;
  /** Counted within a group: all groups have theirs at once. */
  readonly cells: number;
}

export function walkedTo({ step, slot }: Pick<Frame, "step" | "slot">, way: Way): Walked {
  return slot === null
    ? { way, windows: step + 1, cells: 0 }
    : { way, windows: step, cells: slot + 1 };
}

/** Whether a cell of a window, which is a row of im2col, has been reached. */
export function isReached(
  g: Geometry,
  { way, windows, cells }: Walked,
  row: number,
  cell: number,
): boolean {
  const place = placeOfRow(g, way, row);
  return place < windows || (place === windows && cell % g.window < cells);
}

/** How many positions of a sample are whole. */
export function positionsDone(g: Geometry, { way, windows }: Walked, n: number): number {
  const { N } = g.spec;
  const area = g.rows.out * g.columns.out;
  const done = way === "rows" ? windows - n * area : Math.ceil((windows - n) / N);
  return Math.max(0, Math.min(area, done));
}

/** The row of im2col of which some cells are there; null where all windows are whole, or not begun. */
function rowGoing(g: Geometry, { way, windows, cells }: Walked): number | null {
  return cells === 0 ? null : rowAt(g, way, windows);
}

/** The cells of that row that are there, by where in the padded input each belongs. */
export function partOf(g: Geometry, walked: Walked): Map<number, number> {
  const row = rowGoing(g, walked);
  const places = new Map<number, number>();
  if (row === null) return places;
  const { cells } = matrixSize(g);
  for (let cell = 0; cell < cells; cell++)
    if (cell % g.window < walked.cells) places.set(colAt(g, row, cell).p, cell);
  return places;
}

/** How far a plane of a sample is filled: what that looks like depends on `key`, and where on `progress`. */
export interface Filled {
  readonly key: string;
  readonly progress: Progress;
}

/** The same of the padded plane. Steps of other samples leave it as it is. */
export function filledTo(g: Geometry, walked: Walked, n: number): Filled {
  const area = g.rows.out * g.columns.out;
  const done = positionsDone(g, walked, n);
  const row = rowGoing(g, walked);
  const half = row !== null && Math.floor(row / area) === n ? walked.cells : 0;
  // the last window is the last that may look different, done or not
  return { key: `${done} ${half}`, progress: inStamps(g, Math.min(done, area - 1)) };
}

/** The same of the plane without its ring. What goes back to cells that the ring copies stands elsewhere. */
export function filledInside(g: Geometry, { progress }: Filled): { progress?: Progress } {
  if (g.spec.padMode !== "zeros") return {};
  return { progress: moved(progress, -g.rows.before, -g.columns.before) };
}

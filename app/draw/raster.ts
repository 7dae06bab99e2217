import type { Plate, Range } from "./scene.ts";
import type { Surface } from "./surface.ts";

// Where cells are smaller than the pixels of the screen, one cell is looked at for each pixel: a picture then costs what
// can be seen of it, and not what there is.

/** The points at which a plate is looked at: one a cell, or one a pixel of the screen where that is fewer. */
export interface Raster {
  /** Cells from one point to the next; 1 where every cell is looked at. */
  readonly step: number;
  readonly rows: number;
  readonly columns: number;
}

/** Steps this near to one are one: every cell is looked at. */
const ONE = 1.0001;

/** One point a pixel, or one for `coarse` pixels each way: cells larger than these are each looked at, whatever it is. */
export function rasterOf(
  { ctx }: Surface,
  { cell, rows, columns }: Plate,
  coarse: number = 1,
): Raster {
  const step = coarse / (cell * ctx.getTransform().a);
  if (step <= ONE) return { step: 1, rows, columns };
  return { step, rows: Math.ceil(rows / step), columns: Math.ceil(columns / step) };
}

/** The cells that are looked at, from one point to before another, along an axis of `n` cells. */
export function lookedAt({ step }: Raster, n: number, from: number, until: number): Int32Array {
  const cells = new Int32Array(Math.max(0, until - from));
  for (let i = 0; i < cells.length; i++)
    cells[i] = step === 1 ? from + i : Math.min(n - 1, Math.floor((from + i + 0.5) * step));
  return cells;
}

/** The points that stand for a range of cells. */
export function pointsOf({ step, rows, columns }: Raster, cells: Range): Range {
  if (step === 1) return cells;
  const first = (cell: number) => Math.max(0, Math.floor(cell / step));
  return {
    top: first(cells.top),
    bottom: Math.min(rows, Math.ceil(cells.bottom / step)),
    left: first(cells.left),
    right: Math.min(columns, Math.ceil(cells.right / step)),
  };
}

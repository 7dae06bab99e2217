import { unravel } from "#engine";
import { cellsOf, type Lit, type Mark } from "../../draw/scene.ts";
import { runsOf } from "../shared/back.ts";
import { partAt, reachedAt } from "./closeUp.ts";
import type { Look } from "./plates.ts";
import type { Upper } from "./upper.ts";

/** More marks than this are a tint: they could not be told apart, and would be slow to draw. */
const MOST_MARKS = 144;
/** Below this side a cell is too small for a mark of its own. */
const SMALLEST = 9;

/** The cells of X that the weight met, as few rectangles as they make; null where they are too many for marks. */
function sliceMarks({ rows, columns }: Look, { plates: { x } }: Upper): Mark[] | null {
  const across = runsOf(columns);
  const down = runsOf(rows);
  const count = across.length * down.length;
  if (count > MOST_MARKS || (count > 1 && x.cell < SMALLEST)) return null;
  return down.flatMap((r, i) =>
    across.map((c, j) => ({
      name: `slice ${i} ${j}`,
      role: "W" as const,
      ...cellsOf(x, r.first, c.first, r.last - r.first + 1, c.last - c.first + 1),
    })),
  );
}

/** What the weight met in X (or the one product reached), and the gradient it adds up to. */
export function marksOf(look: Look, upper: Upper): Mark[] {
  const { frame, place } = look;
  const { x, delta, dw, db } = upper.plates;
  const sum: Mark =
    place.w === null
      ? { name: "sum", role: "W", ...cellsOf(db, place.f, 0) }
      : { name: "sum", role: "W", ...cellsOf(dw, ...kernelPlace(look, place.w)) };
  const at = reachedAt(frame, place);
  if (at && at.n === place.n) {
    const product: Mark[] = [{ name: "δ", role: "delta", ...cellsOf(delta, at.oh, at.ow) }];
    if (place.w !== null)
      product.push({
        name: "slice 0 0",
        role: "W",
        ...cellsOf(x, look.rows[at.oh]!, look.columns[at.ow]!),
      });
    return [...product, sum];
  }
  const slice = place.w === null ? [] : (sliceMarks(look, upper) ?? []);
  return [...slice, ...shownMark(look, upper), sum];
}

function kernelPlace({ frame: { geometry: g } }: Look, w: number): [row: number, column: number] {
  return unravel(g.shapes.W, w).slice(2) as [number, number];
}

/** The part of δ that the close-up shows, where it is not all of it; at a bias all that is added. */
function shownMark({ frame, place }: Look, { plates: { delta }, size }: Upper): Mark[] {
  const { row, column, rows, columns } = partAt(frame, place, size);
  const whole = rows === delta.rows && columns === delta.columns;
  if (whole && place.w !== null) return [];
  return [{ name: "δ", role: "delta", ...cellsOf(delta, row, column, rows, columns) }];
}

/** A tint over the slice, where it has too many cells for marks. */
export function litOf(look: Look, upper: Upper): Lit | null {
  const { frame, place } = look;
  if (place.w === null || place.reached !== null || sliceMarks(look, upper)) return null;
  const { rows, columns } = frame.geometry;
  const met = (axis: typeof rows, at: readonly number[]) => {
    const is = new Uint8Array(axis.padded);
    for (const p of at) is[p] = 1;
    return is;
  };
  const inRow = met(rows, look.rows);
  const inColumn = met(columns, look.columns);
  return {
    plate: upper.plates.x.name,
    has(p) {
      const row = Math.floor(p / columns.padded) % rows.padded;
      return inRow[row] === 1 && inColumn[p % columns.padded] === 1;
    },
  };
}

import { cellsOf, type Mark, NUMBERS_FROM, type Plate, type Words } from "../../draw/scene.ts";
import { sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, right, side, TITLE } from "../shared/sizes.ts";
import { kernelPlate, type Look, outputPlate, viewPlate } from "./plates.ts";

// The window of the view ⊙ W, summed up, = Y.

/** Room for the signs between the plates; below it they stand closer. */
const SIGN = 46;
const LARGEST = 32;
/** Least width of a plate: that of its title. */
const LEAST = 44;

export interface Trio {
  readonly plates: readonly [view: Plate, w: Plate, y: Plate];
  readonly notes: readonly Words[];
  readonly marks: readonly Mark[];
  readonly right: number;
  readonly bottom: number;
}

/** Sides of the cells of view and W, and of Y: with numbers where there is room, in the window first. */
function sidesIn(look: Look, width: number, height: number): { window: number; y: number } {
  const { rows, columns } = look.frame.geometry;
  const free = width - 2 * SIGN;
  const tallest = Math.min(LARGEST, (height - TITLE) / rows.k);
  const together = Math.min(tallest, free / (2 * columns.k + columns.out));
  const alone = Math.min(tallest, (free - 60) / (2 * columns.k));
  const window = together >= NUMBERS_FROM ? together : Math.min(alone, 24);
  const left = free - 2 * Math.max(LEAST, columns.k * window);
  const y = Math.min(LARGEST, left / columns.out, (height - TITLE) / rows.out);
  return { window: side(window), y: side(Math.max(y, 0.25)) };
}

/** How high the trio is in a width, at its best. */
export function trioHeight(look: Look, width: number): number {
  const { rows } = look.frame.geometry;
  const sides = sidesIn(look, width, 2000);
  return TITLE + Math.max(rows.k * sides.window, Math.min(rows.out * sides.y, 220));
}

export function trio(look: Look, left: number, top: number, width: number, height: number): Trio {
  const { frame, place } = look;
  const g = frame.geometry;
  const sides = sidesIn(look, width, height);
  const y0 = top + TITLE;
  const own = Math.max(LEAST, g.columns.k * sides.window);
  const several = g.depth > 1 ? `c ${place.channel} of ${g.depth}` : "";
  const where = `${place.oh}, ${place.ow}${several ? `, ${several}` : ""}`;
  const subtitle = `window ${where}`.length * 6.7 <= own + SIGN ? `window ${where}` : where;
  const view = viewPlate(look, { subtitle }, spotAt(left, y0, sides.window, own + SIGN - 8));
  const w = kernelPlate(look, spotAt(left + own + SIGN, y0, sides.window, own + SIGN - 8));
  const yX = left + 2 * (own + SIGN);
  const y = outputPlate(look, spotAt(yX, y0, sides.y, Math.max(sides.y * g.columns.out, 90)));
  const middle = y0 + (g.rows.k * sides.window) / 2;
  const hasBias = frame.layer.b.data[place.f] !== 0;
  return {
    plates: [view, w, y],
    notes: [
      sign(
        "⊙",
        w.x - (SIGN - own + right(view) - view.x) / 2 - (own - right(view) + view.x) / 2,
        middle,
      ),
      {
        ...sign(hasBias ? "Σ+b" : "Σ =", y.x - SIGN / 2 - (own - right(w) + w.x) / 2, middle),
        size: 17,
      },
    ],
    marks: [{ name: "output", role: "Y", ...cellsOf(y, place.oh, place.ow) }],
    right: Math.max(right(y), yX + 90),
    bottom: Math.max(bottom(view), bottom(y)),
  };
}

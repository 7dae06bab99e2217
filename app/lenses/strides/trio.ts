import {
  cellsOf,
  type Mark,
  NUMBERS_FROM,
  type Plate,
  type Rectangle,
  type Words,
} from "../../draw/scene.ts";
import { sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, fitting, right, side, TITLE } from "../shared/sizes.ts";
import { kernelPlate, type Look, outputPlate, viewPlate } from "./plates.ts";

// The window of the view ⊙ W, summed up, = Y.

/** Room for the signs between the plates; below it they stand closer. */
const SIGN = 46;
/** Least width of a plate: that of its title. */
const LEAST = 44;
/** Height that Y has at least, where it is not smaller itself. */
const LEAST_BESIDE = 84;
const LEAST_BELOW = 100;
/** Cells of Y smaller than this are worth a place below. */
const SMALL = 3;

export interface Trio {
  readonly plates: readonly [view: Plate, w: Plate, y: Plate];
  readonly notes: readonly Words[];
  readonly marks: readonly Mark[];
  readonly right: number;
  readonly bottom: number;
}

/** Sides of the cells of view and W, and of Y, which stands below them where it would be too small beside. */
interface Sides {
  readonly window: number;
  readonly y: number;
  readonly below: boolean;
}

/** With numbers where there is room, in the window first. */
function sidesIn({ frame: { geometry: g } }: Look, width: number, height: number): Sides {
  const { rows, columns } = g;
  const free = width - 2 * SIGN;
  const largest = Math.max(32, Math.min(46, width / 14));
  const tallest = Math.min(largest, (height - TITLE) / rows.k);
  const together = Math.min(tallest, free / (2 * columns.k + columns.out));
  const alone = Math.min(tallest, free / (2 * columns.k), 24);
  const beside = Math.min(alone, (free - 60) / (2 * columns.k));
  const left = free - 2 * Math.max(LEAST, columns.k * beside);
  const below =
    together < NUMBERS_FROM && (beside < 10 || (left < 90 && left / columns.out < SMALL));
  const window = side(together >= NUMBERS_FROM ? together : below ? alone : beside);
  const wide = (free - 2 * Math.max(LEAST, columns.k * window)) / columns.out;
  const high = height - TITLE - (below ? rows.k * window + TITLE : 0);
  const y = Math.min(largest, below ? width / columns.out : wide, high / rows.out);
  return { window, y: side(y), below };
}

/** How high the trio is at least: Y takes what there is. */
export function trioHeight(look: Look, width: number): number {
  const { rows } = look.frame.geometry;
  const { window, y, below } = sidesIn(look, width, Number.POSITIVE_INFINITY);
  const least = Math.min(rows.out * y, below ? LEAST_BELOW : LEAST_BESIDE);
  return TITLE + (below ? rows.k * window + TITLE + least : Math.max(rows.k * window, least));
}

export function trio(look: Look, box: Rectangle): Trio {
  const { frame, place } = look;
  const { rows, columns } = frame.geometry;
  const height = Math.max(box.height, trioHeight(look, box.width));
  const sides = sidesIn(look, box.width, height);
  const own = Math.max(LEAST, columns.k * sides.window);
  const top = box.y + TITLE;
  const middle = top + (rows.k * sides.window) / 2;
  const room = own + SIGN - 8;
  const view = viewPlate(look, subtitleOf(look, room), spotAt(box.x, top, sides.window, room));
  const w = kernelPlate(look, spotAt(box.x + own + SIGN, top, sides.window, room));
  const afterW = w.x + own + SIGN;
  const [x, y] = sides.below ? [box.x, bottom(view) + TITLE] : [afterW, top];
  const made = outputPlate(look, spotAt(x, y, sides.y, Math.max(sides.y * columns.out, 90)));
  const hasBias = frame.layer.b.data[place.f] !== 0;
  return {
    plates: [view, w, made],
    notes: [
      sign("⊙", (right(view) + w.x) / 2, middle),
      { ...sign(hasBias ? "Σ+b" : "Σ =", (right(w) + afterW) / 2, middle), size: 16 },
    ],
    marks: [{ name: "output", role: "Y", ...cellsOf(made, place.oh, place.ow) }],
    right: Math.max(right(made), x + 90, afterW),
    bottom: Math.max(bottom(view), bottom(made)),
  };
}

/** Which window is seen, and of several channels which. */
function subtitleOf({ place, frame: { geometry: g } }: Look, room: number): Partial<Plate> {
  const where = `${place.oh}, ${place.ow}`;
  const channel = g.spec.C > 1 ? `, c ${place.channel}` : "";
  return { subtitle: fitting([`window ${where}${channel}`, `${where}${channel}`, where], room) };
}

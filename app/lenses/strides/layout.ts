import { NUMBERS_FROM, type Rectangle, type Scene, type Words } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { LINE, remarks } from "../shared/notes.ts";
import { isNarrow, right, side } from "../shared/sizes.ts";
import { jumpsBlock, jumpsHeight } from "./jumps.ts";
import { type Look, lookAt } from "./plates.ts";
import { type Folds, planesShown, type Strip, strip, stripSides, stripSize } from "./strip.ts";
import { table, tableSize } from "./table.ts";
import { type Trio, trio, trioHeight } from "./trio.ts";
import { memoryNote, unreadNote } from "./words.ts";

// The strip of memory, the view's shape and strides, view ⊙ W = Y, and the window as jumps along one line.

const MARGIN = 36;
const BETWEEN = 40;
/** Room between two blocks that stand on each other. */
const BELOW = 22;
const LARGEST = 38;

/** Where the blocks stand, and how large the cells of the strip are. */
interface Plan {
  readonly folds: Folds;
  readonly cell: number;
  /** The table and the trio: on the right of the strip, or side by side below it. */
  readonly beside: boolean;
}

/** The Strides lens. */
export function layout(frame: Frame, room: Room): Scene {
  const look = lookAt(frame);
  return isNarrow(room) ? narrow(look, room) : wide(look, room);
}

function footOf({ frame }: Look): string {
  return [memoryNote(frame), unreadNote(frame)].filter((note) => note !== "").join(" ");
}

function footLines(look: Look, width: number): number {
  return remarks(footOf(look), 0, 0, width).length;
}

/** The plan with the largest cells; numbers that the room is too low for may be scrolled to. */
function planOf(look: Look, room: Room): Plan {
  const width = room.width - 2 * MARGIN;
  const below = jumpsHeight(look, width) + footLines(look, width) * LINE + 2 * BELOW;
  const high = room.height - 14 - below;
  const own = tableSize(look);
  const trioBeside = trioHeight(look, width - own.width - BETWEEN);
  const channels = planesShown(look);
  const plans = channels.flatMap((_, i) =>
    [true, false].map((beside) => {
      const folds = { channels, across: i + 1 };
      const across = beside ? width - own.width - BETWEEN : width;
      const down = beside ? high : high - Math.max(own.height, trioBeside) - BELOW;
      const sides = stripSides(look, folds, across, down);
      const lines = Math.ceil(channels.length / (i + 1)) * look.frame.geometry.rows.padded;
      const scrolls = sides.wide >= NUMBERS_FROM && lines * NUMBERS_FROM <= room.height;
      const least = scrolls ? NUMBERS_FROM : 0;
      return { folds, beside, cell: Math.min(LARGEST, sides.wide, Math.max(sides.high, least)) };
    }),
  );
  const best = plans.reduce((a, b) => (b.cell > a.cell * 1.02 ? b : a));
  return { ...best, cell: side(best.cell * look.frame.view.zoom) };
}

function wide(look: Look, room: Room): Scene {
  const { folds, cell, beside } = planOf(look, room);
  const width = room.width - 2 * MARGIN;
  const memory = strip(look, folds, MARGIN, 0, cell);
  const size = stripSize(look, folds, cell);
  const own = tableSize(look);
  const x = beside ? Math.max(MARGIN + size.width + BETWEEN, 0) : MARGIN;
  const y = beside ? 14 : size.height + BELOW;
  const words = table(look, x, y);
  const three = beside
    ? trio(
        look,
        x,
        y + own.height + 4,
        Math.max(own.width, room.width - MARGIN - x),
        trioHeight(look, own.width),
      )
    : trio(
        look,
        x + own.width + BETWEEN,
        y - 14,
        width - own.width - BETWEEN,
        Math.max(own.height, trioHeight(look, width - own.width - BETWEEN)),
      );
  const low = Math.max(size.height, y + own.height, three.bottom) + BELOW;
  return sceneOf(look, room, { memory, words, three, low, left: MARGIN, width });
}

/** A phone: everything below each other, of several planes the one that is chosen. */
function narrow(look: Look, room: Room): Scene {
  const left = 16;
  const width = room.width - 2 * left;
  const folds = { channels: look.place.memory === "NCHW" ? [look.place.channel] : [0], across: 1 };
  const { wide: most } = stripSides(look, folds, width, Number.POSITIVE_INFINITY);
  const cell = side(Math.min(30, most) * look.frame.view.zoom);
  const memory = strip(look, folds, left, 0, cell);
  const { height } = stripSize(look, folds, cell);
  const words = table(look, left, height + BELOW);
  const below = height + BELOW + tableSize(look).height;
  const three = trio(look, left, below, width, trioHeight(look, width));
  return sceneOf(look, room, { memory, words, three, low: three.bottom + BELOW, left, width });
}

interface Blocks {
  readonly memory: Strip;
  readonly words: readonly Words[];
  readonly three: Trio;
  /** Where the line of jumps begins, and how wide it may be. */
  readonly low: number;
  readonly left: number;
  readonly width: number;
}

/** The line of jumps and what is said at the foot, below the blocks. */
function sceneOf(
  look: Look,
  room: Room,
  { memory, words, three, low, left, width }: Blocks,
): Scene {
  const { frame, place } = look;
  const jumps = jumpsBlock(look, left, low, width);
  const foot = remarks(footOf(look), left, jumps.bottom + BELOW - 6, width);
  const plates = [...memory.plates, ...three.plates, ...jumps.plates];
  const marks = [...memory.marks, ...three.marks, ...jumps.marks];
  return {
    width: Math.max(room.width, three.right + left, jumps.right + left, ...plates.map(right)),
    height: jumps.bottom + BELOW + foot.length * LINE,
    plates,
    marks,
    curves: jumps.curves,
    notes: [...memory.notes, ...words, ...three.notes, ...jumps.notes, ...foot],
    follow: frame.view.zoom > 1 ? around(memory.marks) : null,
    newest: place.y === frame.step ? { plate: "Y", row: place.oh, column: place.ow } : null,
  };
}

/** The rectangle of the window on the strip. */
function around(marks: Strip["marks"]): Rectangle | null {
  if (marks.length === 0) return null;
  const x = Math.min(...marks.map((mark) => mark.x));
  const y = Math.min(...marks.map((mark) => mark.y));
  return {
    x,
    y,
    width: Math.max(...marks.map((mark) => mark.x + mark.width)) - x,
    height: Math.max(...marks.map((mark) => mark.y + mark.height)) - y,
  };
}

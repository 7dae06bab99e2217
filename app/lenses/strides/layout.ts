import { NUMBERS_FROM, type Rectangle, type Scene, type Words } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { heading, LINE, remark } from "../shared/notes.ts";
import { isNarrow, largest, right, side, wrapped } from "../shared/sizes.ts";
import { jumpsBlock, jumpsHeight } from "./jumps.ts";
import { keeper } from "./kept.ts";
import { type Look, lookAt } from "./plates.ts";
import { type Folds, planesShown, type Strip, strip, stripSides, stripSize } from "./strip.ts";
import { table, tableSize } from "./table.ts";
import { type Trio, trio, trioHeight } from "./trio.ts";
import { memoryNote, unreadNote } from "./words.ts";

// The strip of memory, the view's shape and strides, view ⊙ W = Y, and the window as jumps along one line.

const MARGIN = 36;
const BETWEEN = 40;
/** Room between two blocks that stand on each other. */
const BELOW = 16;
/** No strip is given less height, so that a picture can still be made out. */
const LEAST = 220;
/** Width of what stands over the strip. */
const HEADLINE = 230;
/** Width of “0 bytes copied” and the space after it. */
const COST = 116;

/** Where the blocks stand, and how large the cells of the strip are. */
interface Plan {
  readonly folds: Folds;
  readonly cell: number;
  /** The table and the trio: on the right of the strip, or side by side below it. */
  readonly beside: boolean;
}

/** The smallest a cell gets: a large picture is seen whole, and its numbers along the line below. */
const FINEST = 1 / 16;

/** A side on whole pixels or quarters, and finer where quarters would lose too much. */
function fine(v: number): number {
  return v >= 1 ? side(v) : Math.max(FINEST, Math.floor(v * 16) / 16);
}

/** The Strides lens. */
export function layout(frame: Frame, room: Room): Scene {
  const look = lookAt(frame);
  return isNarrow(room) ? narrow(look, room) : wide(look, room);
}

/** What the view costs, and below that what it leaves out. */
function footOf({ frame }: Look, x: number, y: number, width: number): Words[] {
  const cost = wrapped(memoryNote(frame), width - COST);
  const unread = unreadNote(frame);
  const left = unread === "" ? [] : wrapped(unread, width);
  return [
    heading("0 bytes copied", x, y),
    ...cost.map((text, i) => remark(text, x + COST, y + LINE * i)),
    ...left.map((text, i) => remark(text, x, y + LINE * (cost.length + i))),
  ];
}

/** From the middle of its first line down to a little air below its last. */
function footHeight(look: Look, width: number): number {
  const lines = footOf(look, 0, 0, width).length - 1;
  return (lines - 1) * LINE + 12;
}

/** Between the table and the trio below it, whose titles leave some room above them. */
const CLOSE = -4;
/** Where the table begins when it stands beside the strip. */
const TABLE_TOP = 10;

/** How high the table and the trio are, on each other or side by side, with Y as small as it gets. */
function rightHeight(look: Look, width: number, beside: boolean): number {
  const { width: wide, height } = tableSize(look);
  if (beside) return TABLE_TOP + height + CLOSE + trioHeight(look, wide);
  return Math.max(height, trioHeight(look, width - wide - BETWEEN));
}

const lowHeights = keeper<number>();

/** What the line of jumps and the words at the foot take. */
function lowHeight(look: Look, width: number): number {
  const find = () => jumpsHeight(look, width) + footHeight(look, width) + 2 * BELOW;
  return lowHeights(look.frame.geometry, `${look.place.memory} ${width}`, find);
}

/** How good it is to have cells of this side in a scene that is so much too high: numbers are worth some scrolling. */
function worth(cell: number, over: number, room: Room): number {
  return over > 0 ? cell * Math.max(0.1, 0.85 - (0.6 * over) / room.height) : cell;
}

/** One way to arrange the blocks, and what it is worth. */
function planFor(look: Look, room: Room, folds: Folds, beside: boolean): Plan & { worth: number } {
  const width = room.width - 2 * MARGIN;
  const across = beside ? width - tableSize(look).width - BETWEEN : width;
  const rest = lowHeight(look, width);
  const right = rightHeight(look, width, beside);
  const free = room.height - rest;
  const high = Math.max(LEAST, beside ? Math.max(free, right) : free - right - BELOW);
  const sides = stripSides(look, folds, across, high);
  const fits = Math.min(largest(room), sides.wide, Math.max(FINEST, sides.high));
  const large = Math.min(NUMBERS_FROM, sides.wide);
  const readable = stripSize(look, folds, large).height <= 0.6 * room.height ? [large] : [];
  const [best] = [fits, ...readable]
    .map((cell) => {
      const { height } = stripSize(look, folds, cell);
      const total = (beside ? Math.max(height, right) : height + BELOW + right) + rest;
      return { folds, beside, cell, worth: worth(cell, total - room.height, room) };
    })
    .sort((a, b) => b.worth - a.worth);
  return best!;
}

const best = keeper<Plan>();

/** The plan that is worth most; the first of equals. */
function planOf(look: Look, room: Room): Plan {
  const { geometry, view } = look.frame;
  const channels = planesShown(look);
  const key = [look.place.memory, room.width, room.height, ...channels].join(" ");
  const plan = best(geometry, key, () =>
    [true, false]
      .flatMap((beside) =>
        channels.map((_, i) => planFor(look, room, { channels, across: i + 1 }, beside)),
      )
      .reduce((a, b) => (b.worth > a.worth * 1.02 ? b : a)),
  );
  return { ...plan, cell: fine(plan.cell * view.zoom) };
}

function wide(look: Look, room: Room): Scene {
  const { folds, cell, beside } = planOf(look, room);
  const width = room.width - 2 * MARGIN;
  const memory = strip(look, folds, { x: MARGIN, y: 0, cell, titleRoom: HEADLINE });
  const size = stripSize(look, folds, cell);
  const own = tableSize(look);
  const free = room.height - lowHeight(look, width);
  const x = beside ? MARGIN + Math.max(size.width, HEADLINE) + BETWEEN : MARGIN;
  const y = beside ? TABLE_TOP : size.height + BELOW;
  const three = beside
    ? trio(look, {
        x,
        y: y + own.height + CLOSE,
        width: Math.max(own.width, room.width - MARGIN - x),
        height: Math.max(free, size.height) - y - own.height - CLOSE,
      })
    : trio(look, {
        x: x + own.width + BETWEEN,
        y: y - TABLE_TOP,
        width: width - own.width - BETWEEN,
        height: Math.max(own.height, free - y) + TABLE_TOP,
      });
  const low = Math.max(size.height, y + own.height, three.bottom) + BELOW;
  return sceneOf(look, room, { memory, words: table(look, x, y), three, low, left: MARGIN, width });
}

/** A phone: everything below each other, of several planes the one that is chosen. */
function narrow(look: Look, room: Room): Scene {
  const left = 16;
  const width = room.width - 2 * left;
  const folds = { channels: look.place.memory === "NCHW" ? [look.place.channel] : [0], across: 1 };
  const { wide: most } = stripSides(look, folds, width, Number.POSITIVE_INFINITY);
  const cell = fine(Math.min(30, most) * look.frame.view.zoom);
  const memory = strip(look, folds, { x: left, y: 0, cell, titleRoom: width });
  const { height } = stripSize(look, folds, cell);
  const words = table(look, left, height + BELOW);
  const below = height + BELOW + tableSize(look).height;
  const three = trio(look, {
    x: left,
    y: below,
    width,
    height: trioHeight(look, width) + 150,
  });
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
  const foot = footOf(look, left, jumps.bottom + BELOW - 2, width);
  const plates = [...memory.plates, ...three.plates, ...jumps.plates];
  const marks = [...memory.marks, ...three.marks, ...jumps.marks];
  return {
    width: Math.max(room.width, three.right + left, jumps.right + left, ...plates.map(right)),
    height: jumps.bottom + BELOW + footHeight(look, width),
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

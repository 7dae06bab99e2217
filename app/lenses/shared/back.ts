import type { Axis, Backward, Geometry } from "#engine";
import { positionsOf } from "#engine";
import type { Plate, Scale } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { rangeOf } from "./scales.ts";

// What the lenses of the input gradient have in common.

/** The way back of a frame: a lens that needs it is not asked before it is there. */
export function backOf({ answer }: Frame): Backward {
  if (!answer.back) throw new Error("a lens that shows gradients was laid out without them");
  return answer.back;
}

export interface BackScales {
  readonly delta: Scale;
  readonly w: Scale;
  readonly dx: Scale;
}

/** The colours of δ, W and dX: gradients have a sign, so all are centred on 0. */
export function backScales(frame: Frame): BackScales {
  const { delta, dx } = backOf(frame);
  const tensors = { delta, w: frame.layer.w, dx };
  const reach = (name: keyof typeof tensors) => {
    const [low, high] = rangeOf(tensors[name]);
    return Math.max(Math.abs(low), Math.abs(high)) || 1;
  };
  const shared = Math.max(reach("delta"), reach("w"), reach("dx"));
  const scale = (name: keyof typeof tensors): Scale => ({
    kind: "signed",
    reach: frame.view.scope === "shared" ? shared : reach(name),
  });
  return { delta: scale("delta"), w: scale("w"), dx: scale("dx") };
}

/** Below this width the plates of a scene stand above each other. */
export const NARROW = 560;
/** Room over a plate for its title, below it for its legend, and over a close-up for its heading. */
export const TITLE = 52;
export const LEGEND = 30;
export const HEADING = 40;

/**
 * Below this a cell is no longer seen, and the picture scrolls instead. Of large matrices less is shown at a time:
 * what can be seen has to be painted within a frame.
 */
function smallest(cells: number): number {
  return cells > 60_000 ? 4 : 2;
}

/** Whole pixels where cells have gaps between them, quarters where they are pixels of an image; for so many cells. */
export function side(v: number, cells = 0): number {
  return v >= 6 ? Math.floor(v) : Math.max(smallest(cells), Math.floor(v * 4) / 4);
}

/** The largest a cell gets: more on the screens that a class looks at. */
export function largest({ width }: Room): number {
  return Math.max(46, Math.min(64, Math.floor(width / 21)));
}

/** Sides a cell of a close-up may have, the best first. */
export const CLOSE_SIDES = [60, 52, 46, 40, 34, 30, 26, 24, 22, 20, 18, 14, 10, 7, 5, 3] as const;

/** Width of a character of a subtitle or a remark, on the safe side, in CSS pixels. */
export const CHARACTER = 6.7;

/** The longest of these descriptions, given longest first, that fits. */
export function fitting(room: number, ...choices: readonly string[]): string {
  return choices.find((text) => text.length * CHARACTER <= room) ?? choices.at(-1)!;
}

/** The same for a line of 13 pixels that may be a little longer. */
const LETTER = 6.4;

/** How wide the line over the last plate of a row may be: as wide as the plate, or to the edge of the room. */
export function titleRoomAt(x: number, width: number, room: Room): number {
  return Math.max(width, room.width - x - 8);
}

/** A text in lines of up to `room` pixels. */
export function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && longer.length * LETTER > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

export function bottomOf({ y, rows, cell }: Plate): number {
  return y + rows * cell;
}

export function rightOf({ x, columns, cell }: Plate): number {
  return x + columns * cell;
}

interface Copies {
  readonly rows: readonly (readonly number[])[];
  readonly columns: readonly (readonly number[])[];
}

const copies = new WeakMap<Geometry, Copies>();

/** For every row and column of the image, the rows and columns of the padded input that hold it. Found once. */
export function copiesOf(g: Geometry): Copies {
  let known = copies.get(g);
  if (!known) {
    const along = (axis: Axis) => Array.from({ length: axis.n }, (_, i) => positionsOf(axis, i));
    known = { rows: along(g.rows), columns: along(g.columns) };
    copies.set(g, known);
  }
  return known;
}

/** Runs of neighbours among numbers that ascend: 1, 2, 3, 7 is 1–3 and 7–7. */
export function runsOf(numbers: readonly number[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const n of numbers) {
    const run = runs.at(-1);
    if (run && n === run.last + 1) run.last = n;
    else runs.push({ first: n, last: n });
  }
  return runs;
}

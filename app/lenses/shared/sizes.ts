import { NUMBERS_FROM, type Plate } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";

/** Below this width the plates of a scene stand above each other more than beside. */
export const NARROW = 560;

/** A phone; or a page that scrolls as a whole, where a scene as high as its numbers would never end. */
export function isNarrow({ width, height }: Room): boolean {
  return width < NARROW || !Number.isFinite(height);
}

/** What a title and the line under it take above a plate, a legend below it, and a heading over a close-up. */
export const TITLE = 52;
export const LEGEND = 30;
export const HEADING = 40;

/** Whole pixels where cells have gaps between them, quarters where they are pixels of an image, any part of one below. */
export function side(v: number): number {
  if (v >= 6) return Math.floor(v);
  return v >= 1 ? Math.floor(v * 4) / 4 : Math.max(SMALLEST, v);
}

/** The smallest a cell gets: an image of 4096 cells is still to be seen. */
export const SMALLEST = 0.05;

/** The largest a cell gets: more on the screens that a class looks at. */
export function largest({ width }: Room): number {
  return Math.max(46, Math.min(64, Math.floor(width / 21)));
}

/** Sides a cell of a close-up may have, the best first. */
export const CLOSE_SIDES = [60, 52, 46, 40, 34, 30, 26, 24, 22, 20, 18, 14, 10, 7, 5, 3] as const;

/** Width of a character of a subtitle, on the safe side, in CSS pixels. */
const CHARACTER = 6.7;

/** The longest of these that fits, the last where none does. They stand with the longest first. */
export function fitting(choices: readonly string[], room: number): string {
  return choices.find((text) => text.length * CHARACTER <= room) ?? choices.at(-1)!;
}

/** Width of a character of a remark. */
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

/** Sides that cells of a matrix may have while their numbers can be read. */
const READABLE = [36, 34, 32, 30, 28, 27, 26, 25, 24, 23, 22, 21, 20] as const;

/** A matrix and a picture that share the width of a room. */
export interface Pair {
  readonly width: number;
  /** How many cells the matrix, and all that has cells of its size, is wide. */
  readonly across: number;
  /** The largest side of its cells at which the whole matrix is as high as the room. */
  readonly down: number;
  /** How many cells the picture is wide. */
  readonly picture: number;
  /** The side of the picture's cells when those of the matrix have this side. */
  readonly beside: (matrix: number) => number;
  /** Which of the two keeps its numbers where they cannot both. */
  readonly first: "matrix" | "picture";
}

/**
 * The side of the cells of a matrix beside a picture: with numbers in both and whole if they fit, else with numbers and
 * a page at a time, else with numbers in one of them, else whole without, else as large as the room is wide.
 */
export function matrixSide(pair: Pair): number {
  const { width, across, down, picture, beside, first } = pair;
  const least = (matrix: number) => Math.floor(Math.min(matrix, beside(matrix)));
  const best = (of: readonly number[]) => of.reduce((a, b) => (least(b) > least(a) ? b : a));
  const readable = READABLE.filter((matrix) => least(matrix) >= NUMBERS_FROM);
  const whole = readable.filter((matrix) => matrix <= down);
  if (whole.length > 0) return best(whole);
  // what has to be turned over page by page shows more of itself in smaller cells
  const small = readable.filter((matrix) => matrix <= 22);
  if (small.length > 0) return best(small);
  const left = beside(NUMBERS_FROM);
  const beneath = (width - NUMBERS_FROM * picture) / across;
  if (first === "picture" && beneath >= 8 && beside(beneath) >= NUMBERS_FROM) return beneath;
  if (left >= 2 && left * picture >= 100) return NUMBERS_FROM;
  const broad = Math.max(2, Math.min(NUMBERS_FROM, (width * 0.7) / across));
  return down >= 8 ? Math.min(broad, down) : broad;
}

export const right = (plate: Plate) => plate.x + plate.columns * plate.cell;
export const bottom = (plate: Plate) => plate.y + plate.rows * plate.cell;

import type { Geometry } from "#engine";
import type { Arrow, Legend, Plate, Words } from "../../draw/scene.ts";
import { matrixSize, type Windows } from "../shared/matrix.ts";
import { LINE, label, remark, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, right, TITLE } from "../shared/sizes.ts";
import { alongPlate, arrayPlate, channelsPlate, downPlate } from "./arrays.ts";
import { dcolsPlate } from "./back.ts";
import { colsPlate } from "./forward.ts";
import type { Look, Page } from "./look.ts";
import { rowOfStep } from "./place.ts";
import { builtOf } from "./words.ts";

export type Note = Words | Arrow | Legend;

/** The arrays, and what is gathered with them (or added): a row is one tap in all of them. */
export interface Band {
  readonly plates: Readonly<Record<"k" | "i0" | "i1" | "i" | "j0" | "j1" | "j" | "cols", Plate>>;
  readonly page: Page;
  readonly notes: readonly Note[];
  /** Below the arrays and how they are built. */
  readonly bottom: number;
}

/** Between a vector and the array it belongs to, between the arrays, and before what is gathered. */
export const GLUE = 5;
export const APART = 28;
const BEFORE = 40;

/** From an array down to the line under its label that leads past the words below. */
export const LANE = 21;
/** Between an array and the lines that say how it is built. */
const LABEL = 34;

/** Pixels that the band takes besides its cells. */
export const BETWEEN = 2 * GLUE + 2 * APART + BEFORE;

/** How many cells wide it is with so many positions: k, i0 and j0, and i, j and every sample's columns. */
export function cellsAcross({ spec }: Geometry, positions: number): number {
  return 3 + positions * (2 + spec.N);
}

/** The columns of cols that a page of positions has; or its rows, in the sample that playback stands at. */
export function windowsOf({ frame, order, lay }: Look, { first, count }: Page): Windows {
  const { rows, columns, spec } = frame.geometry;
  if (lay === "columns") return { way: lay, order, first: first * spec.N, count: count * spec.N };
  const positions = rows.out * columns.out;
  const sample = Math.floor(rowOfStep(frame) / positions);
  return { way: lay, order, first: sample * positions + first, count };
}

interface Corner {
  readonly x: number;
  /** Where the titles begin. */
  readonly y: number;
  readonly cell: number;
}

/** One array with its vectors: i0 down its side, i1 along its top, a + in the corner. */
export function arrayAt(look: Look, letter: "i" | "j", { x, y, cell }: Corner, page: Page) {
  const top = y + TITLE;
  const left = x + cell + GLUE;
  const below = top + cell + GLUE;
  const width = page.count * cell;
  const array = arrayPlate(look, letter, page, spotAt(left, below, cell));
  const along = alongPlate(look, letter, page, spotAt(left, top, cell, width + APART - 6));
  const down = downPlate(look, letter, spotAt(x, below, cell));
  const notes: Note[] = [
    { ...sign("+", x + cell / 2, top + cell / 2), size: Math.min(20, cell) },
    label(`${letter}0`, x + cell / 2, bottom(array) + 11),
    label(`${letter}1`, right(along) + 12, top + cell / 2),
  ];
  return { array, along, down, notes, bottom: bottom(array) + LABEL - LINE / 2 };
}

/**
 * How an array is built, a vector a line; where that is too wide for the array, in one line for both; where that is
 * too wide for the room, one below the other.
 */
function builtBelow(
  look: Look,
  one: ReturnType<typeof arrayAt>,
  other: typeof one,
  x: number,
  room: number,
) {
  const { i, j } = builtOf(look);
  const top = one.bottom + LINE / 2;
  const longest = (texts: readonly string[]) =>
    Math.max(...texts.map(({ length }) => length)) * CHARACTER;
  if (right(one.array) + APART - one.down.x >= longest([...i, ...j]))
    return {
      lines: [...linesAt(i, one.down.x, top), ...linesAt(j, other.down.x, top)],
      bottom: one.bottom + 2 * LINE,
    };
  const both = [i.join(",  "), j.join(",  ")];
  const texts = x + longest(both) <= room ? both : [...i, ...j];
  return { lines: linesAt(texts, x, top), bottom: one.bottom + LINE * texts.length };
}

export function linesAt(texts: readonly string[], x: number, y: number): Words[] {
  return texts.map((text, line) => remark(text, x, y + LINE * line));
}

/** Width of a character of these lines, on the safe side. */
export const CHARACTER = 6.7;

/** k | i0 i | j0 j → cols, side by side. */
export function bandAt(look: Look, corner: Corner, page: Page, room: number): Band {
  const { x, y, cell } = corner;
  const { geometry: g } = look.frame;
  const below = y + TITLE + cell + GLUE;
  const k = channelsPlate(look, spotAt(x, below, cell, cell + APART - 4));
  const one = arrayAt(look, "i", { x: right(k) + APART, y, cell }, page);
  const other = arrayAt(look, "j", { x: right(one.array) + APART, y, cell }, page);
  const at = right(other.array) + BEFORE;
  const shown = windowsOf(look, page);
  const titleRoom = Math.max(shown.count * cell, room - at - 8);
  const made = look.way === "forward" ? colsPlate : dcolsPlate;
  const cols = made(look, shown, spotAt(at, below, cell, titleRoom));
  const built = builtBelow(look, one, other, x, room);
  const middle = below + Math.min(200, matrixSize(g).cells * cell) / 2;
  return {
    plates: {
      k,
      i0: one.down,
      i1: one.along,
      i: one.array,
      j0: other.down,
      j1: other.along,
      j: other.array,
      cols,
    },
    page,
    notes: [
      ...one.notes,
      ...other.notes,
      ...built.lines,
      sign(look.way === "forward" ? "→" : "←", at - BEFORE / 2 + 4, middle),
    ],
    bottom: built.bottom,
  };
}

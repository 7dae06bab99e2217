import { side } from "../shared/sizes.ts";
import type { Run } from "./runs.ts";

// One line of memory, to scale where it fits; else gaps that no one needs to see are left out.

/** A part of the line that is drawn, with where its first number stands. */
export interface Piece extends Run {
  readonly x: number;
}

export interface Line {
  readonly cell: number;
  readonly pieces: readonly Piece[];
  readonly width: number;
}

/** Room for what is left out between two pieces. */
export const GAP = 34;
/** The side at which nothing more is left out. */
const ENOUGH = 24;

/** The largest a cell gets: more on the screens that a class looks at. */
function largestIn(width: number): number {
  return Math.max(32, Math.min(46, width / 27));
}

/** The runs put together: those with no more than `within` numbers between them become one. */
function joined(runs: readonly Run[], within: number): Run[] {
  const pieces: { from: number; count: number }[] = [];
  for (const { from, count } of runs) {
    const last = pieces.at(-1);
    if (last && from - (last.from + last.count) <= within)
      last.count = Math.max(last.count, from + count - last.from);
    else pieces.push({ from, count });
  }
  return pieces;
}

/** The side of the cells when these pieces fill a width. */
function sideFor(pieces: readonly Run[], width: number): number {
  const numbers = pieces.reduce((sum, { count }) => sum + count, 0);
  return (width - (pieces.length - 1) * GAP) / numbers;
}

/** Lays runs (ascending, counted from the first) out in a width: as much of memory as can be shown with numbers. */
export function lineOf(runs: readonly Run[], left: number, width: number): Line {
  const gaps = runs.slice(1).map(({ from }, i) => from - (runs[i]!.from + runs[i]!.count));
  // A gap is left out when it is wider than the sign for it.
  const choices = [...new Set([...gaps, 2])].filter((gap) => gap >= 2).sort((a, b) => b - a);
  const pieces =
    choices.map((gap) => joined(runs, gap)).find((all) => sideFor(all, width) >= ENOUGH) ??
    joined(runs, 2);
  const fit = Math.min(largestIn(width), sideFor(pieces, width));
  const cell = side(fit);
  let x = left;
  const placed = pieces.map((piece) => {
    const here = { ...piece, x };
    x += piece.count * cell + GAP;
    return here;
  });
  return { cell, pieces: placed, width: x - GAP - left };
}

/** Where a number of the line stands: the left edge of its cell. */
export function xOf({ pieces, cell }: Line, at: number): number {
  const piece = pieces.find(({ from, count }) => at >= from && at < from + count)!;
  return piece.x + (at - piece.from) * cell;
}

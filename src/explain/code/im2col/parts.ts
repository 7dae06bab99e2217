import type { Geometry } from "../../../geometry.ts";

// What the programs of im2col and col2im have in common.

/** What belongs to group `g`: "g*18:g*18+18". */
export function ofGroup(each: number): string {
  const from = each === 1 ? "g" : `g*${each}`;
  return `${from}:${from}+${each}`;
}

/** How many cells a row of col has over all channels. */
export function cellsOfRow(g: Geometry): number {
  return g.shapes.R[1]!;
}

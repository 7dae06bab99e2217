import type { Axis } from "../../../axis.ts";
import type { Geometry } from "../../../geometry.ts";
import { scaled } from "../window/nest.ts";

// What the programs of im2col and col2im have in common.

/** The cells that tap `index` of every window reads: "u:u+2*out_h:2", with dilation "2*u:2*u+2*out_h:2". */
export function slice(index: string, length: string, { stride, dilation }: Axis): string {
  const from = scaled(dilation, index, "*");
  return `${from}:${from}+${scaled(stride, length, "*")}${stride > 1 ? `:${stride}` : ""}`;
}

/** What belongs to group `g`: "g*18:g*18+18". */
export function ofGroup(each: number): string {
  const from = each === 1 ? "g" : `g*${each}`;
  return `${from}:${from}+${each}`;
}

/** How many cells a row of col has over all channels. */
export function cellsOfRow(g: Geometry): number {
  return g.shapes.R[1]!;
}

import type { WindowOrder } from "../../../conv/view.ts";
import type { Geometry } from "../../../geometry.ts";
import { flatKernels, memoryIn, type WeightsName, wayIn, weightsIn } from "../../conventions.ts";
import type { Way } from "../../rows.ts";
import { ORDER_IN } from "../../view.ts";
import type { ProgramOptions } from "../program.ts";

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

/** How a program is written: what its matrices look like. */
export interface Style {
  readonly way: Way;
  /** The order of the cells of a window. */
  readonly order: WindowOrder;
  readonly weights: WeightsName;
}

/** The style that the switches ask for. Of one plane all orders are one, and groups stand together channel by channel. */
export function styleOf({ spec: { C, F, groups } }: Geometry, options: ProgramOptions): Style {
  return {
    way: wayIn(options),
    order: C > 1 && groups === 1 ? ORDER_IN[memoryIn(options)] : "c kh kw",
    weights: C * F > 1 ? weightsIn(options) : "OIHW",
  };
}

/** What the kernels are called when the product takes them. */
export function kernelsName({ spec }: Geometry, { weights }: Style): string {
  return spec.flip ? "flipped" : weights === "HWIO" ? "hwio" : "W";
}

/** The kernels as one matrix, or those of group g. */
export function kernelsAs(g: Geometry, style: Style, permute?: string): string {
  const name = kernelsName(g, style);
  if (g.spec.groups === 1) return flatKernels({ ...style, w: name, filters: g.spec.F }, permute);
  const own = `${style.weights === "HWIO" ? "..., " : ""}${ofGroup(g.filtersPerGroup)}`;
  return flatKernels({ ...style, w: `${name}[${own}]`, filters: g.filtersPerGroup }, permute);
}

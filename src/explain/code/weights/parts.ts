import type { Axis } from "../../../axis.ts";
import { ConvError } from "../../../errors.ts";
import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import type { Tensor } from "../../../tensor.ts";
import { areWhole, checkTensors, largest, tolerancesFor } from "../limits.ts";
import { scaled } from "../window/nest.ts";

// What the programs of dW and db have in common: X and δ are given, dW and db are asked for.

export interface Parts {
  readonly x: Tensor;
  readonly delta: Tensor;
  readonly dw: Tensor;
  readonly db: Tensor;
}

/** @throws ConvError where they are too many or not finite, or the way back has not been gone. */
export function partsOf(layer: Layer, { back }: Answer): Parts {
  if (!back) throw new ConvError("δ", "the way back has not been gone", "an answer with it");
  const parts = { x: layer.x, delta: back.delta, dw: back.dw, db: back.db };
  checkTensors({ X: parts.x, δ: parts.delta, dW: parts.dw, db: parts.db });
  return parts;
}

/** No sum of products, in whatever order, can be larger than this. */
function bound({ x, delta }: Parts): number {
  return Math.max(largest(x), 1) * largest(delta) * delta.data.length;
}

/** Whether a program may ask for equality. */
export function isWhole(parts: Parts): boolean {
  return areWhole(Object.values(parts), bound(parts));
}

export function tolerancesOf(parts: Parts): { relative: string; absolute: string } {
  return tolerancesFor(bound(parts));
}

/** The rows (or columns) that one weight met: "u:u+2*oh:2", with dilation "2*u:2*u+2*oh:2". */
export function sliceOf(index: string, length: string, { stride, dilation }: Axis): string {
  const from = scaled(dilation, index, "*");
  return `${from}:${from}+${scaled(stride, length, "*")}${stride > 1 ? `:${stride}` : ""}`;
}

/** Which channels or filters of group g: all of them where there is one group. */
export function ofGroup({ spec }: Geometry, each: number): string {
  if (spec.groups === 1) return ":";
  return each === 1 ? "g:g+1" : `g*${each}:(g+1)*${each}`;
}

/** The place of a weight that is met at (u, v) of the window: a flipped kernel's is counted from the far corner. */
export function kernelPlace({ spec, rows, columns }: Geometry): string {
  return spec.flip ? `${rows.k - 1}-u, ${columns.k - 1}-v` : "u, v";
}

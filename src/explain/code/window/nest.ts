import type { Geometry } from "../../../geometry.ts";
import { axesShown } from "../../cell.ts";

/**
 * Which loops and indices a layer needs around its two of rows and columns: what the languages write alike.
 * An axis of length 1 has no loop, and where it leads a shape no index either.
 */
export interface Nest {
  /** The outer loops, and the tensor whose first axis each runs along. */
  readonly loops: readonly { readonly index: "n" | "f"; readonly over: "X" | "W" }[];
  /** Indices of X before its channel. */
  readonly sample: readonly string[];
  /** Whether X is written with an axis of channels. */
  readonly hasChannels: boolean;
  /** The first channel the filter reads; "first" is a variable, set to `group` · depth. */
  readonly first: "0" | "f" | "first";
  /** Indices of W before its channel, and whether it is written with an axis of channels. */
  readonly filter: readonly string[];
  readonly hasDepth: boolean;
  /** Indices of Y before row and column. */
  readonly output: readonly string[];
  readonly bias: "b" | "b[f]";
}

export function nestOf(g: Geometry): Nest {
  const { spec, shapes, depth, filtersPerGroup } = g;
  const many = { n: spec.N > 1, f: spec.F > 1 };
  const sample = many.n ? ["n"] : [];
  const filter = many.f ? ["f"] : [];
  const first = spec.groups === 1 ? "0" : depth * filtersPerGroup === 1 ? "f" : "first";
  return {
    loops: [
      ...(many.n ? [{ index: "n", over: "X" } as const] : []),
      ...(many.f ? [{ index: "f", over: "W" } as const] : []),
    ],
    sample,
    hasChannels: axesShown(shapes.X) > 2,
    first,
    filter,
    hasDepth: axesShown(shapes.W) > 2,
    output: [...sample, ...(many.f ? ["f"] : many.n ? ["0"] : [])],
    bias: many.f ? "b[f]" : "b",
  };
}

/** The value of `first`: the group of filter f, times the channels of a group. `group` is f / filters per group. */
export function firstChannel({ depth, filtersPerGroup }: Geometry, group: string): string {
  const index = filtersPerGroup === 1 ? "f" : group;
  return depth === 1 ? index : `${index} * ${depth}`;
}

/** "2*i", or "i" where the factor is 1; `times` is the sign between, with its spaces. */
export function scaled(factor: number, index: string, times: string): string {
  return factor === 1 ? index : `${factor}${times}${index}`;
}

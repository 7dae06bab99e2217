import type { Tensor } from "./tensor.ts";

/** The least and the largest number of a tensor. */
export type Range = readonly [low: number, high: number];

const known = new WeakMap<Tensor, Range>();

/** The range of a tensor, found once; [0, 0] where there are no numbers, which NaN is none of. */
export function rangeOf(tensor: Tensor): Range {
  const told = tensor.range ?? known.get(tensor);
  if (told) return told;
  const found = extremes(tensor);
  known.set(tensor, found);
  return found;
}

function extremes({ data }: Tensor): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return low > high ? [0, 0] : [low, high];
}

/** The tensor with its range beside it: whoever is told it need not look for it. */
export function ranged(tensor: Tensor): Tensor {
  return { ...tensor, range: rangeOf(tensor) };
}

import { NUMBERS_FROM } from "../../draw/scene.ts";

/** What follows the products of a close-up. */
export interface Links {
  /** Cells across: those of the window, and so of the kernel and of the products. */
  readonly across: number;
  /** Sums of several channels (or filters) before the whole sum. */
  readonly partials: boolean;
  readonly bias: boolean;
  /** An activation, with what goes into it. */
  readonly activation: boolean;
}

/** Where the parts of a close-up stand, left to right: window ⊙ kernel = products → Σ + b → activation. */
export interface Chain {
  readonly kernel: number;
  readonly products: number;
  /** The sums of the channels, where there are several; `sigma` is the sign before them. */
  readonly partials: { readonly sigma: number; readonly x: number } | null;
  readonly plus: number;
  readonly bias: number | null;
  /** The arrow to what follows, and Z with a second arrow where an activation follows. */
  readonly arrow: number;
  readonly activation: {
    readonly z: number;
    readonly arrow: number;
    readonly length: number;
  } | null;
  readonly result: number;
  readonly right: number;
  /** Room between two plates, length of an arrow, sides of the lone cells. */
  readonly gap: number;
  readonly reach: number;
  readonly small: number;
  readonly partial: number;
  readonly large: number;
}

/** The chain for cells of side `close`, from `left` on; `loose` from 0 to 1 is how much room its signs get. */
export function chainOf(links: Links, close: number, left: number, loose: number): Chain {
  const between = (tight: number, wide: number) => Math.round(tight + loose * (wide - tight));
  const gap = between(24, 44);
  const reach = between(12, 40);
  const space = between(4, 9);
  const small = Math.max(NUMBERS_FROM, Math.min(34, close));
  const large = Math.max(26, Math.min(56, close * 1.25));
  const partial = Math.max(NUMBERS_FROM, Math.min(36, close));
  const across = links.across * close;

  let x = left;
  const take = (width: number) => {
    const start = x;
    x += width;
    return start;
  };
  take(across + gap);
  const kernel = take(across + gap);
  const products = take(across + space);
  const partials = links.partials
    ? { sigma: take(between(16, 26)) + between(8, 13), x: take(partial + space) }
    : null;
  const plus = take(between(28, 38)) + between(13, 19);
  const bias = links.bias ? take(small + space) : null;
  const arrow = take(reach + space);
  const activation = !links.activation
    ? null
    : {
        z: take(small + space),
        length: reach + between(0, 22),
        arrow: take(reach + between(0, 22) + space),
      };
  const result = take(large);
  return {
    kernel,
    products,
    partials,
    plus,
    bias,
    arrow,
    activation,
    result,
    right: x,
    gap,
    reach,
    small,
    partial,
    large,
  };
}

/** The largest of `sides` whose chain ends before `right`; the smallest where none does. */
export function largestClose(
  links: Links,
  sides: readonly number[],
  left: number,
  right: number,
  loose: number,
): number {
  return sides.find((side) => chainOf(links, side, left, loose).right <= right) ?? sides.at(-1)!;
}

import { activatedAt } from "../activate.ts";
import { type Geometry, type Tap, visitOutput } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { unravel } from "../tensor.ts";
import { inputValue, outputAt, productOf } from "./cell.ts";

/** One product of a sum: the tap, and the numbers that meet in it. `x` is −1 for a padding zero. */
export interface Term extends Omit<Tap, "y"> {
  /** Its place in the window, counted from 0 in the order (c, kh, kw). */
  readonly slot: number;
  readonly input: number;
  readonly weight: number;
  readonly product: number;
}

/** All that adds up to one output. Nothing here is rounded. */
export interface Sum {
  readonly terms: readonly Term[];
  /** What each channel adds, by its number in X. */
  readonly channels: readonly { readonly channel: number; readonly partial: number }[];
  readonly bias: number;
  readonly z: number;
  readonly y: number;
}

/** The filter and the sample of output `y`. */
export function filterOf(g: Geometry, y: number): { readonly n: number; readonly f: number } {
  const [n, f] = unravel(g.shapes.Y, y) as [number, number];
  return { n, f };
}

/** The channel of X that stands at padded cell `p`. */
export function channelOf(g: Geometry, p: number): number {
  return unravel(g.shapes.P, p)[1]!;
}

/**
 * The sum behind output `y`, from its taps, added up in float64 and in the order of the exact tier: of a layer that was
 * computed in float32 the picture may differ in digits that it does not show.
 */
export function sumOf(g: Geometry, layer: Layer, y: number): Sum {
  const terms: Term[] = [];
  const channels: { channel: number; partial: number }[] = [];
  visitOutput(g, y, (p, x, w) => {
    const slot = terms.length;
    const product = productOf(layer, { p, x, w, y });
    terms.push({ slot, p, x, w, input: inputValue(layer, x), weight: layer.w.data[w]!, product });
    if (slot % (g.rows.k * g.columns.k) === 0)
      channels.push({ channel: channelOf(g, p), partial: 0 });
    channels.at(-1)!.partial += product;
  });
  const z = outputAt(g, layer, y);
  const bias = layer.b.data[filterOf(g, y).f]!;
  return { terms, channels, bias, z, y: activatedAt(g.spec.activation, z) };
}

/** The running total after each slot; the bias comes after the last. */
export function partialSums(sum: Sum): number[] {
  let total = 0;
  return sum.terms.map(({ product }) => {
    total += product;
    return total;
  });
}

import fc from "fast-check";
import { expect } from "vitest";
import { ACTIVATIONS, type ActivationName } from "../activation.ts";
import { ConvError } from "../errors.ts";
import { type Geometry, geometryOf } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { PAD_MODES, PADDING_WORDS, type Padding } from "../padding.ts";
import { type ConvSpec, checkSpec } from "../spec.ts";
import { maxDifference, sizeOf, type Tensor } from "../tensor.ts";

// Random questions for laws that hold of every layer. Small enough to be answered by the definition,
// and unequal on purpose: height and width, kernel, stride, dilation and padding differ per axis and side.

function upTo(most: number, least = 1): fc.Arbitrary<number> {
  return fc.integer({ min: least, max: most });
}

function keys<Key extends string>(table: Readonly<Record<Key, unknown>>): fc.Arbitrary<Key> {
  return fc.constantFrom(...(Object.keys(table) as Key[]));
}

const side = upTo(3, 0);

const paddings: fc.Arbitrary<Padding> = fc.oneof(
  keys(PADDING_WORDS),
  side,
  fc.tuple(side, side, side, side),
);

function isLegal(spec: ConvSpec): boolean {
  try {
    checkSpec(spec);
    return true;
  } catch (error) {
    if (error instanceof ConvError) return false;
    throw error;
  }
}

/** Legal layers of every kind the engine knows. About half of what is drawn fits; the rest is thrown away. */
export const specs: fc.Arbitrary<ConvSpec> = fc
  .record({
    N: upTo(2),
    depth: upTo(2),
    filtersPerGroup: upTo(2),
    groups: upTo(2),
    H: upTo(6),
    W: upTo(7),
    kH: upTo(4),
    kW: upTo(3),
    stride: fc.tuple(upTo(3), upTo(4)),
    dilation: fc.tuple(upTo(3), upTo(2)),
    padding: paddings,
    padMode: keys(PAD_MODES),
    flip: fc.boolean(),
    activation: fc.record({
      name: keys<ActivationName>(ACTIVATIONS),
      alpha: fc.constantFrom(0.1, 0.25, 1),
    }),
  })
  .map(
    ({ depth, filtersPerGroup, ...spec }): ConvSpec => ({
      ...spec,
      C: depth * spec.groups,
      F: filtersPerGroup * spec.groups,
    }),
  )
  .filter(isLegal);

/** Multiples of 1/8: sums of their products are exact, so that algorithms can be asked to agree to the last bit. */
export const dyadics: fc.Arbitrary<number> = fc.integer({ min: -32, max: 32 }).map((n) => n / 8);

export function tensors(shape: readonly number[], numbers = dyadics): fc.Arbitrary<Tensor> {
  const size = sizeOf(shape);
  return fc
    .array(numbers, { minLength: size, maxLength: size })
    .map((data) => ({ shape, data: Float64Array.from(data) }));
}

/** A layer with its numbers, and an upstream gradient for it. */
export interface Asked {
  readonly g: Geometry;
  readonly layer: Layer;
  readonly delta: Tensor;
}

/** Layers with dyadic numbers; `of` narrows down which. */
export function layers(of: fc.Arbitrary<ConvSpec> = specs): fc.Arbitrary<Asked> {
  return of.chain((spec) => {
    const g = geometryOf(spec);
    const { X, W, b, Y } = g.shapes;
    return fc
      .record({ x: tensors(X), w: tensors(W), b: tensors(b), delta: tensors(Y) })
      .map(({ delta, ...numbers }) => ({ g, layer: { spec, ...numbers }, delta }));
  });
}

/** A layer without a bias. */
export function unbiased(layer: Layer): Layer {
  return { ...layer, b: { shape: layer.b.shape, data: new Float64Array(layer.b.data.length) } };
}

/** ⟨a, b⟩: the sum of the products, cell by cell. */
export function inner(a: Tensor, b: Tensor): number {
  return a.data.reduce((sum, v, i) => sum + v * b.data[i]!, 0);
}

/** The tensor with `by` added to one cell. */
export function nudged(t: Tensor, index: number, by: number): Tensor {
  const data = t.data.slice();
  data[index] = data[index]! + by;
  return { shape: t.shape, data };
}

/** Asks for the same shape and equal numbers, where −0 equals 0: algorithms may add in any order. */
export function expectEqual(found: Tensor, expected: Tensor): void {
  expect(found.shape).toEqual(expected.shape);
  expect(maxDifference(found.data, expected.data)).toBe(0);
}

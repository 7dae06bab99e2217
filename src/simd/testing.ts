import { setFlagsFromString } from "node:v8";
import fc from "fast-check";
import { rotateCanvas, rotateLayer } from "../conv/rotate.ts";
import { type Geometry, geometryOf, inputOfPadded, visitOutput } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { PAD_MODES } from "../padding.ts";
import { type ConvSpec, checkSpec, DEFAULTS } from "../spec.ts";
import { sizeOf, type Tensor, tensor } from "../tensor.ts";
import { type Features, featuresHere } from "./features.ts";
import { PASSES, type Plan } from "./numbers.ts";

// What the tests of the kernels share: the definition in float32, and questions with numbers that are no round ones.

/** What every engine of these tests can do. Node 20 has relaxed SIMD behind a flag, later ones have it anyhow. */
export function allFeatures(): Features {
  if (!featuresHere().relaxedSimd) setFlagsFromString("--experimental-wasm-relaxed-simd");
  return featuresHere();
}

const { fround } = Math;

/** Z with every product and every sum rounded to float32: taps in the order of the window, then the bias. */
export function forward32(g: Geometry, { x, w, b }: Layer): Float32Array {
  const z = new Float32Array(sizeOf(g.shapes.Y));
  const plane = g.rows.out * g.columns.out;
  for (let y = 0; y < z.length; y++) {
    let sum = 0;
    visitOutput(g, y, (_p, i, j) => {
      if (i >= 0) sum = fround(sum + fround(fround(x.data[i]!) * fround(w.data[j]!)));
    });
    z[y] = sum + fround(b.data[Math.floor(y / plane) % g.spec.F]!);
  }
  return z;
}

/** dX with every product and every sum rounded to float32: δ spread out, the kernel turned, the ring folded back. */
export function inputGradient32(g: Geometry, w: Tensor, delta: Tensor): Float32Array {
  const canvas = rotateCanvas(g);
  const layer = rotateLayer(g, w, delta, canvas);
  const gradient = forward32(geometryOf(layer.spec), layer);
  if (canvas === "trimmed") return gradient;
  const dx = new Float32Array(sizeOf(g.shapes.X));
  for (const [p, v] of gradient.entries()) {
    const i = inputOfPadded(g, p);
    if (i >= 0) dx[i]! += v;
  }
  return dx;
}

/** Where two arrays differ in a bit, and by which numbers; null where they are the same. */
export function firstDifference(found: ArrayLike<number>, expected: ArrayLike<number>) {
  if (found.length !== expected.length) return { lengths: [found.length, expected.length] };
  for (let i = 0; i < expected.length; i++)
    if (!Object.is(found[i], expected[i])) return { at: i, found: found[i], expected: expected[i] };
  return null;
}

/** A stream of float32 numbers between −1 and 1 with all their bits used. Source: Marsaglia 2003, xorshift. */
function numbersFrom(seed: number): () => number {
  let state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return fround(state / 2 ** 31);
  };
}

/** A layer of this spec and δ for it, filled from a seed. */
export function filled(spec: ConvSpec, seed: number) {
  const g = geometryOf(checkSpec(spec));
  const next = numbersFrom(seed);
  const of = (shape: readonly number[]) =>
    tensor(shape, Float64Array.from({ length: sizeOf(shape) }, next));
  const { X, W, b, Y } = g.shapes;
  return { g, layer: { spec, x: of(X), w: of(W), b: of(b) }, delta: of(Y) };
}

/** Runs all passes of a plan on these numbers. */
export function runAll(plan: Plan, { x, w, b }: Layer, delta: Tensor): Plan {
  plan.x.set(x.data);
  plan.w.set(w.data);
  plan.b.set(b.data);
  plan.delta.set(delta.data);
  for (const pass of PASSES) plan[pass]();
  return plan;
}

const upTo = (max: number, min = 1) => fc.integer({ min, max });
const side = upTo(3, 0);

function isPossible(spec: ConvSpec): boolean {
  try {
    checkSpec(spec);
    return true;
  } catch {
    return false;
  }
}

/** Layers large and uneven enough that every tile, every remainder and every way of padding is met. */
export const wideSpecs: fc.Arbitrary<ConvSpec> = fc
  .record({
    N: upTo(3),
    depth: upTo(4),
    filtersPerGroup: upTo(10),
    groups: upTo(2),
    H: upTo(14),
    W: fc.oneof(upTo(9), upTo(60), upTo(200, 128)),
    kH: upTo(5),
    kW: upTo(5),
    stride: fc.oneof(fc.constant([1, 1] as const), fc.tuple(upTo(3), upTo(4))),
    dilation: fc.oneof(fc.constant([1, 1] as const), fc.tuple(upTo(3), upTo(3))),
    padding: fc.oneof(fc.constantFrom("same", "valid", "full"), fc.tuple(side, side, side, side)),
    padMode: fc.constantFrom(...(Object.keys(PAD_MODES) as (keyof typeof PAD_MODES)[])),
    flip: fc.boolean(),
  })
  .map(({ depth, filtersPerGroup, ...sizes }) => ({
    ...DEFAULTS,
    ...sizes,
    C: depth * sizes.groups,
    F: filtersPerGroup * sizes.groups,
  }))
  .filter(isPossible);

/** One plane in, one plane out: 3 × 3 in registers, and long rows, which are read where they stand. */
export const planeSpecs: fc.Arbitrary<ConvSpec> = fc
  .record({
    N: upTo(2),
    groups: upTo(3),
    H: upTo(14, 5),
    W: fc.oneof(upTo(60, 5), upTo(200, 134)),
    k: fc.constantFrom(3, 3, 3, 2, 5),
    padding: fc.tuple(side, side, side, side),
    padMode: fc.constantFrom(...(Object.keys(PAD_MODES) as (keyof typeof PAD_MODES)[])),
    flip: fc.boolean(),
  })
  .map(({ k, ...sizes }) => ({
    ...DEFAULTS,
    ...sizes,
    C: sizes.groups,
    F: sizes.groups,
    kH: k,
    kW: k,
  }));

/** Small planes by 3 × 3 weights, one plane out of a group: made in strips. */
export const stripSpecs: fc.Arbitrary<ConvSpec> = fc
  .record({
    N: upTo(3),
    depth: upTo(4),
    groups: upTo(3),
    H: upTo(14),
    W: upTo(24),
    padding: fc.tuple(upTo(2, 0), upTo(2, 0), upTo(2, 0), upTo(2, 0)),
    flip: fc.boolean(),
  })
  .map(({ depth, ...sizes }) => ({
    ...DEFAULTS,
    ...sizes,
    C: depth * sizes.groups,
    F: sizes.groups,
    kH: 3,
    kW: 3,
  }))
  .filter(isPossible);

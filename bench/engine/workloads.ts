import { type ConvSpec, DEFAULTS, type Geometry, geometryOf } from "#engine";

/** What is asked of a workload. */
export const OPS = ["forward", "inputGradient", "weightGradient"] as const;
export type Op = (typeof OPS)[number];

/** Their names in the report. */
export const SHORT = { forward: "fwd", inputGradient: "dX", weightGradient: "dW" } as const;

/** N C H W F k stride; padding `same`. */
const SIZES = {
  A: { N: 1, C: 1, H: 28, W: 28, F: 8, k: 3, stride: 1 },
  B: { N: 1, C: 3, H: 256, W: 256, F: 16, k: 3, stride: 1 },
  C: { N: 1, C: 1, H: 512, W: 512, F: 1, k: 5, stride: 1 },
  D: { N: 1, C: 32, H: 64, W: 64, F: 32, k: 3, stride: 1 },
  E: { N: 64, C: 1, H: 8, W: 8, F: 1, k: 3, stride: 1 },
  F: { N: 1, C: 3, H: 1024, W: 1024, F: 16, k: 7, stride: 2 },
  G: { N: 1, C: 1, H: 2048, W: 2048, F: 1, k: 3, stride: 1 },
} as const;

export type WorkloadName = keyof typeof SIZES;
export const WORKLOADS = Object.keys(SIZES) as WorkloadName[];

/** A layer with numbers, channels first. */
export interface Workload {
  readonly name: WorkloadName;
  readonly g: Geometry;
  readonly x: Float32Array;
  readonly w: Float32Array;
  readonly b: Float32Array;
  readonly delta: Float32Array;
}

function specOf(name: WorkloadName): ConvSpec {
  const { k, stride, ...sizes } = SIZES[name];
  return { ...DEFAULTS, ...sizes, kH: k, kW: k, stride: [stride, stride], padding: "same" };
}

/** The same numbers in every run: a congruential generator, all 24 bits of a float32 used. */
function numbers(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

export function workload(name: WorkloadName): Workload {
  const g = geometryOf(specOf(name));
  const { X, W, b, Y } = g.shapes;
  return {
    name,
    g,
    x: numbers(sizeOf(X), 1),
    w: numbers(sizeOf(W), 2),
    b: numbers(sizeOf(b), 3),
    delta: numbers(sizeOf(Y), 4),
  };
}

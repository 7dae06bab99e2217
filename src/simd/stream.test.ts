import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EMPTY } from "../range.ts";
import { DEFAULTS } from "../spec.ts";
import { planOf } from "./plan.ts";
import { pieceOf, streamOf } from "./stream.ts";
import {
  allFeatures,
  filled,
  firstDifference,
  planeSpecs,
  stripSpecs,
  wideSpecs,
} from "./testing.ts";

const features = allFeatures();
const [ONE, NONE, Z] = [Float64Array.of(1), Float64Array.of(0), new Float64Array(25)];

describe.each([
  ["SIMD", features],
  ["without SIMD", { simd: false, relaxedSimd: false }],
])("a layer made in pieces, strict, %s", (_name, features) => {
  test.each([
    ["layers of every kind", wideSpecs],
    ["single planes", planeSpecs],
    ["small planes", stripSpecs],
  ] as const)("%s: the bits of the whole", (_kind, specs) => {
    fc.assert(
      fc.property(specs, fc.nat(), fc.integer({ min: 64, max: 20_000 }), (spec, seed, bytes) => {
        const { g, layer } = filled(spec, seed);
        const plan = planOf(g, "strict", { features, passes: ["forward"] });
        for (const name of ["x", "w", "b"] as const) plan[name].set(layer[name].data);
        plan.forward();
        const z = new Float64Array(plan.z.length).fill(Number.NaN);
        const stream = streamOf(g, "strict", { features, bytes, ranged: true });
        const [low, high] = stream.forward(layer.x.data, layer.w.data, layer.b.data, z)!;
        expect([low + 0, high + 0]).toEqual([least(z) + 0, -least(z.map((v) => -v)) + 0]);
        expect(firstDifference(z, plan.z)).toBeNull();
        expect(stream.kernels).toBe(plan.kernels);
        expect(stream.work).toEqual(plan.work);
      }),
      { numRuns: 150 },
    );
  });
});

const least = (data: Float64Array) => data.reduce((least, v) => Math.min(least, v));

test("what is no number is in no range", () => {
  const sizes = { N: 1, C: 1, F: 1, H: 5, W: 5, kH: 1, kW: 1 } as const;
  const { g } = filled({ ...DEFAULTS, ...sizes }, 1);
  for (const simd of [true, false]) {
    const features = { simd, relaxedSimd: false };
    const stream = streamOf(g, "strict", { features, ranged: true });
    const range = (...x: number[]) =>
      stream.forward(
        Float64Array.from({ length: 25 }, (_, i) => x[i % x.length]!),
        ONE,
        NONE,
        Z,
      );
    expect(range(3, Number.NaN, -2)).toEqual([-2, 3]);
    expect(range(Number.NaN)).toEqual(EMPTY);
  }
});

test("pieces are rows of an example, or several examples", () => {
  const sizes = { N: 5, C: 1, F: 1, H: 8, W: 8, kH: 3, kW: 3, padding: "same" } as const;
  const { g } = filled({ ...DEFAULTS, ...sizes }, 1);
  expect(pieceOf(g, 512)).toEqual({ examples: 1, height: 8 });
  expect(pieceOf(g, 1100)).toEqual({ examples: 2, height: 8 });
  expect(pieceOf(g, 1e6)).toEqual({ examples: 5, height: 8 });
  expect(pieceOf(g, 256)).toEqual({ examples: 1, height: 4 });
});

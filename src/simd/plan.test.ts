import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradientsByTaps } from "../conv/gradients.ts";
import { reference } from "../conv/reference.ts";
import { geometryOf } from "../geometry.ts";
import { DEFAULTS } from "../spec.ts";
import { maxDifference, type Numbers } from "../tensor.ts";
import { expectRounded } from "../testing/rounding.ts";
import { layers } from "../testing/specs.ts";
import type { Features } from "./features.ts";
import { planOf } from "./plan.ts";
import {
  allFeatures,
  filled,
  firstDifference,
  forward32,
  inputGradient32,
  planeSpecs,
  runAll,
  stripSpecs,
  wideSpecs,
} from "./testing.ts";
import type { Tier } from "./tiers.ts";

const here = allFeatures();
const NONE: Features = { simd: false, relaxedSimd: false };
const SIMD: Features = { simd: true, relaxedSimd: false };

/** Every way to compute there is. */
const WAYS: readonly (readonly [name: string, tier: Tier, features: Features])[] = [
  ["exact", "exact", here],
  ["strict", "strict", here],
  ["strict without SIMD", "strict", NONE],
  ["fast", "fast", here],
  ["fast without relaxed SIMD", "fast", SIMD],
];

test("this machine runs both modules", () => {
  expect(here).toEqual({ simd: true, relaxedSimd: true });
  const g = geometryOf({ ...DEFAULTS, N: 1, C: 1, H: 3, W: 3, F: 1, kH: 3, kW: 3 });
  expect(WAYS.map(([, tier, features]) => planOf(g, tier, { features }).kernels)).toEqual([
    "float64",
    "strict",
    "scalar",
    "fused",
    "strict",
  ]);
});

describe.each([
  ["SIMD", here],
  ["without SIMD", NONE],
])("strict, %s: bit for bit the float32 loop", (_name, features) => {
  test.each([
    ["layers of every kind", wideSpecs, 300],
    ["single planes, short and long", planeSpecs, 150],
    ["small planes by 3 × 3", stripSpecs, 300],
  ] as const)("over %s", (_kind, specs, numRuns) => {
    fc.assert(
      fc.property(specs, fc.nat(), (spec, seed) => {
        const { g, layer, delta } = filled(spec, seed);
        const plan = runAll(planOf(g, "strict", { features }), layer, delta);
        expect(firstDifference(plan.z, forward32(g, layer))).toBeNull();
        expect(firstDifference(plan.dx, inputGradient32(g, layer.w, delta))).toBeNull();
      }),
      { numRuns },
    );
  });

  test("with zeros among the weights, which are left out", () => {
    fc.assert(
      fc.property(wideSpecs, fc.nat(), fc.integer({ min: 2, max: 4 }), (spec, seed, every) => {
        const { g, layer, delta } = filled(spec, seed);
        const data = layer.w.data.map((v, i) => (i % every === 0 ? v : 0));
        const sparse = { ...layer, w: { ...layer.w, data } };
        const plan = runAll(planOf(g, "strict", { features }), sparse, delta);
        expect(firstDifference(plan.z, forward32(g, sparse))).toBeNull();
        expect(firstDifference(plan.dx, inputGradient32(g, sparse.w, delta))).toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});

describe.each(WAYS)("%s", (_name, tier, features) => {
  test("small numbers: no difference to the taps summed", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer, delta }) => {
        const plan = runAll(planOf(g, tier, { features }), layer, delta);
        const { dx, dw, db } = gradientsByTaps(g, layer, delta);
        expect(worst(plan.z, reference(g, layer).data)).toBe(0);
        expect(worst(plan.dx, dx.data)).toBe(0);
        expect(worst(plan.dw, dw.data)).toBe(0);
        expect(worst(plan.db, db.data)).toBe(0);
      }),
    );
  });

  test("any numbers: within what rounding can do", () => {
    fc.assert(
      fc.property(wideSpecs, fc.nat(), (spec, seed) => {
        expectRounded(filled(spec, seed), tier, features);
      }),
      { numRuns: 60 },
    );
  });

  test("small planes by 3 × 3: within what rounding can do", () => {
    fc.assert(
      fc.property(stripSpecs, fc.nat(), (spec, seed) => {
        expectRounded(filled(spec, seed), tier, features);
      }),
      { numRuns: 150 },
    );
  });

  test("asked again with other numbers, a plan answers anew", () => {
    fc.assert(
      fc.property(wideSpecs, fc.nat(), (spec, seed) => {
        const [first, second] = [filled(spec, seed), filled(spec, seed + 1)];
        const plan = planOf(first.g, tier, { features });
        const { z, dx, dw, db } = runAll(plan, second.layer, second.delta);
        const alone = [z, dx, dw, db].map((data) => data.slice());
        runAll(plan, first.layer, first.delta);
        runAll(plan, second.layer, second.delta);
        for (const [i, data] of [plan.z, plan.dx, plan.dw, plan.db].entries())
          expect(firstDifference(data, alone[i]!)).toBeNull();
      }),
      { numRuns: 30 },
    );
  });
});

function worst(found: Numbers, expected: Numbers): number {
  expect(found.length).toBe(expected.length);
  return maxDifference(found, expected);
}

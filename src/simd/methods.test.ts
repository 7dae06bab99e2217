import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reference } from "../conv/reference.ts";
import { PAD_MODES } from "../padding.ts";
import { type ConvSpec, DEFAULTS } from "../spec.ts";
import { expectRounded } from "../testing/rounding.ts";
import type { Asked } from "../testing/specs.ts";
import { planOf } from "./plan.ts";
import { allFeatures, filled, runAll } from "./testing.ts";

const features = allFeatures();
const upTo = (max: number, min = 1) => fc.integer({ min, max });
const side = upTo(3, 0);
const padMode = fc.constantFrom(...(Object.keys(PAD_MODES) as (keyof typeof PAD_MODES)[]));
const sides = fc.tuple(side, side, side, side);

describe.each([
  ["fused", features],
  ["without relaxed SIMD", { ...features, relaxedSimd: false }],
])("Winograd, %s", (_name, features) => {
  const specs: fc.Arbitrary<ConvSpec> = fc
    .record({
      N: upTo(2),
      groups: upTo(2),
      depth: upTo(11, 8),
      filtersPerGroup: upTo(11, 8),
      H: upTo(12, 4),
      W: fc.oneof(upTo(24, 4), upTo(270, 250)),
      padding: sides,
      padMode,
      flip: fc.boolean(),
    })
    .map(({ depth, filtersPerGroup, ...sizes }) => ({
      ...DEFAULTS,
      ...sizes,
      C: depth * sizes.groups,
      F: filtersPerGroup * sizes.groups,
      kH: 3,
      kW: 3,
    }));

  test("Y, dX and the rest are those of the taps, but for rounding", () => {
    fc.assert(
      fc.property(specs, fc.nat(), (spec, seed) => {
        // A cell's products are made of its neighbours', too: these may be larger than its own.
        const plan = expectRounded(filled(spec, seed), "fast", features, 2);
        const window = (spec.C / spec.groups) * 9;
        expect(plan.work).toEqual({ taps: (window * 4) / 9, of: window, method: "winograd" });
      }),
      { numRuns: 25 },
    );
  });

  test("a layer with a stride, or with few planes, is not made so", () => {
    const sizes = { ...DEFAULTS, N: 1, C: 8, H: 6, W: 7, F: 8, kH: 3, kW: 3 };
    for (const spec of [
      { ...sizes, stride: [1, 2] as const },
      { ...sizes, dilation: [2, 1] as const },
      { ...sizes, C: 7 },
      { ...sizes, F: 7 },
      { ...sizes, kW: 4 },
    ])
      expect(expectRounded(filled(spec, 1), "fast", features).work.method).toBe("direct");
  });

  test("strict is never made so", () => {
    const spec = { ...DEFAULTS, N: 1, C: 8, H: 6, W: 7, F: 8, kH: 3, kW: 3 };
    expect(expectRounded(filled(spec, 1), "strict", features).work.method).toBe("direct");
  });
});

/** The same with kernels that are columns times rows. */
function factored(asked: Asked): Asked {
  const { w } = asked.layer;
  const [, , kH, kW] = w.shape as [number, number, number, number];
  const data = w.data.map((_, i) => {
    const first = i - (i % (kH * kW));
    const [u, v] = [Math.floor((i - first) / kW), (i - first) % kW];
    return Math.fround(w.data[first + u]! * w.data[first + kH + (v % kH)]!);
  });
  return { ...asked, layer: { ...asked.layer, w: { ...w, data } } };
}

describe("separable kernels", () => {
  const specs: fc.Arbitrary<ConvSpec> = fc
    .record({
      N: upTo(2),
      groups: upTo(3),
      filtersPerGroup: upTo(3),
      H: upTo(14, 9),
      W: fc.oneof(upTo(24, 13), upTo(160, 140)),
      kH: upTo(5, 4),
      kW: upTo(6, 4),
      stride: fc.tuple(upTo(2), upTo(2)),
      dilation: fc.tuple(upTo(2), upTo(2)),
      padding: sides,
      padMode,
      flip: fc.boolean(),
    })
    .map(({ filtersPerGroup, ...sizes }) => ({
      ...DEFAULTS,
      ...sizes,
      C: sizes.groups,
      F: filtersPerGroup * sizes.groups,
    }));

  test("run as two passes in the fast tier, and give the same", () => {
    fc.assert(
      fc.property(specs, fc.nat(), (spec, seed) => {
        const plan = expectRounded(factored(filled(spec, seed)), "fast", features, 2);
        const [taps, of] = [spec.kH + spec.kW, spec.kH * spec.kW];
        expect(plan.work).toEqual({ taps, of, method: "separable" });
      }),
      { numRuns: 50 },
    );
  });

  test("one weight changed, and the same plan is direct again", () => {
    fc.assert(
      fc.property(specs, fc.nat(), (spec, seed) => {
        const { g, layer, delta } = factored(filled(spec, seed));
        const plan = runAll(planOf(g, "fast", { features }), layer, delta);
        expect(plan.work.method).toBe("separable");
        const w = { ...layer.w, data: layer.w.data.map((v, i) => (i === 0 ? v + 1 : v)) };
        runAll(plan, { ...layer, w }, delta);
        expect(plan.work.method).toBe("direct");
        const z = reference(g, { ...layer, w }).data;
        for (const [i, v] of plan.z.entries()) expect(Math.abs(v - z[i]!)).toBeLessThan(1e-4);
      }),
      { numRuns: 10 },
    );
  });

  test("a kernel with a NaN has no factors", () => {
    const asked = factored(filled({ ...DEFAULTS, N: 1, C: 1, H: 9, W: 9, F: 1, kH: 4, kW: 4 }, 1));
    asked.layer.w.data[5] = Number.NaN;
    const plan = runAll(planOf(asked.g, "fast", { features }), asked.layer, asked.delta);
    expect(plan.work.method).toBe("direct");
    expect(plan.z.every(Number.isNaN)).toBe(true);
  });
});

test.each([
  ["Sobel", [1, 0, -1, 2, 0, -2, 1, 0, -1], 6],
  ["Laplacian", [0, 1, 0, 1, -4, 1, 0, 1, 0], 5],
  ["identity", [0, 0, 0, 0, 1, 0, 0, 0, 0], 1],
  ["zeros", [0, 0, 0, 0, 0, 0, 0, 0, 0], 0],
  ["box", [1, 1, 1, 1, 1, 1, 1, 1, 1], 9],
])("%s: what is multiplied is told", (_name, weights, taps) => {
  const spec = { ...DEFAULTS, N: 1, C: 1, H: 6, W: 9, F: 1, kH: 3, kW: 3 };
  for (const tier of ["strict", "fast"] as const)
    for (const has of [features, { simd: false, relaxedSimd: false }]) {
      const asked = filled(spec, 1);
      const w = { shape: asked.layer.w.shape, data: Float64Array.from(weights) };
      const plan = planOf(asked.g, tier, { features: has });
      runAll(plan, { ...asked.layer, w }, asked.delta);
      expect(plan.work).toEqual({ taps, of: 9, method: "direct" });
    }
});

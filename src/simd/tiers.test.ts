import { describe, expect, test } from "vitest";
import { geometryOf } from "../geometry.ts";
import { DEFAULTS } from "../spec.ts";
import { PASSES, type PassKind } from "./numbers.ts";
import { planOf } from "./plan.ts";
import { allFeatures } from "./testing.ts";
import { kernelsOf, MOST_EXACT, type Tier, tierOf } from "./tiers.ts";

/** A layer of so many multiply-adds. */
function layerOf(multiplyAdds: number) {
  const sizes = { N: 1, C: 1, H: 1, W: multiplyAdds, F: 1, kH: 1, kW: 1 };
  return geometryOf({ ...DEFAULTS, ...sizes });
}

describe("the tier of a layer", () => {
  test("is exact where numbers are looked at, strict above, unless asked for", () => {
    expect(tierOf(layerOf(MOST_EXACT), "auto")).toBe("exact");
    expect(tierOf(layerOf(MOST_EXACT + 1), "auto")).toBe("strict");
    expect(tierOf(layerOf(1), "fast")).toBe("fast");
    expect(tierOf(layerOf(MOST_EXACT + 1), "exact")).toBe("exact");
    expect(planOf(layerOf(MOST_EXACT)).kernels).toBe("float64");
  });

  test.each<[Tier, boolean, boolean, string]>([
    ["exact", true, true, "float64"],
    ["exact", false, false, "float64"],
    ["strict", true, true, "strict"],
    ["strict", true, false, "strict"],
    ["strict", false, false, "scalar"],
    ["fast", true, true, "fused"],
    ["fast", true, false, "strict"],
    ["fast", false, false, "scalar"],
  ])(
    "%s with SIMD %s and relaxed SIMD %s is computed by %s",
    (tier, simd, relaxedSimd, kernels) => {
      expect(kernelsOf(tier, { simd, relaxedSimd })).toBe(kernels);
    },
  );
});

describe.each<[Tier, boolean]>([
  ["exact", true],
  ["strict", true],
  ["strict", false],
  ["fast", true],
])("a plan for one pass (%s, SIMD %s)", (tier, simd) => {
  const features = simd ? allFeatures() : { simd: false, relaxedSimd: false };
  const spec = { ...DEFAULTS, N: 1, C: 2, H: 5, W: 6, F: 3, kH: 3, kW: 2 };
  const g = geometryOf(spec);

  test.each(PASSES)("%s: does it, and refuses the others by name", (pass) => {
    const plan = planOf(g, tier, { passes: [pass], features });
    plan[pass]();
    for (const other of PASSES.filter((one) => one !== pass))
      expect(() => plan[other]()).toThrow(`${other}: was not planned`);
  });

  test("takes no memory for what it is not asked", () => {
    const lengths = (passes: readonly PassKind[]) => {
      const { x, w, b, delta, z, dx, dw, db } = planOf(g, tier, { passes, features });
      return [x, w, b, delta, z, dx, dw, db].map(({ length }) => length);
    };
    expect(lengths(["forward"])).toEqual([60, 36, 3, 0, 45, 0, 0, 0]);
    expect(lengths(["biasGradient"])).toEqual([0, 0, 0, 45, 0, 0, 0, 3]);
    expect(lengths(PASSES)).toEqual([60, 36, 3, 45, 45, 60, 36, 3]);
  });

  test("keeps its arrays from call to call", () => {
    const plan = planOf(g, tier, { features });
    const before = [plan.z, plan.dx, plan.dw, plan.db];
    const { bytes } = plan;
    for (const pass of PASSES) plan[pass]();
    expect([plan.z, plan.dx, plan.dw, plan.db].every((array, i) => array === before[i])).toBe(true);
    expect(plan.bytes).toBe(bytes);
    expect(plan.z.length).toBe(45);
  });
});

test("a layer that no memory holds is refused", () => {
  const sizes = { N: 1, C: 1, H: 32768, W: 32768, F: 1, kH: 1, kW: 1 };
  const g = geometryOf({ ...DEFAULTS, ...sizes });
  expect(() => planOf(g, "strict", { features: allFeatures() })).toThrow(
    "memory: this layer needs more than there is",
  );
});

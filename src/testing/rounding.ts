import { expect } from "vitest";
import { gradientsByTaps } from "../conv/gradients.ts";
import { reference } from "../conv/reference.ts";
import { type Geometry, visitOutput } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import type { Features } from "../simd/features.ts";
import type { Plan } from "../simd/numbers.ts";
import { planOf } from "../simd/plan.ts";
import { runAll } from "../simd/testing.ts";
import type { Tier } from "../simd/tiers.ts";
import type { Numbers, Tensor } from "../tensor.ts";
import type { Asked } from "./specs.ts";

/**
 * Holds all passes against float64, within 4 (n + 2) roundings of the size of what is added (the tolerance of the
 * recorded cases, at float32's precision); `slack`: what a method that adds other terms may lose more.
 */
export function expectRounded(
  { g, layer, delta }: Asked,
  tier: Tier,
  features: Features,
  slack = 1,
): Plan {
  const plan = runAll(planOf(g, tier, { features }), layer, delta);
  const right = { z: reference(g, layer), ...gradientsByTaps(g, layer, delta) };
  const size = sizesOf(g, layer, delta);
  const unit = tier === "exact" ? 2 ** -53 : 2 ** -24;
  for (const name of ["z", "dx", "dw", "db"] as const)
    expect(
      right[name].data.findIndex((v, i) => {
        const { terms, sum } = size[name];
        return !(Math.abs(plan[name][i]! - v) <= slack * 4 * (terms + 2) * unit * sum[i]!);
      }),
      name,
    ).toBe(-1);
  return plan;
}

/** How many terms each result has at most, and the sum of their magnitudes. */
function sizesOf(g: Geometry, { x, w, b }: Layer, delta: Tensor) {
  const size = (data: Numbers) => new Float64Array(data.length);
  const [z, dx, dw, db] = [size(delta.data), size(x.data), size(w.data), size(b.data)];
  const plane = g.rows.out * g.columns.out;
  for (let y = 0; y < z.length; y++) {
    const f = Math.floor(y / plane) % g.spec.F;
    const d = Math.abs(delta.data[y]!);
    z[y] = Math.abs(b.data[f]!);
    db[f]! += d;
    visitOutput(g, y, (_p, i, j) => {
      if (i < 0) return;
      z[y]! += Math.abs(x.data[i]! * w.data[j]!);
      dx[i]! += d * Math.abs(w.data[j]!);
      dw[j]! += d * Math.abs(x.data[i]!);
    });
  }
  const outputs = g.spec.N * plane;
  return {
    z: { terms: g.window, sum: z },
    // What the ring copies is added once more for every copy.
    dx: { terms: 9 * g.window * g.filtersPerGroup, sum: dx },
    dw: { terms: outputs, sum: dw },
    db: { terms: outputs, sum: db },
  };
}

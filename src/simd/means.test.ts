import fc from "fast-check";
import { expect, test } from "vitest";
import { gradientsByTaps } from "../conv/gradients.ts";
import { DEFAULTS } from "../spec.ts";
import { tensor } from "../tensor.ts";
import { fitsFloat32, meansOf } from "./means.ts";
import { allFeatures, filled, forward32, wideSpecs } from "./testing.ts";

allFeatures();

test("one means for many layers: every answer is that of its own layer, and stays when the next is made", () => {
  const strict = meansOf("strict");
  let before = { found: tensor([0]), copy: tensor([0]).data };
  fc.assert(
    fc.property(wideSpecs, fc.nat(), fc.boolean(), (spec, seed, back) => {
      const { g, layer, delta } = filled(spec, seed);
      const z = strict.forward(g, layer);
      expect(z).toEqual(tensor(g.shapes.Y, Float32Array.from(forward32(g, layer))));
      expect(before.found.data).toEqual(before.copy);
      before = { found: z, copy: z.data.slice() };
      expect(strict.computed()).toMatchObject({ tier: "strict", kernels: "strict", of: g.window });
      if (!back) return;
      const found = strict.gradients(g, layer, delta);
      const exact = gradientsByTaps(g, layer, delta);
      for (const name of ["dx", "dw", "db"] as const) {
        expect(found[name].shape).toEqual(exact[name].shape);
        expect(farthest(found[name].data, exact[name].data)).toBeLessThan(1e-3);
      }
    }),
    { numRuns: 60 },
  );
});

test("a gradient that float32 cannot hold comes in float64", () => {
  const { g, layer, delta } = filled(
    { ...DEFAULTS, N: 1, C: 1, H: 3, W: 3, F: 1, kH: 2, kW: 2 },
    1,
  );
  const huge = tensor(
    delta.shape,
    delta.data.map((v) => v * 1e200),
  );
  const strict = meansOf("strict");
  strict.forward(g, layer);
  expect(strict.gradients(g, layer, huge)).toEqual(gradientsByTaps(g, layer, huge));
});

test("what fits into float32 with a product to spare", () => {
  const of = (...values: number[]) => tensor([values.length], values);
  expect(fitsFloat32(of(0, -0, 1, -1e15, 1e-15))).toBe(true);
  for (const v of [1e16, -1e300, 1e-16, -1e-300, Infinity, NaN])
    expect(fitsFloat32(of(1), of(1, v))).toBe(false);
});

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}

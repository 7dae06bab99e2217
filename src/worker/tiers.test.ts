import { expect, test } from "vitest";
import { forward } from "../forward.ts";
import type { Layer } from "../layer.ts";
import { MOST_EXACT } from "../simd/tiers.ts";
import { DEFAULTS } from "../spec.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { JOBS } from "./jobs.ts";

/** One row of `W` numbers under one filter of 1 × 1, times a third: float32 and float64 differ. */
function layer(W: number, value = 1): Layer {
  return {
    spec: { ...DEFAULTS, N: 1, C: 1, H: 1, W, F: 1, kH: 1, kW: 1 },
    x: tensor([1, 1, 1, W], new Float64Array(W).fill(value)),
    w: tensor([1, 1, 1, 1], [1 / 3]),
    b: tensor([1]),
  };
}

const LARGE = layer(MOST_EXACT + 1);

test("a small layer is computed in float64, a large one in float32, and it is said by what", async () => {
  const small = await JOBS.forward(layer(3));
  expect(small).toEqual({ ...forward(layer(3)), by: null });
  const { by, z } = await JOBS.forward(LARGE);
  expect(by).toMatchObject({ tier: "strict", taps: 1, of: 1, method: "direct" });
  expect(z.data[MOST_EXACT]).toBe(Math.fround(1 / 3));
});

test("a tier that is asked for is taken, whatever the size", async () => {
  const exact = await JOBS.forward({ ...LARGE, tier: "exact" });
  expect([exact.by, exact.z.data[0]]).toEqual([null, 1 / 3]);
  const strict = await JOBS.forward({ ...layer(3), tier: "strict" });
  expect([strict.by?.tier, strict.z.data[0]]).toEqual(["strict", Math.fround(1 / 3)]);
  const asked = { ...layer(3), tier: "slow" as "fast" };
  await expect(JOBS.forward(asked)).rejects.toThrow(
    "“slow” is not known; accepted: auto, exact, strict, fast",
  );
});

test("numbers that float32 cannot hold are computed in float64", async () => {
  const { by, z } = await JOBS.forward({ ...layer(3, 1e300), tier: "strict" });
  expect([by, z.data[0]]).toEqual([null, 1e300 / 3]);
});

test("both ways go by the same means, also to the target of another kernel", async () => {
  const asked = { ...layer(4), tier: "strict" as const };
  const upstream = { word: "kernel:identity", tensor: null };
  const { back, by } = await JOBS.answer({ layer: asked, upstream, training: null });
  expect(by?.tier).toBe("strict");
  const d = Math.fround(Math.fround(1 / 3) - 1); // Y − X, as wide as Y
  expect(back!.delta.data[0]).toBe(d);
  expect(back!.dx.data[0]).toBe(Math.fround(Math.fround(d) * Math.fround(1 / 3)));
  const sum = (t: Tensor) => t.data.reduce((total, v) => total + v, 0);
  expect(sum(back!.dw)).toBeCloseTo(4 * d, 6);
});

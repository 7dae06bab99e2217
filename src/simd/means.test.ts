import { MessageChannel } from "node:worker_threads";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gradientsByTaps } from "../conv/gradients.ts";
import { rangeOf } from "../range.ts";
import { DEFAULTS } from "../spec.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { fitsFloat32, meansOf } from "./means.ts";
import { type End, helpWithRows } from "./share.ts";
import { allFeatures, filled, forward32, wideSpecs } from "./testing.ts";

const features = allFeatures();

test("one means for many layers: every answer is that of its own layer, and stays when the next is made", () => {
  const strict = meansOf("strict");
  let before = { found: tensor([0]), copy: tensor([0]).data };
  fc.assert(
    fc.property(wideSpecs, fc.nat(), fc.boolean(), (spec, seed, back) => {
      const { g, layer, delta } = filled(spec, seed);
      const z = strict.forward(g, layer);
      const { range, ...numbers } = z;
      expect(numbers).toEqual(tensor(g.shapes.Y, Float32Array.from(forward32(g, layer))));
      expect(isRangeOf(range, numbers), `${range}`).toBe(true);
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

/** Enough products for two workers. */
const LARGE = {
  ...DEFAULTS,
  N: 1,
  C: 32,
  H: 64,
  W: 64,
  F: 32,
  kH: 3,
  kW: 3,
  padding: "same",
} as const;

test("a large layer is made by two, with the bits of one, also when asked twice at once", async () => {
  const { port1, port2 } = new MessageChannel();
  const [here, there] = [port1, port2] as unknown as [End, End];
  helpWithRows(there, { features });
  try {
    const means = meansOf("strict", () => here);
    const others = meansOf("strict", () => here); // by other means, but of the same worker
    const asked = [filled(LARGE, 1), filled({ ...LARGE, H: 65 }, 2), filled(LARGE, 3)];
    const made = await Promise.all(
      asked.map(({ g, layer }, i) => (i === 1 ? others : means).shared(g, layer)),
    );
    for (const [i, { g, layer }] of asked.entries()) {
      expect(made[i]!.z).toEqual(meansOf("strict").forward(g, layer)); // the range, too
      expect(made[i]!.by).toMatchObject({ tier: "strict", taps: 288, of: 288, workers: 2 });
    }
    const { g, layer } = filled({ ...LARGE, H: 8, W: 8 }, 4);
    expect(await means.shared(g, layer), "a small one is not worth the way").toBeNull();
  } finally {
    port1.close();
  }
});

test("without a second worker, and when it fails, one goes on alone", async () => {
  const { g, layer } = filled(LARGE, 5);
  const alone = meansOf("strict");
  expect(await alone.shared(g, layer)).toBeNull();
  expect(alone.forward(g, layer).data.length).toBe(32 * 64 * 64);
  expect(alone.computed().workers).toBe(1);
  const failing: End = {
    onmessage: null,
    postMessage: () => queueMicrotask(() => failing.onerror!({} as ErrorEvent)),
  };
  const means = meansOf("strict", () => failing);
  expect(await means.shared(g, layer)).toBeNull();
  expect(means.forward(g, layer)).toEqual(alone.forward(g, layer));
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

/** Zeros of either sign are the same end. */
function isRangeOf(range: Tensor["range"], numbers: Tensor): boolean {
  const [low, high] = rangeOf(numbers);
  return range?.[0] === low && range[1] === high;
}

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}

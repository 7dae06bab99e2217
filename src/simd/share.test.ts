import { MessageChannel } from "node:worker_threads";
import fc from "fast-check";
import { expect, test } from "vitest";
import { geometryOf } from "../geometry.ts";
import { DEFAULTS } from "../spec.ts";
import { planOf } from "./plan.ts";
import { type End, helpWithRows, isWorthSharing, sharedStreamOf } from "./share.ts";
import { allFeatures, filled, firstDifference, wideSpecs } from "./testing.ts";

const features = allFeatures();
const f32 = (data: ArrayLike<number>) => Float32Array.from(data);

test("what two make are the bits that one makes, also when asked again", async () => {
  const { port1, port2 } = new MessageChannel();
  const [here, there] = [port1, port2] as unknown as [End, End];
  helpWithRows(there, { features });
  try {
    await fc.assert(
      fc.asyncProperty(
        wideSpecs,
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (spec, seed, share) => {
          const { g } = filled(spec, seed);
          const shared = sharedStreamOf(g, "strict", here, { features, share });
          for (const { layer } of [filled(spec, seed), filled(spec, seed + 1)]) {
            const plan = planOf(g, "strict", { features, passes: ["forward"] });
            const [x, w, b] = [f32(layer.x.data), f32(layer.w.data), f32(layer.b.data)];
            plan.x.set(x);
            plan.w.set(w);
            plan.b.set(b);
            plan.forward();
            const z = new Float32Array(plan.z.length).fill(Number.NaN);
            await shared.forward(x, w, b, z);
            expect(firstDifference(z, plan.z)).toBeNull();
          }
        },
      ),
      { numRuns: 100 },
    );
  } finally {
    port1.close();
  }
});

test.each([
  [64, 32, 32, 3, true],
  [1024, 3, 3, 7, true],
  [256, 3, 16, 3, false],
  [2048, 1, 1, 3, false],
  [16, 32, 32, 3, false],
])("%i² × %i → %i, %i²: worth a helper %s", (side, C, F, k, worth) => {
  const sizes = { N: 1, C, H: side, W: side, F, kH: k, kW: k, padding: "same" } as const;
  const g = geometryOf({ ...DEFAULTS, ...sizes });
  expect(isWorthSharing(g, "strict")).toBe(worth);
  expect(isWorthSharing(g, "fast")).toBe(false);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradientsByTaps } from "./conv/gradients.ts";
import { forward } from "./forward.ts";
import { geometryOf, tapsOf } from "./geometry.ts";
import type { Layer } from "./layer.ts";
import { checkSgd, stepSgd } from "./sgd.ts";
import { sizeOf, tensor } from "./tensor.ts";
import { layers } from "./testing/specs.ts";
import { DEFAULT_TRAINING, TRAINING_RULES, type Training, type TrainingRule } from "./training.ts";
import { fittingStep, motionAfter, updateOf } from "./update.ts";

const rules = Object.keys(TRAINING_RULES) as TrainingRule[];

test.each(rules)("%s: update after update is what the rule itself does", (rule) => {
  const set = { rule, lr: 0.25, momentum: 0.5, weightDecay: 0.5, lrDecay: 1, nesterov: false };
  fc.assert(
    fc.property(layers(), ({ g, layer, delta }) => {
      const gradients = gradientsByTaps(g, layer, delta);
      const options = checkSgd(set);
      let state = {
        parameters: layer.w,
        velocity: tensor(layer.w.shape),
        lr: options.lr,
        updates: 0,
      };
      let training: Training = { ...set, motion: null };
      let moved: Layer = layer;
      for (let i = 0; i < 3; i++) {
        const update = updateOf(g, moved, gradients, training);
        state = stepSgd(options, state, gradients.dw);
        expect(update.w.after).toEqual(state);
        expect(update.b.after.updates).toBe(i + 1);
        moved = { ...moved, w: update.w.after.parameters, b: update.b.after.parameters };
        training = { ...training, motion: motionAfter(update) };
      }
    }),
  );
});

test("while nothing is set, the usual training holds, with a step that fits", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer, delta }) => {
      const gradients = gradientsByTaps(g, layer, delta);
      const update = updateOf(g, layer, gradients, null);
      expect(update).toEqual(updateOf(g, layer, gradients, DEFAULT_TRAINING));
      expect(update.options.lr).toBe(fittingStep(g, layer));
      expect(update.w.before.updates).toBe(0);
    }),
  );
});

describe("the step length that fits", () => {
  test("is 1 over the squares of all that a filter reads, a bias reading 1, to one digit", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer }) => {
        const sums = Array.from({ length: g.spec.F }, () => 0);
        const area = g.rows.out * g.columns.out;
        for (let y = 0; y < sizeOf(g.shapes.Y); y++) {
          const f = Math.floor(y / area) % g.spec.F;
          sums[f]! += 1;
          for (const { x } of tapsOf(g, "Y", y)) if (x >= 0) sums[f]! += layer.x.data[x]! ** 2;
        }
        const steep = Math.max(1, Math.abs(g.spec.activation.alpha)) ** 2;
        const exact = 1 / (Math.max(...sums) * steep);
        expect(fittingStep(g, layer) / exact).toBeGreaterThan(0.66);
        expect(fittingStep(g, layer) / exact).toBeLessThan(1.5);
      }),
    );
  });

  test("brings the loss down wherever it is not at its least, without momentum", () => {
    fc.assert(
      fc.property(layers(), ({ layer: drawn, delta: target }) => {
        const spec = { ...drawn.spec, activation: { name: "linear", alpha: 0 } } as const;
        const layer = { ...drawn, spec };
        const g = geometryOf(spec);
        const lossOf = (at: Layer) => {
          const { y } = forward(at);
          const off = { shape: y.shape, data: y.data.map((v, i) => v - target.data[i]!) };
          return { off, loss: off.data.reduce((sum, v) => sum + v * v, 0) / 2 };
        };
        const { off, loss } = lossOf(layer);
        const gradients = gradientsByTaps(g, layer, off);
        const still = [...gradients.dw.data, ...gradients.db.data].every((v) => Math.abs(v) < 1e-9);
        const { w, b } = updateOf(g, layer, gradients, { ...DEFAULT_TRAINING, momentum: 0 });
        const after = lossOf({ ...layer, w: w.after.parameters, b: b.after.parameters }).loss;
        if (!still) expect(after).toBeLessThan(loss);
      }),
    );
  });
});

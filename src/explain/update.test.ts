import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradientsByTaps } from "../conv/gradients.ts";
import type { Backward } from "../forward.ts";
import { layers } from "../testing/specs.ts";
import { DEFAULT_TRAINING, TRAINING_RULES, type Training, type TrainingRule } from "../training.ts";
import { motionAfter, updateOf } from "../update.ts";
import { nameOf } from "./cell.ts";
import { narrateCell } from "./narration.ts";
import { type CaseBack, seven, withBack } from "./testing/cases.ts";
import { plain } from "./text.ts";
import { constantText, inLetters, type UpdateSum, updateSums } from "./update.ts";

const settings = fc
  .record({
    rule: fc.constantFrom(...(Object.keys(TRAINING_RULES) as TrainingRule[])),
    lr: fc.constantFrom(0, 0.25, 0.5),
    momentum: fc.constantFrom(0, 0.5),
    weightDecay: fc.constantFrom(0, 0.25),
    lrDecay: fc.constantFrom(0, 1),
    nesterov: fc.boolean(),
  })
  .map((set) => ({ ...set, nesterov: set.nesterov && set.momentum > 0 }));

test("the terms of both sums add up to what the rule does, at the first update and later", () => {
  fc.assert(
    fc.property(layers(), settings, ({ g, layer, delta }, set) => {
      const gradients = gradientsByTaps(g, layer, delta);
      let training: Training = { ...set, motion: null };
      for (let i = 0; i < 2; i++) {
        const update = updateOf(g, layer, gradients, training);
        const back = { ...gradients, update } as unknown as Backward;
        for (const [of, length] of [
          ["W", layer.w.data.length],
          ["b", layer.b.data.length],
        ] as const)
          for (let index = 0; index < length; index++)
            for (const { terms, value } of sumsOf(back, of, index))
              expect(terms.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(value, 8);
        training = { ...training, motion: motionAfter(update) };
      }
    }),
  );
});

function sumsOf(...at: Parameters<typeof updateSums>): readonly UpdateSum[] {
  const { velocity, parameter } = updateSums(...at);
  return [velocity, parameter];
}

/** The opening picture before its first update, or before its third. */
function at(set: Partial<Training>, updates = 0): CaseBack {
  let training: Training = { ...DEFAULT_TRAINING, lr: 0.01, ...set };
  let it = withBack(seven(), {}, training);
  for (let i = 0; i < updates; i++) {
    training = { ...training, motion: motionAfter(it.answer.back.update) };
    it = withBack(seven(), {}, training);
  }
  return it;
}

describe("in letters", () => {
  const letters = ({ g, answer }: CaseBack) => {
    const { velocity, parameter } = updateSums(answer.back, "W", 1);
    const name = (ref: Parameters<typeof nameOf>[1]) => nameOf(g, ref).replace(/\[.*/, "");
    return [velocity, parameter].map((sum) => inLetters(sum, name));
  };

  test.each<[string, Partial<Training>, number, string[]]>([
    ["torch at first", {}, 0, ["dW", "W − lr·V′"]],
    ["torch", {}, 2, ["µ·V + dW", "W − lr·V′"]],
    ["torch without momentum", { momentum: 0 }, 2, ["dW", "W − lr·V′"]],
    ["torch with decay", { weightDecay: 0.5 }, 2, ["µ·V + dW + λ·W", "W − lr·V′"]],
    ["torch, nesterov", { nesterov: true }, 2, ["µ·V + dW", "W − lr·dW − lr·µ·V′"]],
    [
      "torch, nesterov, decay",
      { nesterov: true, weightDecay: 0.5 },
      2,
      ["µ·V + dW + λ·W", "W − lr·dW − lr·λ·W − lr·µ·V′"],
    ],
    ["numpynet-momentum", { rule: "numpynet-momentum" }, 2, ["µ·V − lr·dW", "W + V′"]],
    ["numpynet-nesterov", { rule: "numpynet-nesterov" }, 2, ["µ·V − lr·dW", "W + µ·V′ − lr·dW"]],
    [
      "numpynet-nesterov without momentum",
      { rule: "numpynet-nesterov", momentum: 0 },
      2,
      ["−lr·dW", "W − lr·dW"],
    ],
  ])("%s", (_name, set, updates, expected) => {
    expect(letters(at(set, updates))).toEqual(expected);
  });
});

describe("in words", () => {
  const say = ({ g, layer, answer }: CaseBack, tensor: "V" | "V2" | "W2" | "B2") =>
    plain(narrateCell(g, layer, answer, { tensor, index: 0 }));

  test("with the live numbers", () => {
    const it = at({ lr: 0.5, momentum: 0.5 }, 1);
    const { dw, update } = it.answer.back;
    const g = String(dw.data[0]).replace("-", "−");
    const v = update.w.after.velocity.data[0]!;
    expect(v).toBe(1.5 * dw.data[0]!);
    const bracketed = (n: number) => (n < 0 ? `(−${-n})` : String(n));
    expect(say(it, "V2")).toBe(
      `V′[0, 0] = µ·V[0, 0] + dW[0, 0] = 0.5·${bracketed(dw.data[0]!)} + ${bracketed(dw.data[0]!)} = ${String(v).replace("-", "−")}.`,
    );
    expect(say(it, "W2")).toBe(
      `W′[0, 0] = W[0, 0] − lr·V′[0, 0] = −1 − 0.5·${bracketed(v)} = ${String(-1 - 0.5 * v).replace("-", "−")}.`,
    );
    expect(say(it, "V")).toBe(
      `V[0, 0] = ${g} is what the one update before left of W[0, 0]’s way.`,
    );
    expect(say(it, "B2")).toContain("b′ = b − lr·Vb′ = 0 − 0.5·");
  });

  test("at rest", () => {
    expect(say(at({}), "V")).toBe("V[0, 0] = 0: W[0, 0] is at rest, no update has been made yet.");
    expect(say(at({}), "V2")).toMatch(/^V′\[0, 0\] = dW\[0, 0\] = −?\d+\.$/);
  });

  test("constants keep their digits", () => {
    expect([0.0004, 0.9, 4e-7, 0.000004545454, 1 / 3, 0].map(constantText)).toEqual([
      "0.0004",
      "0.9",
      "4e−7",
      "4.545e−6",
      "0.3333",
      "0",
    ]);
  });
});

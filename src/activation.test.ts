import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activate, deltaOf } from "./activate.ts";
import {
  ACTIVATIONS,
  type Activation,
  type ActivationName,
  FURTHER_ACTIVATIONS,
} from "./activation.ts";
import { tensor } from "./tensor.ts";

const rows = Object.entries(ACTIVATIONS) as [ActivationName, Activation][];
const further = Object.entries(FURTHER_ACTIVATIONS) as [string, Activation][];
const all = { ...ACTIVATIONS, ...FURTHER_ACTIVATIONS };
const alphas = fc.double({ min: 0, max: 1, noNaN: true });

describe.each([...rows, ...further])("%s", (_name, { value, slope, kink }) => {
  test("the slope is the central difference of the value", () => {
    // Away from 0, where a function may have a kink.
    const away = fc.double({ min: 0.01, max: 30, noNaN: true });
    const signed = fc.tuple(away, fc.boolean()).map(([z, negative]) => (negative ? -z : z));
    const step = 1e-5;
    fc.assert(
      fc.property(signed, alphas, (z, alpha) => {
        const difference = (value(z + step, alpha) - value(z - step, alpha)) / (2 * step);
        expect(Math.abs(slope(z, alpha, value(z, alpha)) - difference)).toBeLessThan(1e-9 * 30);
      }),
    );
  });

  test("never falls, and stays finite far out", () => {
    const far = [-800, -40, -1, -1e-300, 0, 1e-300, 1, 40, 800];
    const values = far.map((z) => value(z, 0.1));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    for (const [i, y] of values.entries()) {
      expect(Number.isFinite(y)).toBe(true);
      expect(Number.isFinite(slope(far[i]!, 0.1, y))).toBe(true);
    }
  });

  test("the slope jumps at the kink, and nowhere else", () => {
    const jump = (at: number) => {
      const [before, after] = [at - 1e-9, at + 1e-9].map((z) => slope(z, 0.25, value(z, 0.25)));
      return Math.abs(after! - before!);
    };
    for (let at = -4; at <= 4; at += 0.5)
      if (at === kink) expect(jump(at)).toBeGreaterThan(0.5);
      else expect(jump(at)).toBeLessThan(1e-6);
  });
});

test.each(rows)(
  "%s: δ = ∂L/∂Y · slope, cell by cell, beside Y = value(Z)",
  (name, { value, slope }) => {
    const z = tensor([2, 2], [-2, -0.5, 0, 3]);
    const dy = tensor([2, 2], [1, -2, 4, 0.5]);
    const choice = { name, alpha: 0.25 };
    const y = activate(choice, z);
    expect(y.shape).toEqual([2, 2]);
    expect([...y.data]).toEqual([...z.data].map((v) => value(v, 0.25)));
    const delta = deltaOf(choice, z, dy);
    expect(delta.shape).toEqual([2, 2]);
    for (const [i, d] of delta.data.entries())
      expect(d).toBe(dy.data[i]! * slope(z.data[i]!, 0.25, y.data[i]!));
  },
);

test.each<[keyof typeof all, number, number, number]>([
  // name, z, value, slope; alpha = 0.25
  ["linear", -3, -3, 1],
  ["relu", -3, 0, 0],
  ["relu", 0, 0, 0],
  ["relu", 3, 3, 1],
  ["leaky-relu", -4, -1, 0.25],
  ["leaky-relu", 0, 0, 0.25],
  ["leaky-relu", 4, 4, 1],
  ["sigmoid", 0, 0.5, 0.25],
  ["tanh", 0, 0, 1],
  ["elu", -800, -0.25, 0],
  ["elu", 0, 0, 0.25],
  ["elu", 3, 3, 1],
  ["softplus", -800, 0, 0],
  ["softplus", 0, Math.LN2, 0.5],
  ["softplus", 800, 800, 1],
])("%s at %d is %d with slope %d", (name, z, y, dy) => {
  const row: Activation = all[name];
  expect(row.value(z, 0.25)).toBe(y);
  expect(row.slope(z, 0.25, y)).toBe(dy);
});

test("sigmoid keeps its slope far out, where 1 − y is 0", () => {
  const { value, slope }: Activation = ACTIVATIONS.sigmoid;
  expect(value(40, 0)).toBe(1);
  expect(slope(40, 0, 1)).toBeCloseTo(Math.exp(-40), 30);
  expect(slope(-40, 0, value(-40, 0))).toBeCloseTo(Math.exp(-40), 30);
  expect(slope(40, 0, 1)).toBeGreaterThan(0);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ActivationName } from "../activation.ts";
import { layerOf } from "../document.ts";
import { openingDocument } from "../edits/opening.ts";
import type { Layer } from "../layer.ts";
import { DEFAULTS } from "../spec.ts";
import type { Numbers } from "../tensor.ts";
import { tensor } from "../tensor.ts";
import { layers, specs } from "../testing/specs.ts";
import { agreementOf, compare, MOST_COMPARED, MOST_DIFFERENTIATED } from "./agreement.ts";
import { FORWARD, INPUT_GRADIENTS, WEIGHT_GRADIENTS } from "./algorithms.ts";

test("every algorithm of every table takes part, and on dyadic numbers nothing differs", () => {
  fc.assert(
    fc.property(layers(), ({ layer }) => {
      const { compared } = agreementOf(layer);
      expect(compared.map(({ labels }) => labels)).toEqual(
        [FORWARD, INPUT_GRADIENTS, WEIGHT_GRADIENTS].map((table) =>
          Object.values(table).map(({ label }) => label),
        ),
      );
      expect(compared.map(({ difference }) => difference)).toEqual([0, 0, 0]);
    }),
    { numRuns: 30 },
  );
});

test("an algorithm that gives something else is found, in whichever tensor it differs", () => {
  const table = {
    right: { label: "right", numbers: [[1, -4], [2]] },
    same: { label: "same", numbers: [[1, -4], [2]] },
    wrong: { label: "wrong", numbers: [[1, -4], [2.5]] },
  };
  const run = ({ numbers }: (typeof table)["right"]) =>
    numbers.map((data) => tensor([data.length], data));
  expect(compare("both", table, run)).toEqual({
    what: "both",
    labels: ["right", "same", "wrong"],
    difference: 0.5,
    scale: 4,
  });
  const { wrong: _, ...others } = table;
  expect(compare("both", others, run).difference).toBe(0);
});

test("central differences confirm the gradients through every activation, away from its kink", () => {
  const names: Record<string, number> = {};
  fc.assert(
    fc.property(layers(), ({ layer }) => {
      const { difference, scale, samples, atKink } = agreementOf(layer).differences!;
      expect(difference).toBeLessThanOrEqual(1e-7 * Math.max(1, scale));
      const { name } = layer.spec.activation;
      if (!name.includes("relu")) expect(atKink).toBe(0);
      names[name] = (names[name] ?? 0) + samples - atKink;
    }),
    { numRuns: 60 },
  );
  for (const count of Object.values(names)) expect(count).toBeGreaterThan(20);
});

/** One row of inputs, a kernel of one weight. */
function row(x: number[], weight: number, bias: number, name: ActivationName): Layer {
  const spec = { ...DEFAULTS, N: 1, C: 1, H: 1, W: x.length, F: 1, kH: 1, kW: 1 } as const;
  return {
    spec: { ...spec, activation: { name, alpha: 0.1 } },
    x: tensor([1, 1, 1, x.length], x),
    w: tensor([1, 1, 1, 1], [weight]),
    b: tensor([1], [bias]),
  };
}

describe("at the kink", () => {
  test("samples that take a Z across it are counted and left out", () => {
    // Z = 2, 0, −2, 0: two inputs stand at the kink, and so does the bias; the weight moves no Z that is 0.
    const { differences } = agreementOf(row([1, 0, -1, 0], 2, 0, "relu"));
    expect(differences).toMatchObject({ samples: 6, atKink: 3, difference: 0 });
  });

  test("a slope that is wrong there would be found anywhere else", () => {
    const smooth = agreementOf(row([1, 0, -1, 0], 2, 0, "sigmoid")).differences!;
    expect(smooth.atKink).toBe(0);
    expect(smooth.difference).toBeGreaterThan(0);
    expect(smooth.difference).toBeLessThan(1e-9);
  });

  test("an activation without one has none", () => {
    expect(agreementOf(row([1, 0, -1, 0], 2, 0, "linear")).differences!.atKink).toBe(0);
  });
});

describe("numbers as people give them", () => {
  const values = fc.double({ min: -255, max: 255, noNaN: true });
  const real = specs.chain((spec) => layers(fc.constant(spec)));
  test("differences stay rounding, seen against what is compared", () => {
    fc.assert(
      fc.property(real, fc.array(values, { minLength: 7, maxLength: 7 }), ({ layer }, numbers) => {
        const mixed = (data: Numbers) => data.map((v, i) => v * numbers[i % 7]!);
        const changed = {
          ...layer,
          x: { ...layer.x, data: mixed(layer.x.data) },
          w: { ...layer.w, data: mixed(layer.w.data) },
        };
        const { compared, differences } = agreementOf(changed);
        for (const one of [...compared, differences!])
          expect(one.difference).toBeLessThanOrEqual(1e-5 * Math.max(1, one.scale));
      }),
      { numRuns: 60 },
    );
  });

  test.each([1e-320, 1e-9, 1e6, 1e12, 1e100])("also where they are all about %d", (size) => {
    const large = row([size, 3 * size, -2 * size, size / 3], size, size, "leaky-relu");
    const { difference, scale } = agreementOf(large).differences!;
    expect(difference).toBeLessThanOrEqual(1e-5 * Math.max(1, scale));
  });

  test("without an activation a long step is exact but for rounding", () => {
    const x = [Math.PI, -Math.E, 1 / 3, 255 / 7];
    const { difference, scale } = agreementOf(row(x, Math.SQRT2, 0.1, "linear")).differences!;
    expect(difference).toBeLessThanOrEqual(1e-14 * scale);
  });

  test("the opening layer: whole numbers, no difference at all", () => {
    const { compared, differences } = agreementOf(layerOf(openingDocument()));
    expect([...compared, differences!].map(({ difference }) => difference)).toEqual([0, 0, 0, 0]);
  });
});

test("a layer too large to be compared while one looks at it says so", () => {
  const side = Math.ceil(Math.sqrt(MOST_DIFFERENTIATED));
  const of = (n: number): Layer => {
    const spec = { ...DEFAULTS, N: 1, C: 1, H: n, W: n, F: 1, kH: 1, kW: 1 } as const;
    return { spec, x: tensor([1, 1, n, n]), w: tensor([1, 1, 1, 1]), b: tensor([1]) };
  };
  const some = agreementOf(of(side + 1));
  expect(some.differences).toBeNull();
  expect(some.compared).toHaveLength(3);
  expect(agreementOf(of(Math.ceil(Math.sqrt(MOST_COMPARED)) + 1)).compared).toEqual([]);
});

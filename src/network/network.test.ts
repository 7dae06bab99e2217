import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ACTIVATIONS, type ActivationName } from "../activation.ts";
import { rotate180 } from "../conv/kernel.ts";
import { normal, randomOf } from "../presets/random.ts";
import { DEFAULTS } from "../spec.ts";
import type { Numbers } from "../tensor.ts";
import { maxDifference, tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { softmaxCrossEntropy } from "./crossEntropy.ts";
import { INITIALISATIONS, type Initialisation, initialNetwork } from "./initial.ts";
import { LAYERS } from "./layers.ts";
import { checkNetworkSpec, layersOf, type Network, networkOf, shapesOf } from "./network.ts";
import { backwardPass, forwardPass, logitsOf } from "./pass.ts";

const plain = {
  ...DEFAULTS,
  ...{ H: 6, W: 5, F: 2, kH: 3, kW: 2, hidden: 4, classes: 3, pool: null },
  activation: { name: "tanh", alpha: 0 },
};

const pool = {
  ...{ kind: "avg", kernel: [2, 2], stride: [2, 1], dilation: [1, 1], padding: [1, 0, 0, 0] },
  ...{ ceilMode: true, countIncludePad: false },
};

const network = (change: object = {}, initial: Initialisation = "he", seed = 1): Network =>
  initialNetwork(checkNetworkSpec({ ...plain, ...change }), initial, seed);

describe("layers", () => {
  const kinds = (change: object) => layersOf(checkNetworkSpec({ ...plain, ...change }));

  test("in their order, and what each makes of a 6 × 5 image", () => {
    const layers = kinds({});
    expect(layers.map(({ kind }) => kind)).toEqual([
      "conv2d",
      "activation",
      "flatten",
      "linear",
      "activation",
      "linear",
    ]);
    const shapes = [[2, 4, 4], [2, 4, 4], [32], [4], [4], [3]];
    expect(shapesOf(layers, [1, 6, 5])).toEqual(shapes);
  });

  test("pooling stands after the activation, any geometry before it", () => {
    const layers = kinds({ pool, stride: [2, 1], padding: "same", padMode: "reflect", flip: true });
    expect(layers.map(({ kind }) => kind)[2]).toBe("pool2d");
    expect(shapesOf(layers, [1, 6, 5])).toEqual([
      [2, 3, 5],
      [2, 3, 5],
      [2, 2, 4],
      [16],
      [4],
      [4],
      [3],
    ]);
  });

  test("every kind of layer is in the table", () => {
    const found = new Set(kinds({ pool }).map(({ kind }) => kind));
    expect([...found].sort()).toEqual(Object.keys(LAYERS).sort());
  });
});

/** Networks of every activation, with and without pooling, and geometries that differ per axis. */
const networks = fc
  .record({
    stride: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    padding: fc.constantFrom(0, 1, "same", [1, 0, 2, 1]),
    padMode: fc.constantFrom("zeros", "replicate"),
    flip: fc.boolean(),
    activation: fc.record({
      name: fc.constantFrom(...(Object.keys(ACTIVATIONS) as ActivationName[])),
      alpha: fc.constant(0.1),
    }),
    pool: fc.constantFrom(null, pool, { ...pool, kind: "max" }),
    seed: fc.nat(99),
  })
  .map(({ seed, ...change }) => ({ net: network(change, "normal", seed), seed }));

test("every gradient of every parameter is the central difference of the loss", () => {
  const step = 1e-6;
  let smooth = 0;
  fc.assert(
    fc.property(networks, fc.nat(1e6), ({ net, seed }, which) => {
      const random = randomOf(seed);
      const noise = Array.from({ length: 90 }, () => normal(random));
      const x = tensor([3, 1, 6, 5], noise);
      const labels = [0, 2, 1];
      const lossOf = (of: Network) =>
        softmaxCrossEntropy(logitsOf(forwardPass(of, x)), labels).loss.data[0]!;
      const pass = forwardPass(net, x);
      const { dlogits } = softmaxCrossEntropy(logitsOf(pass), labels);
      const { gradients } = backwardPass(net, pass, dlogits);
      const learning = [...gradients.keys()].filter((i) => gradients[i]!.w.data.length > 0);
      const layer = learning[which % learning.length]!;
      const name = which % 2 === 0 ? "w" : "b";
      const cell = which % gradients[layer]![name].data.length;
      const moved = (by: number): Network => {
        const before = net.parameters[layer]!;
        const t = { ...before[name], data: before[name].data.slice() };
        t.data[cell] = t.data[cell]! + by;
        return { ...net, parameters: net.parameters.with(layer, { ...before, [name]: t }) };
      };
      const [up, at, down] = [step, 0, -step].map((by) => lossOf(moved(by))) as [
        number,
        number,
        number,
      ];
      const slope = (up - down) / (2 * step);
      const isKink = Math.abs((up - at) / step - (at - down) / step) > 1e-4;
      if (isKink) return; // a ReLU opens, or another cell becomes the largest
      smooth++;
      expect(gradients[layer]![name].data[cell]).toBeCloseTo(slope, 6);
    }),
  );
  expect(smooth).toBeGreaterThan(60);
});

test("a true convolution meets the kernel turned", () => {
  const [plainNet, turned] = [network(), network({ flip: true })];
  const kernels = rotate180(plainNet.parameters[0]!.w);
  const parameters = turned.parameters.with(0, { ...turned.parameters[0]!, w: kernels });
  const x = tensor(
    [1, 1, 6, 5],
    Array.from({ length: 30 }, (_, i) => Math.sin(i)),
  );
  const [z, same] = [plainNet, { ...turned, parameters }].map((n) => forwardPass(n, x).values[1]!);
  expect(maxDifference(z!.data, same!.data)).toBe(0);
  expect(maxDifference(z!.data, forwardPass(turned, x).values[1]!.data)).toBeGreaterThan(0.1);
});

test("the deltas are those of what each layer made", () => {
  const net = network({ pool });
  const pass = forwardPass(net, tensor([2, 1, 6, 5]));
  const { deltas } = backwardPass(net, pass, tensor([2, 3]));
  expect(deltas.map(({ shape }) => shape)).toEqual(pass.values.slice(1).map(({ shape }) => shape));
});

describe("initialisation", () => {
  const spreadOf = (numbers: Numbers) =>
    Math.sqrt(numbers.reduce((sum, v) => sum + v * v, 0) / numbers.length);

  test.each<[Initialisation, number, number]>([
    ["he", Math.sqrt(2 / 640), 0],
    ["xavier", Math.sqrt(2 / (640 + 50)), 0],
    ["normal", 1, 1],
  ])("%s spreads the weights as it says", (initial, weights, biases) => {
    const { parameters, layers } = network({ H: 11, W: 10, F: 8, hidden: 50, kW: 3 }, initial);
    const at = layers.findIndex(({ kind }) => kind === "linear");
    const { w, b } = parameters[at]!;
    expect(w.shape).toEqual([576, 50]);
    const expected =
      weights *
      Math.sqrt(initial === "normal" ? 1 : initial === "he" ? 640 / 576 : (640 + 50) / 626);
    expect(spreadOf(w.data) / expected).toBeCloseTo(1, 1);
    expect(spreadOf(b.data)).toBeCloseTo(biases, 0);
  });

  test("a seed is its numbers; another hidden size leaves the filters as they are", () => {
    const filters = (change: object, seed = 1) => [
      ...network(change, "he", seed).parameters[0]!.w.data,
    ];
    expect(filters({ hidden: 9 })).toEqual(filters({}));
    expect(filters({}, 2)).not.toEqual(filters({}));
    expect(Object.keys(INITIALISATIONS)).toHaveLength(3);
  });
});

describe("what is impossible is refused", () => {
  test.each<[string, object, string]>([
    ["a kernel larger than the image", { kH: 7 }, "kH"],
    ["no filters", { F: 0 }, "F"],
    ["half a unit", { hidden: 1.5 }, "hidden"],
    ["one class", { classes: 1 }, "classes"],
    ["more units than a page trains", { hidden: 2000 }, "hidden"],
    ["more filters than a page shows", { F: 65 }, "F"],
    ["more weights than a page holds", { H: 200, W: 200, F: 64, hidden: 1000 }, "hidden"],
    ["a pooling larger than the feature maps", { pool: { ...pool, kernel: [9, 1] } }, "kH"],
    ["an activation nobody knows", { activation: { name: "swish", alpha: 0 } }, "activation"],
  ])("%s", (_what, change, field) => {
    expect(refusalOf(() => checkNetworkSpec({ ...plain, ...change })).field).toBe(field);
  });

  test("no object, parameters that do not fit, numbers that are none, images of another size", () => {
    expect(refusalOf(() => checkNetworkSpec(null)).field).toBe("network");
    const { spec, parameters } = network();
    expect(refusalOf(() => networkOf(spec, parameters.slice(1))).field).toBe("parameters");
    const swapped = parameters.with(0, { ...parameters[0]!, w: tensor([2, 1, 2, 3]) });
    expect(refusalOf(() => networkOf(spec, swapped)).field).toBe("w of layer 1");
    const infinite = parameters.with(0, { ...parameters[0]!, b: tensor([2], [0, Number.NaN]) });
    expect(refusalOf(() => networkOf(spec, infinite)).field).toBe("b of layer 1");
    expect(refusalOf(() => forwardPass(network(), tensor([1, 1, 5, 6]))).field).toBe("X");
  });
});

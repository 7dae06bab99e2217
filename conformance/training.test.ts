import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  backwardPass,
  evaluate,
  forwardPass,
  type Network,
  nextStep,
  type Parameters,
  sliceOf,
  softmaxCrossEntropy,
  startRun,
  type Tensor,
} from "#engine";
import { checkFile } from "./check.ts";
import {
  byName,
  type Config,
  courseOf,
  recordedNetwork,
  sgdOf,
  shippedDigits,
} from "./ops/network.ts";

/** Whatever stands in a file, and can be changed there. */
// biome-ignore lint/suspicious/noExplicitAny: a trace is as deep as it was recorded
type Json = any;

/** Paths of all numbers below `value`: of a tensor its last one. */
function pathsIn(value: Json, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value === "number") return [[...path]];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value.data)) return [[...path, "data", value.data.length - 1]];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => pathsIn(value[key], [...path, key]));
}

/** The file with one number of it farther off than any tolerance. */
function off(file: Json, path: readonly (string | number)[], by: number): string {
  const copy = structuredClone(file);
  const below = path.slice(0, -1).reduce((at, key) => at[key], copy);
  below[path.at(-1)!] += by;
  return JSON.stringify(copy);
}

/** Every number of these answers, altered, must fail the file. */
function holds(file: Json, answers: readonly (readonly (string | number)[])[], by = 1e-3): void {
  test("passes as it is", () => {
    const { lines, passed, skipped } = checkFile("f", JSON.stringify(file));
    expect(lines.filter((line) => line.startsWith("FAILED"))).toEqual([]);
    expect([passed, skipped]).toEqual([file.traces?.length ?? file.nets.length, 0]);
  });

  test.each(answers.map((path) => [path.join("/"), path] as const))("%s altered", (_name, path) => {
    expect(checkFile("f", off(file, path, by)).failed).toBe(1);
  });
}

describe("training_tiny.json: every number of every step", () => {
  const text = readFileSync(new URL("fixtures/training_tiny.json", import.meta.url), "utf8");
  const whole = JSON.parse(text);
  const [trace] = whole.traces;
  const file = { ...whole, traces: [trace] };
  const answers = pathsIn(trace.steps, ["traces", 0, "steps"]);
  expect(answers.length).toBeGreaterThan(3 * 25);
  holds(file, answers, 1e-9);

  test("what is recorded besides, and compared with nothing, fails", () => {
    const more = structuredClone(file);
    more.traces[0].steps[1].dPixels = { shape: [1], data: [0] };
    const { failed, lines } = checkFile("f", JSON.stringify(more));
    expect(failed).toBe(1);
    expect(lines.join()).toContain(
      "steps/1/dPixels was recorded, but nothing was compared with it",
    );
  });
});

const config: Config = {
  ...{ filters: 1, kernel: 3, stride: 3, pad: 1, act: "relu", hidden: 2, classes: 10 },
  ...{ lr: 0.1, momentum: 0.5, weightDecay: 0.01, nesterov: true, batch: 2, epochs: 3 },
  lrDecay: { kind: "multiply-per-epoch", factor: 0.5 },
};

const numbers = ({ shape, data }: Pick<Tensor, "shape" | "data">) => ({ shape, data: [...data] });

const init = (() => {
  const wave = (shape: number[], phase: number) => ({
    shape,
    data: Array.from({ length: shape.reduce((a, n) => a * n) }, (_, i) => Math.sin(i + phase)),
  });
  return {
    convW: wave([1, 1, 3, 3], 1),
    convB: wave([1], 2),
    fc1W: wave([9, 2], 3),
    fc1B: wave([2], 4),
    fc2W: wave([2, 10], 5),
    fc2B: wave([10], 6),
  };
})();

const named = (network: Network, parameters: readonly Parameters[]) =>
  Object.fromEntries(byName(network, parameters).map(([name, t]) => [name, numbers(t)]));

describe("training_digits.json: a run recorded from the engine itself", () => {
  const order = {
    shape: [3, 15],
    data: [0, 1, 2].flatMap((e) => Array.from({ length: 15 }, (_, i) => (i * 7 + e) % 15)),
  };
  const train = sliceOf(shippedDigits(), 0, 15);
  const network = recordedNetwork(config, 8, init);
  let run = startRun(network, sgdOf(config), courseOf(config), train);
  const losses: number[] = [];
  const epochs: number[] = [];
  const marks: Json = {};
  for (let epoch = 0; epoch < 3; epoch++) {
    let sum = 0;
    for (let step = 0; step < 8; step++) {
      // The samples as the order has them, gone through as they lie.
      const indices = order.data.slice(epoch * 15, (epoch + 1) * 15);
      const { images, labels } = train;
      const cells = indices.flatMap((n) => [...images.data.subarray(n * 64, (n + 1) * 64)]);
      const samples = {
        images: { shape: images.shape, data: Float64Array.from(cells) },
        labels: Uint8Array.from(indices, (n) => labels[n]!),
      };
      const stepped = nextStep(run, samples);
      run = stepped.run;
      losses.push(stepped.metrics.loss);
      sum += stepped.metrics.loss * stepped.metrics.samples;
      if (run.step === 1) marks.gradStep0 = named(network, stepped.back.gradients);
      if (run.step === 1 || run.step === 20)
        marks[`paramsAfterStep${run.step}`] = named(network, run.network.parameters);
    }
    epochs.push(sum / 15);
  }
  const said = ({ correct, total, accuracy, loss, minMargin }: ReturnType<typeof evaluate>) => ({
    ...{ correct, total, accuracy, loss, minMargin },
  });
  const answers = {
    ...marks,
    lossPerStep: { shape: [24], data: losses },
    lossPerEpoch: { shape: [3], data: epochs },
    paramsFinal: named(network, run.network.parameters),
    train: said(evaluate(run.network, train)),
    test: said(evaluate(run.network, sliceOf(shippedDigits(), 15, 20))),
  };
  const tolerance = {
    ...{ gradStep0: 1e-12, paramsAfterStep1: 1e-12, lossFirst20: 1e-11, lossPerEpoch: 1e-12 },
    lossPerStep: losses.map(() => 1e-12),
  };
  const data = { trainCount: 15, testCount: 5 };
  const file = {
    format: "conv-oracle/training-1",
    traces: [{ name: "small", config, data, init, order, tolerance, ...answers }],
  };
  holds(file, [...pathsIn(answers, ["traces", 0]), ["traces", 0, "lossPerStep", "data", 7]], 1e-6);

  test("a step too few, or too many, fails", () => {
    for (const epochs of [2, 4]) {
      const other = structuredClone(file);
      other.traces[0]!.config = { ...config, epochs };
      expect(checkFile("f", JSON.stringify(other)).failed).toBe(1);
    }
  });
});

describe("gradcheck.json: gradients recorded from the engine itself", () => {
  const network = recordedNetwork(config, 8, init);
  const { images, labels } = sliceOf(shippedDigits(), 0, 8);
  const pass = forwardPass(network, images);
  const { loss, dlogits } = softmaxCrossEntropy(pass.values.at(-1)!, labels);
  const answers = {
    loss: loss.data[0]!,
    grads: named(network, backwardPass(network, pass, dlogits).gradients),
    preActivationsExactlyZero: 0,
    maxGradChangeIfReluGradientAtZeroWere1: { convB: 0 },
    centralDifferenceFloat64: [
      {
        ...{ eps: 0.001, maxAbs: 0, medianAbs: 0, p99Abs: 0, maxRel: 0, p99Rel: 0 },
        ...{ "shareAbsAbove1e-6": 0, normRel: 0 },
      },
    ],
  };
  const batchIndices = [0, 1, 2, 3, 4, 5, 6, 7];
  const tolerance = { loss: 1e-13, grads: 1e-13 };
  const file = {
    format: "conv-oracle/gradcheck-1",
    nets: [{ name: "small", config, init, batchIndices, tolerance, ...answers }],
  };
  const { lines } = checkFile("f", JSON.stringify(file));
  for (const name of Object.keys(answers.centralDifferenceFloat64[0]!)) {
    const line = lines.find((one) => one.includes(`centralDifferenceFloat64/0/${name} number`));
    const found = line?.match(/ is (\S+),/)?.[1];
    if (found)
      (answers.centralDifferenceFloat64[0] as Json)[name] = Number(Number(found).toPrecision(2));
  }
  const statistics = answers.centralDifferenceFloat64[0]!;

  test("central differences are off as they should be", () => {
    expect(statistics.maxAbs).toBeGreaterThan(0);
    expect(statistics.normRel).toBeLessThan(0.1);
  });

  holds(file, pathsIn(answers, ["nets", 0]), 0.5);
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkSgd } from "../sgd.ts";
import { DEFAULTS } from "../spec.ts";
import { tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { buffersOf } from "../worker/server.ts";
import { type Dataset, orderOf, pick, sliceOf, splitAt } from "./dataset.ts";
import { DIGITS, decodeDigits, digitsDataset } from "./digits.ts";
import { evaluate } from "./evaluate.ts";
import { initialNetwork } from "./initial.ts";
import { checkNetworkSpec, networkOf } from "./network.ts";
import { startOptimiser, withRate } from "./optimiser.ts";
import { type Course, nextStep, placeOfStep, type Run, startRun, stepsPerEpoch } from "./run.ts";
import { predicted, trainStep } from "./step.ts";

const file = readFileSync(new URL(`../../public/${DIGITS.file}`, import.meta.url));
const digits = digitsDataset(decodeDigits(new Uint8Array(file)));
const { train, heldOut } = splitAt(digits, DIGITS.train);

const spec = checkNetworkSpec({
  ...DEFAULTS,
  ...{ H: 8, W: 8, F: 2, kH: 3, kW: 3, hidden: 5, classes: 10, pool: null },
  activation: { name: "relu", alpha: 0 },
});
const network = initialNetwork(spec, "he", 3);
const few = sliceOf(digits, 0, 10);

const begin = (change: Partial<Course> = {}, sgd: object = {}, data = few): Run => {
  const course = { batch: 4, shuffle: null, epochFactor: 1, ...change };
  return startRun(network, checkSgd({ lr: 0.1, ...sgd }), course, data);
};

/** The runs before the first step and after each of `count`. */
function runs(run: Run, count: number, data = few): Run[] {
  const all = [run];
  for (let i = 0; i < count; i++) all.push(nextStep(all.at(-1)!, data).run);
  return all;
}

const numbers = ({ network: { parameters } }: Pick<Run, "network">) =>
  parameters.flatMap(({ w, b }) => [...w.data, ...b.data]);

describe("a step", () => {
  test("moves every parameter down its gradient, and changes nothing that went in", () => {
    const optimiser = startOptimiser(checkSgd({ lr: 0.5, momentum: 0.9 }), network);
    const before = structuredClone({ network, optimiser, few });
    const step = trainStep(network, optimiser, few);
    expect({ network, optimiser, few }).toEqual(before);
    const [conv, gradient] = [network.parameters[0]!.w.data, step.back.gradients[0]!.w.data];
    expect([...step.network.parameters[0]!.w.data]).toEqual(
      [...conv].map((p, i) => p - 0.5 * gradient[i]!),
    );
    expect(step.optimiser.updates).toBe(1);
  });

  test("can be sent away whole, and the next one too: no two steps share a buffer", () => {
    const optimiser = startOptimiser(checkSgd({ lr: 0.5 }), network);
    const [one, two] = [0, 1].map(() => {
      const made = trainStep(network, optimiser, few);
      return buffersOf({
        back: made.back,
        entropy: made.entropy,
        network: made.network.parameters,
      });
    });
    expect(one!.filter((buffer) => two!.includes(buffer))).toEqual([]);
  });

  test("says what it did", () => {
    const step = trainStep(network, startOptimiser(checkSgd({ lr: 0.5 }), network), few);
    const { metrics, entropy, back } = step;
    const size = (all: number[]) => Math.sqrt(all.reduce((a, v) => a + v * v, 0));
    const gradients = back.gradients.flatMap(({ w, b }) => [...w.data, ...b.data]);
    expect(metrics).toMatchObject({ loss: entropy.loss.data[0], samples: 10, lr: 0.5 });
    expect(metrics.gradientNorm).toBeCloseTo(size(gradients), 12);
    expect(metrics.parameterNorm).toBeCloseTo(size(numbers(step)), 12);
    expect(metrics.relativeUpdate).toBeCloseTo(
      (0.5 * size(gradients)) / size(numbers({ network })),
      12,
    );
    const logits = step.pass.values.at(-1)!;
    expect(metrics.correct).toBe(
      [...few.labels].filter((label, n) => predicted(logits, n) === label).length,
    );
  });

  test("of equal logits the first class is predicted", () => {
    const logits = tensor([2, 3], [1, 2, 2, 0, 0, 0]);
    expect([predicted(logits, 0), predicted(logits, 1)]).toEqual([1, 0]);
  });
});

describe("a run", () => {
  test("goes through all samples, the last batch smaller, and over again", () => {
    let run = begin();
    expect(stepsPerEpoch(run)).toBe(3);
    const seen: number[][] = [];
    for (let i = 0; i < 4; i++) {
      const stepped = nextStep(run, few);
      seen.push([...stepped.indices]);
      expect([...stepped.batch.labels]).toEqual(seen.at(-1)!.map((n) => few.labels[n]));
      run = stepped.run;
    }
    expect(seen).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
      [0, 1, 2, 3],
    ]);
    expect(placeOfStep(run)).toEqual({ epoch: 1, at: 1 });
  });

  test("shuffled: every sample once an epoch, each epoch otherwise, and again the same for a seed", () => {
    const orders = runs(begin({ shuffle: 7 }), 4).map(({ order }) => [...order]);
    expect(orders[0]!.toSorted((a, b) => a - b)).toEqual([...few.labels.keys()]);
    expect(orders[4]).not.toEqual(orders[0]);
    expect(orders[4]).toEqual([...orderOf(10, 7, 1)]);
    expect(orderOf(10, 8, 0)).not.toEqual(orderOf(10, 7, 0));
  });

  test("every place of an order is as likely as any other", () => {
    const counts = new Array(16).fill(0);
    for (let seed = 0; seed < 4000; seed++)
      for (const [at, n] of orderOf(4, seed, 0).entries()) counts[4 * at + n]++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  test("the step length decays from one epoch to the next, not within one", () => {
    const lrs = runs(begin({ epochFactor: 0.5 }), 7).map((run) => nextStep(run, few).metrics.lr);
    expect(lrs).toEqual([0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025]);
  });

  test("another learning rate from now on, the velocity as it was", () => {
    const before = runs(begin({}, { momentum: 0.9 }), 2)[2]!;
    const run = { ...before, optimiser: withRate(before.optimiser, 1) };
    expect(nextStep(run, few).metrics.lr).toBe(1);
    expect(run.optimiser.velocities).toBe(before.optimiser.velocities);
  });

  test("gone through twice it is the same to the last bit", () => {
    const twice = [0, 1].map(() =>
      numbers(runs(begin({ shuffle: 1 }, { momentum: 0.9 }), 9).at(-1)!),
    );
    expect(twice[0]).toEqual(twice[1]);
  });

  test.each<[string, Partial<Course>, string]>([
    ["no batch", { batch: 0 }, "batch"],
    ["half a seed", { shuffle: 0.5 }, "shuffle"],
    ["a factor of 0", { epochFactor: 0 }, "epochFactor"],
  ])("%s is refused", (_what, course, field) => {
    expect(refusalOf(() => begin(course)).field).toBe(field);
  });
});

describe("data", () => {
  test("slices, picks, splits", () => {
    expect([...pick(few, [9, 0]).labels]).toEqual([9, 0]);
    expect([...pick(few, [9, 0]).images.data.subarray(64)]).toEqual([
      ...few.images.data.subarray(0, 64),
    ]);
    expect([train.labels.length, heldOut.labels.length]).toEqual([1437, 360]);
    expect(heldOut.images.shape).toEqual([360, 1, 8, 8]);
    expect(refusalOf(() => sliceOf(few, 5, 11)).field).toBe("samples");
    expect(refusalOf(() => sliceOf(few, 5, 5)).field).toBe("samples");
  });
});

describe("evaluation", () => {
  /** A network that says how much light there is on each of two pixels. */
  const judge = networkOf({ ...spec, H: 1, W: 2, F: 1, kH: 1, kW: 1, hidden: 2, classes: 2 }, [
    { w: tensor([1, 1, 1, 1], [1]), b: tensor([1]) },
    ...[0, 1].map(() => ({ w: tensor([0]), b: tensor([0]) })),
    { w: tensor([2, 2], [1, 0, 0, 1]), b: tensor([2]) },
    { w: tensor([0]), b: tensor([0]) },
    { w: tensor([2, 2], [1, 0, 0, 1]), b: tensor([2]) },
  ]);
  const data: Dataset = {
    images: tensor([5, 1, 1, 2], [5, 1, 0, 3, 4, 0, 1, 3, 3, 0]),
    labels: Uint8Array.from([0, 1, 1, 0, 1]),
  };

  test("counts, mistakes, margin and loss", () => {
    const found = evaluate(judge, data);
    expect([...found.confusion.data]).toEqual([1, 1, 2, 1]);
    expect(found).toMatchObject({ correct: 2, total: 5, accuracy: 0.4, minMargin: 2 });
    const losses = [4, 3, -4, -2, -3].map((margin) => Math.log1p(Math.exp(-margin)));
    expect(found.loss).toBeCloseTo(losses.reduce((a, l) => a + l) / 5, 14);
    expect(found.worst.map(({ index, label, predicted }) => [index, label, predicted])).toEqual([
      [2, 1, 0],
      [4, 1, 0],
      [3, 0, 1],
    ]);
    expect(found.worst[0]!.loss).toBeCloseTo(losses[2]!, 14);
    expect(evaluate(judge, data, 1).worst).toHaveLength(1);
  });

  test("more samples than go at once are all counted, with their own number", () => {
    const many = pick(
      data,
      Uint32Array.from({ length: 1300 }, (_, n) => n % 5),
    );
    const found = evaluate(judge, many, 1300);
    expect([...found.confusion.data]).toEqual([260, 260, 520, 260]);
    expect(found.loss).toBeCloseTo(evaluate(judge, data).loss, 12);
    expect(found.worst.every(({ index }) => index % 5 >= 2)).toBe(true);
    expect(new Set(found.worst.map(({ index }) => index)).size).toBe(780);
  });
});

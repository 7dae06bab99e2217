import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkSgd } from "../sgd.ts";
import { tensor } from "../tensor.ts";
import { sliceOf, splitAt } from "./dataset.ts";
import { deadUnits } from "./dead.ts";
import { AILMENTS, type Ailment, diagnose, type Evidence } from "./diagnosis.ts";
import { DIGITS, decodeDigits, digitsDataset } from "./digits.ts";
import { evaluate } from "./evaluate.ts";
import { checkNetworkSpec, networkOf } from "./network.ts";
import { beginRun, DEFAULT_NETWORK, NETWORK_PRESETS, type TrainingSettings } from "./presets.ts";
import { type Run, stepsPerEpoch } from "./run.ts";
import type { Metrics } from "./step.ts";
import { attemptStep, type Stop } from "./stop.ts";

const file = readFileSync(new URL(`../../public/${DIGITS.file}`, import.meta.url));
const digits = digitsDataset(decodeDigits(new Uint8Array(file)));
const { train, heldOut } = splitAt(digits, DIGITS.train);

/** What is known of a run after so many epochs, or where it stopped. */
function evidenceOf(
  settings: TrainingSettings,
  epochs: number,
  { seed = 1, train: images = train } = {},
): Evidence {
  let run: Run = beginRun(settings, seed, images);
  const perEpoch = stepsPerEpoch(run);
  const metrics: Metrics[] = [];
  const points: { readonly step: number; readonly loss: number }[] = [];
  let stop: Stop | null = null;
  while (stop === null && run.step < epochs * perEpoch) {
    const attempt = attemptStep(run, images);
    if (attempt.kind === "stopped") stop = attempt.stop;
    else {
      metrics.push(attempt.stepped.metrics);
      run = attempt.stepped.run;
      if (run.step % perEpoch === 0)
        points.push({ step: run.step, loss: evaluate(run.network, heldOut).loss });
    }
  }
  const dead = deadUnits(run.network, heldOut);
  const evaluation = evaluate(run.network, heldOut);
  return { metrics, stepsPerEpoch: perEpoch, heldOut: points, evaluation, dead, stop };
}

const withRate = (lr: number): TrainingSettings => ({ ...DEFAULT_NETWORK, sgd: checkSgd({ lr }) });
const namesOf = (evidence: Evidence) => diagnose(evidence).map(({ name }) => name);

describe("dead units", () => {
  test("are filters and hidden units that are 0 for every sample", () => {
    const spec = checkNetworkSpec({
      ...DEFAULT_NETWORK.network,
      H: 1,
      W: 2,
      F: 2,
      kH: 1,
      kW: 1,
      hidden: 3,
      classes: 2,
    });
    const none = { w: tensor([0]), b: tensor([0]) };
    const network = networkOf(spec, [
      { w: tensor([2, 1, 1, 1], [1, -1]), b: tensor([2]) }, // of what is never below 0, −x is never above it
      ...[none, none],
      { w: tensor([4, 3], [1, 0, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0]), b: tensor([3], [0, 0, -9]) },
      none,
      { w: tensor([3, 2]), b: tensor([2]) },
    ]);
    const images = tensor([2, 1, 1, 2], [1, 0, 1, 2]);
    expect(deadUnits(network, { images, labels: Uint8Array.of(0, 1) })).toEqual([
      { layer: 1, unit: "filters", units: 2, dead: 1, samples: 2 },
      { layer: 4, unit: "hidden units", units: 3, dead: 2, samples: 2 },
    ]);
  });

  test("other activations have none", () => {
    const tanh = {
      ...DEFAULT_NETWORK,
      network: { ...DEFAULT_NETWORK.network, activation: { name: "tanh", alpha: 0 } },
    } as const;
    expect(deadUnits(beginRun(tanh, 1, train).network, heldOut)).toEqual([]);
  });
});

describe("what is found in real runs", () => {
  test.each<[string, TrainingSettings, number, Ailment[]]>([
    ["nothing where it learns", DEFAULT_NETWORK, 4, []],
    ["a rate of 10⁻⁵ is too low", withRate(1e-5), 2, ["rateTooLow"]],
    ["a rate of 10³⁰⁰ leaves the numbers", withRate(1e300), 2, ["notFinite"]],
    [
      "the article’s ReLUs die",
      NETWORK_PRESETS.article.settings,
      10,
      ["deadUnits", "neverPredicted"],
    ],
  ])("%s", (_what, settings, epochs, expected) => {
    expect(namesOf(evidenceOf(settings, epochs))).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(namesOf(evidenceOf(settings, epochs))).toEqual([]);
  });

  test("a rate of 1 is too high", () => {
    expect(namesOf(evidenceOf(NETWORK_PRESETS["rate-1"].settings, 4))).toContain("rateTooHigh");
  });
});

test("a hundred digits are learned by heart, and of fourteen hundred none in four epochs", () => {
  const few = evidenceOf(DEFAULT_NETWORK, 60, { train: sliceOf(train, 0, 100) });
  expect(namesOf(few)).toEqual(["overfitting"]);
});

describe("each ailment, and the number that says so", () => {
  const step: Metrics = {
    ...{ loss: 1, correct: 0, samples: 1, lr: 1, gradientNorm: 1, parameterNorm: 1 },
    relativeUpdate: 0.01,
  };
  const steps = (losses: readonly number[], relativeUpdate = 0.01) =>
    losses.map((loss) => ({ ...step, loss, relativeUpdate }));
  const confusion = tensor([3, 3], [2, 0, 0, 0, 5, 0, 0, 1, 3]);
  const evaluation = {
    ...evaluate(beginRun(DEFAULT_NETWORK, 1, train).network, sliceOf(train, 0, 3)),
    confusion,
  };
  const well: Evidence = {
    ...{ stepsPerEpoch: 2, heldOut: [], evaluation, dead: [], stop: null },
    metrics: steps([1, 0.9, 0.5, 0.4]),
  };
  const dead = { layer: 1, unit: "filters" as const, units: 4, dead: 2, samples: 360 };

  test("nothing where all is well", () => {
    expect(diagnose(well)).toEqual([]);
    expect(diagnose({ ...well, dead: [{ ...dead, dead: 1 }] })).toEqual([]);
    // No rate is to blame where little loss is left, or for what its first epoch will show.
    expect(diagnose({ ...well, metrics: steps([1, 0.9, 0.1, 0.2], 0.5) })).toEqual([]);
    expect(diagnose({ ...well, metrics: steps([1, 0.9, 0.1, 0.2], 1e-5) })).toEqual([]);
    expect(diagnose({ ...well, metrics: steps([1, 1, 1], 0.5) })).toEqual([]);
    // Dead units hardly move, whatever the rate.
    const still = { ...well, metrics: steps([1, 1, 1, 1], 1e-5), dead: [dead] };
    expect(diagnose(still).map(({ name }) => name)).toEqual(["deadUnits"]);
  });

  test.each<[Ailment, Partial<Evidence>, string]>([
    [
      "notFinite",
      {
        stop: {
          step: 12,
          what: "the loss",
          value: Number.NaN,
          run: beginRun(DEFAULT_NETWORK, 1, train),
        },
      },
      "The run stands before step 12, in which the loss would have become NaN.",
    ],
    [
      "exploding",
      { metrics: steps([1, 67, 30, 40]) },
      "The loss has grown from 1 to 35; guessing alone has 1.1.",
    ],
    [
      "deadUnits",
      { dead: [{ ...dead, dead: 1 }, dead] },
      "2 of 4 filters (50 %) are 0 for all 360 samples: a ReLU that is never open sends nothing back, and learns no more.",
    ],
    [
      "rateTooHigh",
      { metrics: steps([1, 0.9, 0.5, 0.4], 0.5) },
      "Step 1 moved the weights by 50 % of their size: the learning rate is too high.",
    ],
    [
      "rateTooHigh",
      { metrics: steps([1, 1, 1.1, 1.1]) },
      "The loss of an epoch has risen from 1 to 1.1: the learning rate is too high.",
    ],
    [
      "rateTooLow",
      { metrics: steps([1, 1, 1, 0.99], 1e-5) },
      "A step moves the weights by 0.001 % of their size, and the loss is still 0.995: the learning rate is too low.",
    ],
    [
      "overfitting",
      {
        metrics: steps([1, 0.5, 0.1, 0.1]),
        heldOut: [
          { step: 1, loss: 0.6 },
          { step: 2, loss: 0.5 },
          { step: 3, loss: 0.52 },
        ],
        evaluation: { ...evaluation, loss: 0.53 },
      },
      "The loss is 0.1 on what it trains on, but 0.53 on what is held out, up from 0.5 after step 2: it overfits.",
    ],
    [
      "neverPredicted",
      { evaluation: { ...evaluation, confusion: tensor([3, 3], [2, 0, 0, 4, 0, 1, 1, 0, 3]) } },
      "No sample is taken for 1, though 5 are.",
    ],
  ])("%s", (name, change, sentence) => {
    expect(diagnose({ ...well, ...change })).toEqual([{ name, sentence }]);
  });

  test("no overfitting where little is risen, much is left to learn, or the lowest was just now", () => {
    const over: Evidence = {
      ...well,
      metrics: steps([1, 0.5, 0.1, 0.1]),
      heldOut: [{ step: 2, loss: 0.5 }],
      evaluation: { ...evaluation, loss: 0.53 },
    };
    expect(namesOf(over)).toEqual(["overfitting"]);
    const others: Partial<Evidence>[] = [
      { evaluation: { ...evaluation, loss: 0.52 } },
      { metrics: steps([1, 0.5, 0.3, 0.3]) },
      { heldOut: [{ step: 3, loss: 0.5 }] },
      { heldOut: [] },
      { metrics: steps([0.1, 0.1]) },
    ];
    for (const change of others) expect(namesOf({ ...over, ...change })).toEqual([]);
  });

  test("a class that is not in the split is not missed", () => {
    const absent = tensor([3, 3], [2, 0, 0, 0, 0, 0, 1, 0, 3]);
    expect(diagnose({ ...well, evaluation: { ...evaluation, confusion: absent } })).toEqual([]);
  });

  test("the gravest comes first", () => {
    const found = diagnose({ ...well, metrics: steps([1, 2, 30, 40], 0.5), dead: [dead] });
    expect(found.map(({ name }) => name)).toEqual(["exploding", "deadUnits", "rateTooHigh"]);
    expect(Object.keys(AILMENTS)[0]).toBe("notFinite");
  });
});

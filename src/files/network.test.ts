import { describe, expect, test } from "vitest";
import { type Collection, settingsFor } from "../network/collection.ts";
import { sliceOf } from "../network/dataset.ts";
import { withRate } from "../network/optimiser.ts";
import { beginRun, NETWORK_PRESETS, type NetworkPreset } from "../network/presets.ts";
import { nextStep, type Run, type Stepped } from "../network/run.ts";
import type { Metrics } from "../network/step.ts";
import { tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { written } from "./json.ts";
import { markOf } from "./mark.ts";
import { readNetwork, type SavedNetwork, saveNetwork } from "./network.ts";

const N = 70;
const collection: Collection = {
  name: "made up",
  data: {
    images: tensor(
      [N, 1, 6, 5],
      Float64Array.from({ length: N * 30 }, (_, i) => ((i * i) % 17) / 16),
    ),
    labels: Uint8Array.from({ length: N }, (_, i) => (i * 7) % 4),
  },
  train: 60,
  classes: 4,
};
const train = sliceOf(collection.data, 0, collection.train);

function steps(from: Run, count: number): Stepped[] {
  const all: Stepped[] = [];
  for (let i = 0; i < count; i++) all.push(nextStep(all.at(-1)?.run ?? from, train));
  return all;
}

/** A run of so many steps with the rate changed at step 2, as it would be saved. */
function trained(preset: NetworkPreset, count: number): SavedNetwork {
  const start = beginRun(settingsFor(NETWORK_PRESETS[preset].settings, collection), 3, train);
  const first = steps(start, 2);
  const changed = { ...first[1]!.run, optimiser: withRate(first[1]!.run.optimiser, 0.03) };
  const second = steps(changed, count - 2);
  const runs = count === 2 ? [start, changed] : [start, changed, second.at(-1)!.run];
  const metrics: Metrics[] = [...first, ...second].map((one) => one.metrics);
  const heldOut = [{ step: 0, loss: 2.3, accuracy: 0.1 }];
  return { preset, seed: 3, data: markOf(collection), runs, metrics, heldOut };
}

describe("a saved network", () => {
  // 4 steps are an epoch: before one begins, at the first of one, and in the middle
  test.each(
    Object.keys(NETWORK_PRESETS).flatMap((name) => [4, 5, 10].map((n) => [name, n] as const)),
  )(
    "of %s after %d steps is the same again, and goes on to the same losses to the last digit",
    (preset, count) => {
      const saved = trained(preset as NetworkPreset, count);
      const read = readNetwork(saveNetwork(saved));
      expect(read).toEqual(saved);
      const losses = (run: Run) => steps(run, 9).map(({ metrics }) => metrics.loss);
      expect(losses(read.runs.at(-1)!)).toEqual(losses(saved.runs.at(-1)!));
      expect(saveNetwork(read)).toBe(saveNetwork(saved));
    },
  );

  test("names the images it was trained on", () => {
    const { name, data } = collection;
    const others: Collection[] = [
      { ...collection, train: 59 },
      { ...collection, classes: 5 },
      { ...collection, data: { ...data, labels: data.labels.with(3, 0) } },
      { ...collection, data: { ...data, images: tensor([N, 1, 5, 6], data.images.data) } },
      {
        ...collection,
        data: { ...data, images: tensor([N, 1, 6, 5], data.images.data.with(7, 0.3)) },
      },
    ];
    for (const other of others)
      expect(markOf(other).checksum).not.toBe(markOf(collection).checksum);
    expect(markOf(collection)).toMatchObject({ name, samples: N, train: 60 });
  });
});

describe("what is not one is refused in a sentence", () => {
  const text = saveNetwork(trained("momentum", 5));
  const conv = '"kind": "conv2d"';
  const at = (from: string | RegExp, to: string) => {
    expect(text).toMatch(from);
    return text.replace(from, to);
  };
  const data = /("velocityB": \{\n\s+"shape": \[4\],\n\s+"data": )\[[^\]]*\]/;
  test.each<[string, string, string]>([
    ["nothing", "", "file: is no JSON, or cut off"],
    ["a file cut off", text.slice(0, -9), "file: is no JSON, or cut off"],
    ["null", "null", "file: is no network of convlens"],
    ["a list", "[1]", "file: is no network of convlens"],
    ["another JSON", '{"name": "x"}', "file: is no network of convlens"],
    ["a prototype in its place", `{"__proto__": ${text}}`, "file: is no network of convlens"],
    ["a later version", at('"version": 1', '"version": 2'), "version: 2 cannot be read here"],
    [
      "a version in words",
      at('"version": 1', '"version": "1"'),
      "version: “1” cannot be read here",
    ],
    ["a key too many", at('"seed"', '"__proto__": 1, "seed"'), "file: has “__proto__” besides"],
    ["a key too few", at(/"seed": 3,\n/, ""), "file: has no seed"],
    [
      "a preset of the prototype",
      at('"momentum"', '"constructor"'),
      "preset: “constructor” is not known",
    ],
    ["half a seed", at('"seed": 3', '"seed": 0.5'), "seed: 0.5 is not a whole number"],
    ["a huge layer", at('"F": 4', '"F": 1e9'), "W: 1000000000 × 1 × 3 × 3 is too large"],
    ["a huge hidden layer", at('"hidden": 16', '"hidden": 1e8'), "hidden: 100000000 are too many"],
    [
      "another hidden size",
      at('"hidden": 16', '"hidden": 17'),
      "runs[0].layers[3].w.shape: 48 × 16 does not fit the network",
    ],
    [
      "an unknown activation",
      at('"name": "relu"', '"name": "toString"'),
      "activation: “toString” is not known",
    ],
    ["a batch of none", at('"batch": 16', '"batch": 0'), "batch: 0 is too small"],
    [
      "another layer",
      at(conv, '"kind": "linear"'),
      "runs[0].layers[0].kind: “linear” is not its kind",
    ],
    [
      "NaN, which JSON has as null",
      at(data, "$1[0, null, 0, 0]"),
      "runs[0].layers[0].velocityB.data[1]: null is none",
    ],
    [
      "infinity",
      at(data, "$1[0, 0, 1e999, 0]"),
      "runs[0].layers[0].velocityB.data[2]: Infinity is none",
    ],
    ["a text", at(data, '$1["0", 0, 0, 0]'), "runs[0].layers[0].velocityB.data[0]: “0” is none"],
    [
      "a list in a list",
      at(data, "$1[[0], 0, 0, 0]"),
      "runs[0].layers[0].velocityB.data[0]: a list of 1 is none",
    ],
    [
      "a number too few",
      at(data, "$1[0, 0, 0]"),
      "runs[0].layers[0].velocityB.data: a list of 3 does not fit",
    ],
    [
      "an object of numbers",
      at(data, '$1{"0": 0, "length": 4}'),
      "runs[0].layers[0].velocityB.data: an object does not fit",
    ],
    [
      "a step of another run",
      at('"step": 5', '"step": 6'),
      "metrics.loss: a list of 5 does not fit",
    ],
    ["steps that fall", at('"step": 2', '"step": 9'), "runs[2].step: 5 is out of order"],
    ["no beginning", at('"step": 0', '"step": 1'), "runs[0].step: 1 is out of order"],
    ["a rate below 0", at('"lr": 0.03', '"lr": -1'), "runs[1].lr: -1 is below 0"],
    ["another rule", at('"rule": "torch"', '"rule": "adam"'), "rule: “adam” is not known"],
    [
      "more to learn from than there is",
      at('"train": 60', '"train": 71'),
      "data: 71 of 70 images to learn from do not fit",
    ],
    [
      "billions of images",
      at('"train": 60', '"train": 2e9').replace('"samples": 70', '"samples": 2e9'),
      "data: 2000000000 of 2000000000",
    ],
    ["a name too long", at('"made up"', `"${"a".repeat(201)}"`), "data.name: “aaaa"],
    ["too large a file", " ".repeat(21 * 2 ** 20), "file: has 22020096 letters"],
    ["nests without end", "[".repeat(2e5), "file: is no JSON"],
  ])("%s", (_what, wrong, says) => {
    const { message } = refusalOf(() => readNetwork(wrong));
    expect(message).toContain(says);
    expect(message).toMatch(/; accepted: .+\.$/);
  });
});

test("−0 stays −0", () => {
  const text = written({ t: tensor([3], [-0, 0, 1e-9]), n: -0 });
  expect(JSON.parse(text)).toEqual({ t: { shape: [3], data: [-0, 0, 1e-9] }, n: -0 });
});

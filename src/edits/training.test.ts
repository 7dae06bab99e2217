import { describe, expect, test } from "vitest";
import { readAddress } from "../address/read.ts";
import type { Document } from "../document.ts";
import { layerOf } from "../document.ts";
import { forward } from "../forward.ts";
import { refusalOf } from "../testing/refusal.ts";
import { DEFAULT_TRAINING } from "../training.ts";
import { setCells } from "./cells.ts";
import { resizeKernel, setFilters, setInputWord, setKernelWord, setSettings } from "./edits.ts";
import { openingDocument } from "./opening.ts";
import { setTraining, takeUpdate, trainingOf } from "./training.ts";
import { backward } from "./upstream.ts";

const LINK = "input=digit:7&kernel=random:3x3:seed=4&stride=2&padding=1&delta=kernel:sobel-x";

async function documentOf(link = LINK): Promise<Document> {
  const { document, problems } = await readAddress(link);
  expect(problems).toEqual([]);
  return document;
}

function backOf(document: Document) {
  const layer = layerOf(document);
  return backward(layer, forward(layer), document.upstream, document.training);
}

const trained = (document: Document) => takeUpdate(document, backOf(document));

describe("an update", () => {
  test("gives W, b and their velocities, and leaves the document before as it was", async () => {
    const before = await documentOf();
    const kept = structuredClone(before);
    const back = backOf(before);
    const after = takeUpdate(before, back);
    expect(before).toEqual(kept);
    expect(after.kernel).toEqual({ word: null, tensor: back.update.w.after.parameters });
    expect(after.bias).toEqual(back.update.b.after.parameters);
    expect(after.training).toEqual({
      ...DEFAULT_TRAINING,
      motion: {
        w: back.update.w.after.velocity,
        b: back.update.b.after.velocity,
        updates: 1,
        decayed: 1,
      },
    });
    expect(after.input).toBe(before.input);
  });

  test("many of them find the kernel of the target, and the loss goes down to nothing", async () => {
    let document = await documentOf();
    const first = backOf(document).target!.loss;
    for (let i = 0; i < 400; i++) document = trained(document);
    expect(backOf(document).target!.loss).toBeLessThan(1e-6 * first);
    const sobel = [-1, 0, 1, -2, 0, 2, -1, 0, 1];
    for (const [i, w] of document.kernel.tensor.data.entries()) expect(w).toBeCloseTo(sobel[i]!, 3);
    expect(document.bias.data[0]).toBeCloseTo(0, 2);
  });

  test.each([
    "sgd=torch:momentum=0.5,nesterov",
    "sgd=numpynet-momentum",
    "sgd=numpynet-nesterov:momentum=0.5,lr-decay=1e-5",
  ])("by any rule: %s", async (word) => {
    let document = await documentOf(`${LINK}&${word}`);
    let loss = backOf(document).target!.loss;
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 100; i++) document = trained(document);
      const now = backOf(document).target!.loss;
      expect(now).toBeLessThan(loss);
      loss = now;
    }
  });

  test("that passes all bounds is refused", async () => {
    const document = setTraining(await documentOf(), { lr: 1e300 });
    const refusal = refusalOf(() => trained(trained(document)));
    expect(refusal.field).toBe("W");
    expect(refusal.accepted).toBe("a smaller step length");
  });
});

describe("the velocity", () => {
  test("stays where cells, the input or settings change", async () => {
    const document = trained(await documentOf());
    const { motion } = document.training!;
    for (const edit of [
      (d: Document) => setCells(d, "W", [0], 5),
      (d: Document) => setCells(d, "X", [0], 5),
      (d: Document) => setInputWord(d, "digit:3"),
      (d: Document) => setSettings(d, { stride: [1, 1] }),
      (d: Document) => setTraining(d, { lr: 0.5, momentum: 0.25 }),
    ])
      expect(edit(document).training!.motion).toBe(motion);
  });

  test("is at rest where the kernel is another one, or has another shape, or the rule is another", async () => {
    const document = trained(await documentOf());
    expect(document.training!.motion).not.toBeNull();
    for (const edit of [
      (d: Document) => resizeKernel(d, 5, 5),
      (d: Document) => setFilters(d, 2),
      (d: Document) => setTraining(d, { rule: "numpynet-momentum" }),
      (d: Document) => setKernelWord(d, "random:3x3:seed=2"),
    ])
      expect(edit(document).training!.motion).toBeNull();
  });
});

describe("settings", () => {
  test("are the usual ones until they are set", () => {
    const opening = openingDocument();
    expect(opening.training).toBeNull();
    expect(trainingOf(opening)).toBe(DEFAULT_TRAINING);
    expect(setTraining(opening, { lr: 0.5 }).training).toEqual({ ...DEFAULT_TRAINING, lr: 0.5 });
  });

  test.each([
    ["lr", { lr: -1 }],
    ["lr", { lr: Number.NaN }],
    ["momentum", { momentum: 1 }],
    ["weightDecay", { weightDecay: -1 }],
    ["lrDecay", { lrDecay: Number.POSITIVE_INFINITY }],
    ["nesterov", { momentum: 0, nesterov: true }],
    ["rule", { rule: "adam" as "torch" }],
  ] as const)("%s is refused: %j", (field, change) => {
    expect(refusalOf(() => setTraining(openingDocument(), change)).field).toBe(field);
  });
});

import { describe, expect, test } from "vitest";
import { layerOf } from "../document.ts";
import { takeUpdate } from "../edits/training.ts";
import { backward } from "../edits/upstream.ts";
import { forward } from "../forward.ts";
import { DEFAULT_TRAINING } from "../training.ts";
import { readAddress } from "./read.ts";
import { writeAddress } from "./write.ts";

const LINK = "input=digit:7&kernel=sobel-x";

describe("the word sgd", () => {
  test.each([
    ["torch:lr=0.01,momentum=0.5", { lr: 0.01, momentum: 0.5 }],
    ["torch:decay=0.001,lr-decay=0.1", { weightDecay: 0.001, lrDecay: 0.1 }],
    ["torch:nesterov", { nesterov: true }],
    ["numpynet-nesterov", { rule: "numpynet-nesterov" }],
    ["numpynet-momentum:lr=0.25", { rule: "numpynet-momentum", lr: 0.25 }],
  ])("%s", async (text, change) => {
    const { document, problems } = await readAddress(`${LINK}&sgd=${text}`);
    expect(problems).toEqual([]);
    expect(document.training).toEqual({ ...DEFAULT_TRAINING, ...change });
    expect((await writeAddress(document)).text).toBe(`${LINK}&sgd=${text}`);
  });

  test("is not written where all is as usual, with a velocity or without", async () => {
    const { document } = await readAddress(`${LINK}&sgd=torch`);
    expect((await writeAddress(document)).text).toBe(LINK);
    const layer = layerOf(document);
    const after = takeUpdate(document, backward(layer, forward(layer), document.upstream));
    expect((await writeAddress(after)).text).not.toContain("sgd");
  });

  test.each([
    "adam",
    "torch:lr",
    "torch:lr=-1",
    "torch:speed=3",
    "torch:momentum=1",
    "torch:momentum=0,nesterov",
  ])("%s is left out, and said", async (text) => {
    const { document, problems } = await readAddress(`${LINK}&sgd=${text}`);
    expect(problems.map(({ word }) => word)).toEqual(["sgd"]);
    expect(document.training).toBeNull();
  });
});

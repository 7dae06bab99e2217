import { spawnSync } from "node:child_process";
import { transformWithOxc } from "vite";
import { describe, expect, test } from "vitest";
import { CASES, caseOf, withBack } from "../testing/cases.ts";
import { COL2IM_PROGRAMS } from "./col2im.ts";
import type { LanguageName } from "./languages.ts";
import { sourceOf } from "./program.ts";
import { TORCH_STRIDED } from "./testing/strided.ts";

// Written with =, what im2col has copied is the image again. That += finds the gradient is in matrix.test.ts.

const cases = Object.entries({
  ...CASES,
  "p > k − 1": () => caseOf({ H: 5, W: 6, kH: 2, kW: 3, padding: [3, 0, 2, 4], stride: [2, 1] }),
  "a remainder of two": () => caseOf({ H: 7, W: 9, kH: 2, kW: 3, stride: [4, 4] }),
}).map(([name, make]) => [name, withBack(make())] as const);

const source = (language: LanguageName, it: (typeof cases)[number][1]) =>
  sourceOf(COL2IM_PROGRAMS[language].program(it.g, it.layer, it.answer, { add: "assign" }));

/** The same program, adding where it should write. */
const adding = (text: string) => text.replace(/\] = (windows\[|row\[k\+\+\])/, "] += $1");

describe("TypeScript", () => {
  const run = async (text: string) => {
    const { code } = await transformWithOxc(text, "program.ts");
    Function(code)();
  };

  test.each(cases)("the image comes back: %s", async (_name, it) => {
    await expect(run(source("typescript", it))).resolves.toBeUndefined();
  });

  test("added, it would not", async () => {
    const text = adding(source("typescript", cases[0]![1]));
    await expect(run(text)).rejects.toThrow("another image");
  });
});

const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;
const ZEROS = "torch.zeros = lambda *shape, dtype=None: np.zeros(shape).view(Tensor)\n";

describe.runIf(hasNumpy).each([
  ["numpy", ""],
  ["pytorch", `import sys\n${TORCH_STRIDED}${ZEROS}`],
] as const)("%s", (language, before) => {
  const run = (text: string) =>
    spawnSync("python3", ["-c", before + text], { encoding: "utf8" }).stderr.trim();

  test("the image comes back", () => {
    const texts = cases.map(([, it]) => JSON.stringify(source(language, it)));
    expect(run(`for text in [${texts.join(",")}]:\n  exec(text, {})\n`)).toBe("");
  });

  test("added, it would not", () => {
    expect(run(adding(source(language, cases[0]![1])))).toMatch(/AssertionError$/);
  });
});

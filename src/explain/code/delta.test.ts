import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { transformWithOxc } from "vite";
import { describe, expect, test } from "vitest";
import { backward, upstreamOfWord } from "../../edits/upstream.ts";
import { forward } from "../../forward.ts";
import { layers, nudged } from "../../testing/specs.ts";
import { CASES } from "../testing/cases.ts";
import { DELTA_PROGRAMS } from "./delta.ts";
import type { LanguageName } from "./languages.ts";
import { sourceOf } from "./program.ts";

const named = Object.values(CASES).map((make) => make());
const drawn = fc
  .sample(layers(), { numRuns: 30, seed: 5 })
  .map(({ g, layer }) => ({ g, layer, answer: forward(layer) }));
const cases = [...named, ...drawn].map(({ g, layer, answer }) => ({
  g,
  layer,
  answer: { ...answer, back: backward(layer, answer, upstreamOfWord("random:seed=2")) },
}));
type Case = (typeof cases)[number];

const source = (language: LanguageName, { g, layer, answer }: Case) =>
  sourceOf(DELTA_PROGRAMS[language].program(g, layer, answer));

function off(it: Case): Case {
  const { delta } = it.answer.back;
  const back = { ...it.answer.back, delta: nudged(delta, delta.data.length - 1, 1e-3) };
  return { ...it, answer: { ...it.answer, back } };
}

test("TypeScript programs find the δ of the engine, and fail where it is off", async () => {
  const run = async (text: string) => {
    const { code } = await transformWithOxc(text, "program.ts");
    Function(code)();
  };
  for (const it of cases) {
    await expect(run(source("typescript", it))).resolves.toBeUndefined();
    await expect(run(source("typescript", off(it)))).rejects.toThrow("was expected");
  }
});

const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;

describe.runIf(hasNumpy)("NumPy", () => {
  const failing = (programs: readonly string[]) => {
    const script = `import sys, json
for text in json.load(sys.stdin):
  try:
    exec(text, {}); print("ok")
  except AssertionError: print("off")
  except Exception as error: print(repr(error))`;
    const input = JSON.stringify(programs);
    return spawnSync("python3", ["-c", script], { input, encoding: "utf8" })
      .stdout.trim()
      .split("\n");
  };

  test("programs find the δ of the engine, and fail where it is off", () => {
    expect(new Set(failing(cases.map((it) => source("numpy", it))))).toEqual(new Set(["ok"]));
    expect(new Set(failing(cases.map((it) => source("numpy", off(it)))))).toEqual(new Set(["off"]));
  });
});

import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { transformWithOxc } from "vite";
import { describe, expect, test } from "vitest";
import { backward, upstreamOfWord } from "../edits/upstream.ts";
import { LANGUAGES, type LanguageName } from "../explain/code/languages.ts";
import type { CodeLine, Mark, Program } from "../explain/code/program.ts";
import { CASES, type Case, type CaseBack, caseOf } from "../explain/testing/cases.ts";
import { forward } from "../forward.ts";
import type { Tensor } from "../tensor.ts";
import { type Asked, layers, nudged } from "./specs.ts";

// What the tests of the programs share: cases, a run in each language, and what every program has to hold.

export const languages = Object.keys(LANGUAGES) as LanguageName[];

type Named<It> = readonly (readonly [name: string, it: It])[];

/** The cases of which somebody thought. */
export const named: Named<Case> = Object.entries(CASES).map(([name, make]) => [name, make()]);

/** Paddings that crop δ, and remainders of two and more: what the cases of the way forward do not ask for. */
export const namedBack: Named<Case> = [
  ...named,
  ["p > k − 1", caseOf({ H: 5, W: 6, kH: 2, kW: 3, padding: [3, 0, 2, 4], stride: [2, 1] })],
  ["a remainder of two", caseOf({ H: 7, W: 9, kH: 2, kW: 3, stride: [4, 4] })],
  ["a remainder, cropped", caseOf({ H: 4, W: 5, kH: 1, kW: 1, padding: 2, stride: [3, 3] })],
];

/** Layers of which nobody thought: the same ones in every run. */
export function drawn(numRuns: number, seed: number): Named<Case & Pick<Asked, "delta">> {
  return fc
    .sample(layers(), { numRuns, seed })
    .map(({ g, layer, delta }, i) => [`drawn ${i}`, { g, layer, delta, answer: forward(layer) }]);
}

/** The same names, with what is made of each case. */
export function each<It, Made>(cases: Named<It>, make: (it: It) => Made): Named<Made> {
  return cases.map(([name, it]) => [name, make(it)]);
}

/** The way back of a case, from a random upstream gradient. */
export function withRandomBack({ g, layer, answer }: Case): CaseBack {
  const back = backward(layer, answer, upstreamOfWord("random:seed=2"));
  return { g, layer, answer: { ...answer, back } };
}

/** The tensor with its last number a little off. */
export const lastOff = (t: Tensor, by = 1e-3) => nudged(t, t.data.length - 1, by);

/** The same case with one expected number of Y a little off. */
export function offInY<It extends Case>(it: It, by?: number): It {
  return { ...it, answer: { ...it.answer, y: lastOff(it.answer.y, by) } };
}

/** The same case with one expected number of a gradient a little off. */
export function offIn(which: "dx" | "dw" | "db" | "delta") {
  return <It extends CaseBack>(it: It): It => {
    const { back } = it.answer;
    return { ...it, answer: { ...it.answer, back: { ...back, [which]: lastOff(back[which]) } } };
  };
}

export const texts = (lines: Program, part: CodeLine["part"]) =>
  lines.filter((line) => line.part === part).map((line) => line.text);

export const body = (lines: Program) => texts(lines, "body");

/** Asks for lines of each moment, all in the body. */
export function expectMarked(lines: Program, moments: readonly Mark[], name = ""): void {
  for (const moment of moments) {
    const at = lines.filter(({ marks }) => marks?.includes(moment));
    expect(at.length, `${name} ${moment}`).toBeGreaterThan(0);
    expect(at.every(({ part }) => part === "body")).toBe(true);
  }
}

/** Runs programs, each by itself; tells for each the error it ended with, or "". */
export async function inTypeScript(programs: readonly string[]): Promise<string[]> {
  const errors: string[] = [];
  for (const text of programs) {
    const { code } = await transformWithOxc(text, "program.ts");
    try {
      Function(code)();
      errors.push("");
    } catch (error) {
      errors.push(String(error));
    }
  }
  return errors;
}

const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;

/** The same in one Python, in which `before` has been run. */
function inPython(programs: readonly string[], before: string): string[] {
  const runner = `
import json, sys, warnings
warnings.simplefilter("ignore")
${before}
errors = []
for text in json.load(sys.stdin):
    try:
        exec(compile(text, "program.py", "exec"), {})
        errors.append("")
    except BaseException as error:
        errors.append(type(error).__name__ + " " + str(error))
print(json.dumps(errors))
`;
  const input = JSON.stringify(programs);
  const { stdout, stderr } = spawnSync("python3", ["-c", runner], { input, encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A language whose programs can be run here. */
interface Runner {
  readonly language: LanguageName;
  readonly run: (programs: readonly string[]) => Promise<string[]>;
  /** The error of a program's own assert. */
  readonly failure: RegExp;
}

/** Tests for each language that can be run here. `standIn` is what stands in for PyTorch, which is too large to be asked for. */
export function describeRunners(standIn: string, hold: (runner: Runner) => void): void {
  describe("TypeScript", () =>
    hold({ language: "typescript", run: inTypeScript, failure: / was expected$/ }));
  describe.runIf(hasNumpy).each([
    ["numpy", ""],
    ["pytorch", standIn],
  ] as const)("%s", (language, before) =>
    hold({
      language,
      run: async (programs) => inPython(programs, before),
      failure: /^AssertionError/,
    }),
  );
}

interface Held<It> {
  readonly cases: Named<It>;
  readonly source: (language: LanguageName, it: It) => string;
  /** Makes an expected number be off, by what it is a number of. */
  readonly mutants: Readonly<Record<string, (it: It) => It>>;
  readonly standIn: string;
}

/** The tests of a family of programs: each runs in its language, and fails by its own assert when a number is off. */
export function holdPrograms<It>({ cases, source, mutants, standIn }: Held<It>): void {
  describeRunners(standIn, ({ language, run, failure }) => {
    const errorsOf = async (changed: (it: It) => It) => {
      const errors = await run(cases.map(([, it]) => source(language, changed(it))));
      expect(errors.length).toBe(cases.length);
      return cases.map(([name], i) => ({ name, error: errors[i]! }));
    };

    test("every program runs, and finds the numbers of the engine", async () => {
      for (const { name, error } of await errorsOf((it) => it)) expect(error, name).toBe("");
    });

    test.each(Object.entries(mutants))("every program fails when %s is off", async (_what, off) => {
      for (const { name, error } of await errorsOf(off)) expect(error, name).toMatch(failure);
    });
  });
}

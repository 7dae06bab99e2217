import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { transformWithOxc } from "vite";
import { beforeAll, describe, expect, test } from "vitest";
import { forward } from "../../forward.ts";
import { sizeOf } from "../../tensor.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { layers, nudged } from "../../testing/specs.ts";
import { CASES, type CaseBack, caseOf, seven, withBack } from "../testing/cases.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import { type CodeLine, sourceOf } from "./program.ts";
import { TORCH_UNFOLD } from "./testing/unfold.ts";
import { WEIGHTS_PROGRAMS, weightVariables } from "./weights.ts";

const named = Object.entries(CASES).map(([name, make]) => [name, withBack(make())] as const);

/** Layers of which nobody thought: the same ones in every run. */
const drawn = fc.sample(layers(), { numRuns: 60, seed: 5 }).map(({ g, layer, delta }, i) => {
  const it = { g, layer, answer: forward(layer) };
  return [`drawn ${i}`, withBack(it, { upstream: [...delta.data] })] as const;
});

const cases = [...named, ...drawn];
const languages = Object.keys(LANGUAGES) as LanguageName[];

const linesOf = (language: LanguageName, { g, layer, answer }: CaseBack) =>
  WEIGHTS_PROGRAMS[language].program(g, layer, answer);
const source = (language: LanguageName, it: CaseBack) => sourceOf(linesOf(language, it));

/** The same layer with the last number of a gradient a little off. */
function off(it: CaseBack, which: "dw" | "db"): CaseBack {
  const gradient = it.answer.back[which];
  const back = { ...it.answer.back, [which]: nudged(gradient, gradient.data.length - 1, 1e-3) };
  return { ...it, answer: { ...it.answer, back } };
}

const texts = (lines: readonly CodeLine[], part: CodeLine["part"]) =>
  lines.filter((line) => line.part === part).map((line) => line.text);

describe("TypeScript", () => {
  const run = async (text: string) => {
    const { code } = await transformWithOxc(text, "program.ts");
    Function(code)();
  };

  test("every program runs, and finds the gradients of the engine", async () => {
    for (const [name, it] of cases)
      await expect(run(source("typescript", it)), name).resolves.toBeUndefined();
  });

  test.each(["dw", "db"] as const)("every program fails when %s is off", async (which) => {
    for (const [name, it] of cases)
      await expect(run(source("typescript", off(it, which))), name).rejects.toThrow("expected");
  });
});

const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;

/** Runs programs in one Python, each by itself; tells for each the error it ended with, or "". */
function inPython(programs: readonly string[], before = ""): string[] {
  const runner = `
import json, sys
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
  const { stdout, stderr } = spawnSync("python3", ["-c", runner], {
    input: JSON.stringify(programs),
    encoding: "utf8",
  });
  return stdout === "" ? [stderr] : JSON.parse(stdout);
}

// PyTorch is too large to be asked for here: its programs run on a stand-in, written from its documentation.
describe.runIf(hasNumpy).each([
  ["numpy", ""],
  ["pytorch", TORCH_UNFOLD],
] as const)("%s", (language, before) => {
  let right: string[];
  let wrong: string[];
  beforeAll(() => {
    right = inPython(
      cases.map(([, it]) => source(language, it)),
      before,
    );
    const mutants = cases.flatMap(([, it]) => [off(it, "dw"), off(it, "db")]);
    wrong = inPython(
      mutants.map((it) => source(language, it)),
      before,
    );
  });

  test("every program runs, and finds the gradients of the engine", () => {
    expect(right.length).toBe(cases.length);
    for (const [i, [name]] of cases.entries()) expect(right[i], name).toBe("");
  });

  test("every program fails when a gradient is off", () => {
    expect(wrong.length).toBe(2 * cases.length);
    for (const error of wrong) expect(error).toMatch(/^AssertionError/);
  });
});

describe("as short as the layer allows", () => {
  const opening = withBack(seven());
  const grouped = withBack(
    CASES["groups of two channels and two filters, batch, flipped, circular"]!(),
  );

  test("NumPy: a strided slice times δ", () => {
    expect(texts(linesOf("numpy", opening), "body")).toEqual([
      "Xp = np.pad(X, 1)",
      "oh, ow = delta.shape",
      "dW = np.zeros((3, 3))",
      "for u in range(3):",
      "  for v in range(3):",
      "    part = Xp[u:u+2*oh:2, v:v+2*ow:2]",
      "    dW[u, v] = (part * delta).sum()",
      "db = delta.sum()",
    ]);
    expect(texts(linesOf("numpy", grouped), "body").slice(3)).toEqual([
      "for g in range(2):",
      "  for u in range(3):",
      "    for v in range(2):",
      "      part = Xp[:, g*2:(g+1)*2, u:u+2*oh:2, 2*v:2*v+ow]",
      '      dW[g*2:(g+1)*2, :, 2-u, 1-v] = np.einsum("nfij,ncij->fc", delta[:, g*2:(g+1)*2], part)',
      "db = delta.sum(axis=(0, 2, 3))",
    ]);
  });

  test("PyTorch: one product of the windows with δ", () => {
    expect(texts(linesOf("pytorch", opening), "body")).toEqual([
      "col = F.unfold(X, (3, 3), padding=1, stride=2)",
      "rows = delta.reshape(1, 1, 16)",
      'dW = torch.einsum("nfp,nkp->fk", rows, col)',
      "dW = dW.reshape(1, 1, 3, 3)",
      "db = delta.sum((0, 2, 3))",
    ]);
  });

  test("TypeScript: four loops", () => {
    expect(texts(linesOf("typescript", opening), "body").slice(2)).toEqual([
      "const dW: number[][] = [];",
      "for (let u = 0; u < 3; u++) {",
      "  dW[u] = [];",
      "  for (let v = 0; v < 3; v++) {",
      "    let sum = 0;",
      "    for (let i = 0; i < 4; i++) {",
      "      for (let j = 0; j < 4; j++) {",
      "        const x = Xp(2 * i + u, 2 * j + v);",
      "        sum += delta[i][j] * x;",
      "      }",
      "    }",
      "    dW[u][v] = sum;",
      "  }",
      "}",
      "const db = delta.flat().reduce((sum, d) => sum + d, 0);",
    ]);
  });

  test.each(languages)("%s: each moment of a step has its line", (language) => {
    for (const it of [opening, grouped]) {
      const lines = linesOf(language, it);
      for (const mark of ["gather", "multiply", "write", "bias"] as const) {
        const at = lines.filter(({ marks }) => marks?.includes(mark));
        expect(at.length, mark).toBeGreaterThan(0);
        expect(at.every(({ part }) => part === "body")).toBe(true);
      }
    }
  });

  test("the variables are those of the NumPy program", () => {
    expect(weightVariables(opening.g, 5)).toBe("u = 1   v = 2   part.shape = (4, 4)");
    const last = sizeOf(grouped.g.shapes.W) - 1;
    const { rows, columns } = grouped.g;
    // the last weight of a flipped kernel is met first
    expect(weightVariables(grouped.g, last)).toBe(
      `g = 1   u = 0   v = 0   part.shape = (2, 2, ${rows.out}, ${columns.out})`,
    );
  });
});

test.each(languages)("%s: what cannot be written out is refused", (language) => {
  const large = withBack(caseOf({ H: 129, W: 128, kH: 3, kW: 3 }));
  expect(refusalOf(() => linesOf(language, large)).field).toBe("X");
  const { g, layer, answer } = seven();
  const refusal = refusalOf(() => WEIGHTS_PROGRAMS[language].program(g, layer, answer));
  expect(refusal.field).toBe("δ");
});

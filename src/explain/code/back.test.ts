import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { transformWithOxc } from "vite";
import { beforeAll, describe, expect, test } from "vitest";
import { backward, upstreamOfWord } from "../../edits/upstream.ts";
import { type Answer, forward } from "../../forward.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { layers, nudged } from "../../testing/specs.ts";
import { CASES, type Case, caseOf } from "../testing/cases.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import { type CodeLine, sourceOf } from "./program.ts";
import { ROTATE_PROGRAMS, rotateVariables } from "./rotate.ts";
import { SCATTER_PROGRAMS, scatterVariables } from "./scatter.ts";
import { TORCH_BACK } from "./testing/torchBack.ts";

// The programs of the input gradient: whatever way they go, they have to come to the dX of the engine.

const FAMILIES = { scatter: SCATTER_PROGRAMS, rotate: ROTATE_PROGRAMS };

interface Back extends Case {
  readonly answer: Answer & { readonly back: NonNullable<Answer["back"]> };
}

function withBack({ g, layer, answer }: Case): Back {
  const back = backward(layer, answer, upstreamOfWord("random:seed=2"));
  return { g, layer, answer: { ...answer, back } };
}

const named = Object.entries(CASES).map(([name, make]) => [name, withBack(make())] as const);

/** Paddings that crop δ, and remainders of two and more: what the cases of the forward programs do not ask for. */
const others = Object.entries({
  "p > k − 1": caseOf({ H: 5, W: 6, kH: 2, kW: 3, padding: [3, 0, 2, 4], stride: [2, 1] }),
  "a remainder of two": caseOf({ H: 7, W: 9, kH: 2, kW: 3, stride: [4, 4] }),
  "a remainder, cropped": caseOf({ H: 4, W: 5, kH: 1, kW: 1, padding: 2, stride: [3, 3] }),
}).map(([name, it]) => [name, withBack(it)] as const);

/** Layers of which nobody thought: the same ones in every run. */
const drawn = fc
  .sample(layers(), { numRuns: 60, seed: 11 })
  .map(
    ({ g, layer }, i) => [`drawn ${i}`, withBack({ g, layer, answer: forward(layer) })] as const,
  );

const cases = [...named, ...others, ...drawn];

/** The same layer with one expected number a little off. */
function off(it: Back): Back {
  const { dx } = it.answer.back;
  const back = { ...it.answer.back, dx: nudged(dx, dx.data.length - 1, 1e-3) };
  return { ...it, answer: { ...it.answer, back } };
}

type Family = keyof typeof FAMILIES;
const families = Object.keys(FAMILIES) as Family[];
const languages = Object.keys(LANGUAGES) as LanguageName[];

const linesOf = (family: Family, language: LanguageName, { g, layer, answer }: Back) =>
  FAMILIES[family][language].program(g, layer, answer);
const source = (family: Family, language: LanguageName, it: Back) =>
  sourceOf(linesOf(family, language, it));

describe.each(families)("TypeScript: %s", (family) => {
  const run = async (text: string) => {
    const { code } = await transformWithOxc(text, "program.ts");
    Function(code)();
  };

  test("every program finds the dX of the engine", async () => {
    for (const [name, it] of cases)
      await expect(run(source(family, "typescript", it)), name).resolves.toBeUndefined();
  });

  test("every program fails when an expected number is off", async () => {
    for (const [name, it] of cases)
      await expect(run(source(family, "typescript", off(it))), name).rejects.toThrow(
        "was expected",
      );
  });
});

const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;

/** Runs programs in one Python, each by itself; tells for each the error it ended with, or "". */
function inPython(programs: readonly string[], before: string): string[] {
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
  const input = JSON.stringify(programs);
  const { stdout, stderr } = spawnSync("python3", ["-c", runner], { input, encoding: "utf8" });
  return stdout === "" ? [stderr] : JSON.parse(stdout);
}

// PyTorch is too large to be asked for here: its programs run on a stand-in, written from its documentation.
const STAND_INS = { numpy: "", pytorch: TORCH_BACK } as const;

describe
  .runIf(hasNumpy)
  .each(
    families.flatMap((family) =>
      (["numpy", "pytorch"] as const).map((language) => ({ family, language })),
    ),
  )("$language: $family", ({ family, language }) => {
  let right: string[];
  let wrong: string[];
  beforeAll(() => {
    const programs = (of: (it: Back) => Back) =>
      cases.map(([, it]) => source(family, language, of(it)));
    right = inPython(
      programs((it) => it),
      STAND_INS[language],
    );
    wrong = inPython(programs(off), STAND_INS[language]);
  });

  test("every program finds the dX of the engine", () => {
    expect(right.length).toBe(cases.length);
    for (const [i, [name]] of cases.entries()) expect(right[i], name).toBe("");
  });

  test("every program fails when an expected number is off", () => {
    expect(wrong.length).toBe(cases.length);
    for (const [i, [name]] of cases.entries()) expect(wrong[i], name).toMatch(/^AssertionError/);
  });
});

describe("as short as the layer allows", () => {
  const opening = withBack(CASES["the opening screen: stride 2, padding 1"]!());
  const body = (lines: readonly CodeLine[]) =>
    lines.filter(({ part }) => part === "body").map(({ text }) => text);

  test("scatter", () => {
    expect(body(linesOf("scatter", "numpy", opening))).toEqual([
      "dXp = np.zeros((10, 10))",
      "for i in range(4):",
      "  for j in range(4):",
      "    dXp[2*i:2*i+3, 2*j:2*j+3] += delta[i, j] * W",
      "dX = dXp[1:9, 1:9]",
    ]);
    expect(body(linesOf("scatter", "pytorch", opening))).toEqual([
      "dX = F.conv_transpose2d(delta, W, stride=2, padding=1, output_padding=1)",
    ]);
    expect(scatterVariables(opening.g, opening.answer, 6)).toMatch(/^i = 1 {3}j = 2 {3}δ = /);
  });

  test("rotate", () => {
    expect(body(linesOf("rotate", "numpy", opening))).toEqual([
      "D = np.zeros((7, 7))",
      "D[::2, ::2] = delta",
      "D = np.pad(D, ((1, 2), (1, 2)))",
      "R = np.rot90(W, 2)",
      "dX = np.zeros((8, 8))",
      "for i in range(8):",
      "  for j in range(8):",
      "    win = D[i:i+3, j:j+3]",
      "    dX[i, j] = (win * R).sum()",
    ]);
    expect(body(linesOf("rotate", "pytorch", opening))).toEqual([
      "D = torch.zeros(1, 1, 7, 7, dtype=torch.float64)",
      "D[:, :, ::2, ::2] = delta",
      "D = F.pad(D, (1, 2, 1, 2))",
      "R = torch.flip(W, (2, 3))",
      "dX = F.conv2d(D, R)",
    ]);
    expect(rotateVariables(opening.g, 35)).toBe("i = 4   j = 3   win.shape = (3, 3)");
  });

  test("what is padded more than d(k − 1) is cropped, by all three", () => {
    const wide = withBack(caseOf({ H: 3, W: 4, kH: 2, kW: 2, padding: 3 }));
    expect(body(linesOf("rotate", "numpy", wide))).toContain("D = D[2:6, 2:7]");
    expect(body(linesOf("rotate", "pytorch", wide))).toContain("D = F.pad(D, (-2, -2, -2, -2))");
    expect(source("rotate", "typescript", wide)).toContain("wide.slice(2, 6)");
  });

  test("without padding nothing is cropped", () => {
    const bare = withBack(caseOf({ H: 3, W: 4, kH: 2, kW: 3 }));
    for (const language of languages)
      expect(source("scatter", language, bare), language).not.toMatch(/dXp|pad|fold/);
  });
});

describe.each(families)("%s", (family) => {
  test.each(languages)("%s: the running line is marked, in the body", (language) => {
    for (const [, it] of cases) {
      const at = linesOf(family, language, it).filter(({ marks }) => marks?.includes("write"));
      expect(at.length).toBeGreaterThan(0);
      expect(at.every(({ part }) => part === "body")).toBe(true);
    }
  });

  test("too many numbers are refused, and an answer without the way back", () => {
    const large = withBack(caseOf({ C: 3, H: 80, W: 80, kH: 3, kW: 3, stride: [3, 3] }));
    expect(refusalOf(() => linesOf(family, "numpy", large)).field).toBe("dX");
    const { g, layer, answer } = large;
    const forwardOnly = { ...answer, back: null };
    expect(refusalOf(() => FAMILIES[family].numpy.program(g, layer, forwardOnly)).field).toBe("δ");
  });
});

import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { transformWithOxc } from "vite";
import { beforeAll, describe, expect, test } from "vitest";
import { columnGradient, plainAdd } from "../../conv/indexArrays.ts";
import { forward } from "../../forward.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { layers, nudged } from "../../testing/specs.ts";
import { CASES, type CaseBack, caseOf, withBack } from "../testing/cases.ts";
import { INDICES_PROGRAMS } from "./indices.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import { type Mark, type ProgramOptions, sourceOf } from "./program.ts";
import { TORCH_BACK } from "./testing/torchBack.ts";

// The programs of the index arrays come to the Y and the dX of the engine, and lose what its `plainAdd` loses.

const languages = Object.keys(LANGUAGES) as LanguageName[];

/** Layers of which nobody thought: the same ones in every run. */
const drawn = fc
  .sample(layers(), { numRuns: 40, seed: 23 })
  .map(
    ({ g, layer }, i) => [`drawn ${i}`, withBack({ g, layer, answer: forward(layer) })] as const,
  );
const plainCases: readonly (readonly [string, Styled])[] = [
  ...Object.entries(CASES).map(([name, make]) => [name, withBack(make())] as const),
  ...drawn,
];
/** Every layer with W as it is, and with its axes in the other order. */
const cases = [
  ...plainCases,
  ...plainCases.map(
    ([name, it]) => [`${name}, HWIO`, { ...it, options: { weights: "hwio" } }] as const,
  ),
];

type Styled = CaseBack & { readonly options?: ProgramOptions };

const linesOf = (language: LanguageName, { g, layer, answer, options }: Styled) =>
  INDICES_PROGRAMS[language].program(g, layer, answer, options);
const source = (language: LanguageName, it: Styled) => sourceOf(linesOf(language, it));

/** What the plain += leaves, by the engine. */
function lossyOf({ g, layer, answer }: CaseBack): number[] {
  return [...plainAdd(g, columnGradient(g, layer.w, answer.back.delta)).data];
}

/** The same layer with one expected number of Y, or of dX, a little off. */
function off(it: Styled, which: "y" | "dx"): Styled {
  const { y, back } = it.answer;
  return which === "y"
    ? { ...it, answer: { ...it.answer, y: nudged(y, y.data.length - 1, 1e-3) } }
    : {
        ...it,
        answer: {
          ...it.answer,
          back: { ...back, dx: nudged(back.dx, back.dx.data.length - 1, 1e-3) },
        },
      };
}

describe("TypeScript", () => {
  const run = async (text: string) => {
    const { code } = await transformWithOxc(text, "program.ts");
    return Function(`${code}; return lossy.flat(3);`)() as number[];
  };

  test("every program finds the numbers of the engine, and loses what it loses", async () => {
    for (const [name, it] of cases) {
      const lossy = await run(source("typescript", it));
      const expected = lossyOf(it);
      expect(lossy.length, name).toBe(expected.length);
      for (const [i, v] of lossy.entries()) expect(v, name).toBeCloseTo(expected[i]!, 9);
    }
  });

  test.each(["y", "dx"] as const)("every program fails when a %s is off", async (which) => {
    for (const [name, it] of cases)
      await expect(run(source("typescript", off(it, which))), name).rejects.toThrow("was expected");
  });
});

const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;

/** Runs programs in one Python, each by itself; tells for each the error it ended with, or "". */
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
  return stdout === "" ? [stderr] : JSON.parse(stdout);
}

/** What these programs call besides: indices made from indices, and written through. */
const TORCH_INDEX = `${TORCH_BACK}
def arange_of(end):
    return np.arange(end, dtype=np.float32 if isinstance(end, float) else np.int64).view(Tensor)

torch.arange = arange_of
Tensor.permute = lambda self, *dims: np.transpose(self, dims)
Tensor.repeat = lambda self, times: np.tile(self.view(np.ndarray), times).view(Tensor)
Tensor.repeat_interleave = lambda self, times: np.repeat(self.view(np.ndarray), times).view(Tensor)

def index_put_(self, indices, values, accumulate=False):
    assert all(index.dtype == np.int64 for index in indices) and len(indices) == self.ndim
    if accumulate:
        np.add.at(self, indices, values)
    else:
        self[indices] = values
    return self

Tensor.index_put_ = index_put_
`;
const STAND_INS = { numpy: "", pytorch: TORCH_INDEX } as const;

describe.runIf(hasNumpy).each(["numpy", "pytorch"] as const)("%s", (language) => {
  let right: string[];
  const wrong: Partial<Record<"y" | "dx", string[]>> = {};
  beforeAll(() => {
    const before = STAND_INS[language];
    const lossless = (it: Styled) =>
      `import numpy\nassert numpy.allclose(numpy.ravel(lossy), ${JSON.stringify(lossyOf(it))}), "lossy"\n`;
    right = inPython(
      cases.map(([, it]) => source(language, it) + lossless(it)),
      before,
    );
    for (const which of ["y", "dx"] as const)
      wrong[which] = inPython(
        cases.map(([, it]) => source(language, off(it, which))),
        before,
      );
  });

  test("every program finds the numbers of the engine, and loses what it loses", () => {
    expect(right.length).toBe(cases.length);
    for (const [i, [name]] of cases.entries()) expect(right[i], name).toBe("");
  });

  test.each(["y", "dx"] as const)("every program fails when a %s is off", (which) => {
    expect(wrong[which]!.length).toBe(cases.length);
    for (const [i, [name]] of cases.entries())
      expect(wrong[which]![i], name).toMatch(/^AssertionError/);
  });
});

test("as short as the layer allows", () => {
  const opening = withBack(CASES["the opening screen: stride 2, padding 1"]!());
  const body = linesOf("numpy", opening)
    .filter(({ part }) => part === "body")
    .map(({ text }) => text);
  expect(body).toEqual([
    "Xp = np.pad(X, ((0, 0), (0, 0), (1, 1), (1, 1)))",
    "out_h = (Xp.shape[2] - 3) // 2 + 1",
    "out_w = (Xp.shape[3] - 3) // 2 + 1",
    "k = np.repeat(np.arange(1), 9)[:, None]",
    "i0 = np.repeat(np.arange(3), 3)",
    "i1 = 2 * np.repeat(np.arange(out_h), out_w)",
    "j0 = np.tile(np.arange(3), 3)",
    "j1 = 2 * np.tile(np.arange(out_w), out_h)",
    "i = i0[:, None] + i1",
    "j = j0[:, None] + j1",
    "cols = Xp[:, k, i, j]",
    "cols = cols.transpose(1, 2, 0).reshape(9, -1)",
    "W_row = W.reshape(1, -1)",
    "out = W_row @ cols + b",
    "Y = out.reshape(1, out_h, out_w, 1).transpose(3, 0, 1, 2)",
    "",
    "dout = delta.transpose(1, 2, 3, 0).reshape(1, -1)",
    "dcols = W_row.T @ dout",
    "dcols = dcols.reshape(9, -1, 1).transpose(2, 0, 1)",
    "dXp = np.zeros(Xp.shape)",
    "np.add.at(dXp, (slice(None), k, i, j), dcols)",
    "lossy = np.zeros(Xp.shape)",
    "lossy[:, k, i, j] += dcols  # one number a cell is left",
    "dX = dXp[:, :, 1:9, 1:9]",
  ]);
});

test.each(languages)("%s: each moment of a step has its lines, all in the body", (language) => {
  const moments: Mark[] = ["index", "gather", "multiply", "write", "back", "add", "plain"];
  for (const [name, it] of cases) {
    const lines = linesOf(language, it);
    for (const moment of moments) {
      const at = lines.filter(({ marks }) => marks?.includes(moment));
      expect(at.length, `${name}: ${moment}`).toBeGreaterThan(0);
      expect(at.every(({ part }) => part === "body")).toBe(true);
    }
  }
});

test("what cannot be written out is refused", () => {
  const large = withBack(caseOf({ C: 3, H: 80, W: 80, kH: 3, kW: 3, stride: [3, 3] }));
  for (const language of languages)
    expect(refusalOf(() => linesOf(language, large)).field).toBe("X");
});

test("with W as rows, columns, channels, filters the arrays go the same way", () => {
  const it = withBack(caseOf({ C: 3, F: 2, H: 4, W: 5, kH: 2, kW: 3, flip: true }));
  const texts = linesOf("numpy", { ...it, options: { weights: "hwio" } }).map(({ text }) => text);
  expect(texts).toEqual(
    expect.arrayContaining([
      "hwio = W.transpose(2, 3, 1, 0)",
      "flipped = np.flip(hwio, axis=(0, 1))",
      "k = np.tile(np.arange(3), 6)[:, None]",
      "i0 = np.repeat(np.arange(2), 9)",
      "j0 = np.tile(np.repeat(np.arange(3), 3), 2)",
      "W_row = flipped.reshape(-1, 2).T",
    ]),
  );
});

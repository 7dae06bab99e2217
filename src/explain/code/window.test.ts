import { describe, expect, test } from "vitest";
import { sizeOf, tensor } from "../../tensor.ts";
import {
  body,
  drawn,
  holdPrograms,
  inTypeScript,
  languages,
  named,
  offInY,
  texts,
} from "../../testing/programs.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { CASES, type Case, caseOf } from "../testing/cases.ts";
import type { LanguageName } from "./languages.ts";
import { marksAt, sourceOf } from "./program.ts";
import { TORCH } from "./testing/torch.ts";
import { variablesAt, WINDOW_PROGRAMS } from "./window.ts";

const linesOf = (language: LanguageName, { g, layer, answer }: Case) =>
  WINDOW_PROGRAMS[language].program(g, layer, answer);
const source = (language: LanguageName, it: Case) => sourceOf(linesOf(language, it));

holdPrograms({
  cases: [...named, ...drawn(120, 7)],
  source,
  mutants: { "an expected number": (it) => offInY(it, 1e-4) },
  standIn: TORCH,
});

describe("as short as the layer allows", () => {
  const opening = CASES["the opening screen: stride 2, padding 1"]!();

  test("NumPy: two loops and a slice", () => {
    expect(body(linesOf("numpy", opening))).toEqual([
      "Xp = np.pad(X, 1)",
      "out_h = (Xp.shape[0] - 3) // 2 + 1",
      "out_w = (Xp.shape[1] - 3) // 2 + 1",
      "Y = np.zeros((out_h, out_w))",
      "for i in range(out_h):",
      "  for j in range(out_w):",
      "    win = Xp[2*i:2*i+3, 2*j:2*j+3]",
      "    Y[i, j] = (win * W).sum() + b",
    ]);
    expect(texts(linesOf("numpy", opening), "check").at(-1)).toBe(
      "assert np.array_equal(Y, expected)",
    );
  });

  test("PyTorch: one call", () => {
    expect(body(linesOf("pytorch", opening))).toEqual([
      "Y = F.conv2d(X, W, b, stride=2, padding=1)",
    ]);
  });

  test("TypeScript: four loops", () => {
    expect(body(linesOf("typescript", opening))).toEqual([
      "const Xp = (row: number, column: number) =>",
      "  X[row - 1]?.[column - 1] ?? 0;",
      "const outH = Math.floor((8 + 2 - 3) / 2) + 1;",
      "const outW = Math.floor((8 + 2 - 3) / 2) + 1;",
      "const Y: number[][] = [];",
      "for (let i = 0; i < outH; i++) {",
      "  Y[i] = [];",
      "  for (let j = 0; j < outW; j++) {",
      "    let z = 0;",
      "    for (let u = 0; u < 3; u++) {",
      "      for (let v = 0; v < 3; v++) {",
      "        const x = Xp(2 * i + u, 2 * j + v);",
      "        z += x * W[u][v];",
      "      }",
      "    }",
      "    Y[i][j] = z + b;",
      "  }",
      "}",
    ]);
  });

  test("without padding nothing is padded, at stride 1 nothing is divided", () => {
    const bare = caseOf({ H: 3, W: 4, kH: 2, kW: 3 });
    for (const language of languages)
      expect(source(language, bare), language).not.toMatch(/pad|Xp|floor|\/\//);
  });

  test("PyTorch pads by itself only what conv2d cannot", () => {
    const sizes = { H: 5, W: 6, kH: 3, kW: 2 };
    const padded = (asked: Partial<Case["layer"]["spec"]>) =>
      body(linesOf("pytorch", caseOf({ ...sizes, ...asked })));
    expect(padded({ padding: [2, 1, 2, 1] })).toEqual(["Y = F.conv2d(X, W, b, padding=(2, 1))"]);
    expect(padded({ padding: [1, 2, 3, 4] })).toEqual([
      "Xp = F.pad(X, (4, 2, 1, 3))",
      "Y = F.conv2d(Xp, W, b)",
    ]);
    expect(padded({ padding: 1, padMode: "replicate", flip: true })).toEqual([
      'Xp = F.pad(X, (1, 1, 1, 1), mode="replicate")',
      "flipped = torch.flip(W, (2, 3))",
      "Y = F.conv2d(Xp, flipped, b)",
    ]);
  });
});

describe("marks", () => {
  const activated = caseOf({ H: 3, W: 4, kH: 2, kW: 3, activation: { name: "relu", alpha: 0 } });

  test.each(languages)("%s: each moment of a step has its lines, all in the body", (language) => {
    const lines = linesOf(language, activated);
    for (const mark of marksAt("output")) {
      const at = lines.filter(({ marks }) => marks?.includes(mark));
      expect(at.length, mark).toBe(1);
      expect(at[0]!.part).toBe("body");
    }
    const linear = linesOf(language, caseOf({ H: 3, W: 4, kH: 2, kW: 3 }));
    expect(linear.some(({ marks }) => marks?.includes("activate"))).toBe(false);
    expect(linear.some(({ marks }) => marks?.includes("write"))).toBe(true);
  });

  test("a single product does not write an output", () => {
    expect(marksAt("tap")).toEqual(["gather", "multiply"]);
  });
});

test("the variables are those of the NumPy program", () => {
  const opening = CASES["the opening screen: stride 2, padding 1"]!();
  expect(variablesAt(opening.g, 6)).toBe("i = 1   j = 2   win.shape = (3, 3)");
  const { g } = CASES["groups of two channels and two filters, batch, flipped, circular"]!();
  const last = sizeOf(g.shapes.Y) - 1;
  expect(variablesAt(g, last)).toBe(
    `n = 1   f = 3   first = 2   i = ${g.rows.out - 1}   j = ${g.columns.out - 1}   win.shape = (2, 3, 2)`,
  );
});

describe("what cannot be written out is refused", () => {
  test("too many numbers: the size, and one that would fit", () => {
    const large = caseOf({ C: 3, H: 80, W: 80, kH: 3, kW: 3, stride: [3, 3] });
    const { g, layer, answer } = large;
    const refusal = refusalOf(() => WINDOW_PROGRAMS.numpy.program(g, layer, answer));
    expect(refusal.field).toBe("X");
    expect(refusal.reason).toContain("19200 numbers of 1 × 3 × 80 × 80");
    expect(refusal.accepted).toBe("up to 16384 numbers, such as 1 × 3 × 73 × 73");
    for (const language of languages)
      expect(refusalOf(() => linesOf(language, large)).field, language).toBe("X");
  });

  test("the limit itself is taken", () => {
    const most = caseOf({ H: 128, W: 128, kH: 3, kW: 3, stride: [9, 9] });
    expect(source("numpy", most).split("\n").length).toBeGreaterThan(128);
  });

  test("numbers that no assert can compare", () => {
    const huge = caseOf({ H: 1, W: 1, kH: 1, kW: 1 }, { x: [1e200], w: [1e200], b: [0] });
    expect(refusalOf(() => linesOf("numpy", huge)).reason).toBe(
      "holds Infinity, which a program cannot check",
    );
  });
});

test("numbers of any size are checked: a small error of small numbers fails too", async () => {
  const unit = 1e-7;
  const tiny = caseOf({ H: 3, W: 4, kH: 2, kW: 2 }, {}, unit);
  const y = tensor(
    tiny.g.shapes.Y,
    tiny.answer.y.data.map((v) => v * (1 + 1e-6)),
  );
  const wrong = { ...tiny, answer: { ...tiny.answer, y } };
  expect(await inTypeScript([source("typescript", wrong)])).toEqual([
    expect.stringMatching(/ was expected$/),
  ]);
});

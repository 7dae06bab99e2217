import { describe, expect, test } from "vitest";
import {
  body,
  drawn,
  each,
  expectMarked,
  holdPrograms,
  languages,
  namedBack,
  offIn,
  withRandomBack,
} from "../../testing/programs.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { CASES, type CaseBack, caseOf } from "../testing/cases.ts";
import type { LanguageName } from "./languages.ts";
import { sourceOf } from "./program.ts";
import { ROTATE_PROGRAMS, rotateVariables } from "./rotate.ts";
import { SCATTER_PROGRAMS, scatterVariables } from "./scatter.ts";
import { TORCH_BACK } from "./testing/torchBack.ts";

// The programs of the input gradient: whatever way they go, they have to come to the dX of the engine.

const FAMILIES = { scatter: SCATTER_PROGRAMS, rotate: ROTATE_PROGRAMS };

const cases = each([...namedBack, ...drawn(60, 11)], withRandomBack);

type Family = keyof typeof FAMILIES;
const families = Object.keys(FAMILIES) as Family[];

const linesOf = (family: Family, language: LanguageName, { g, layer, answer }: CaseBack) =>
  FAMILIES[family][language].program(g, layer, answer);
const source = (family: Family, language: LanguageName, it: CaseBack) =>
  sourceOf(linesOf(family, language, it));

describe("as short as the layer allows", () => {
  const opening = withRandomBack(CASES["the opening screen: stride 2, padding 1"]!());

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
    const wide = withRandomBack(caseOf({ H: 3, W: 4, kH: 2, kW: 2, padding: 3 }));
    expect(body(linesOf("rotate", "numpy", wide))).toContain("D = D[2:6, 2:7]");
    expect(body(linesOf("rotate", "pytorch", wide))).toContain("D = F.pad(D, (-2, -2, -2, -2))");
    expect(source("rotate", "typescript", wide)).toContain("wide.slice(2, 6)");
  });

  test("without padding nothing is cropped", () => {
    const bare = withRandomBack(caseOf({ H: 3, W: 4, kH: 2, kW: 3 }));
    for (const language of languages)
      expect(source("scatter", language, bare), language).not.toMatch(/dXp|pad|fold/);
  });
});

describe.each(families)("%s", (family) => {
  holdPrograms({
    cases,
    source: (language, it) => source(family, language, it),
    mutants: { dX: offIn("dx") },
    standIn: TORCH_BACK,
  });

  test.each(languages)("%s: the running line is marked, in the body", (language) => {
    for (const [name, it] of cases) expectMarked(linesOf(family, language, it), ["write"], name);
  });

  test("too many numbers are refused, and an answer without the way back", () => {
    const large = withRandomBack(caseOf({ C: 3, H: 80, W: 80, kH: 3, kW: 3, stride: [3, 3] }));
    expect(refusalOf(() => linesOf(family, "numpy", large)).field).toBe("dX");
    const { g, layer, answer } = large;
    const forwardOnly = { ...answer, back: null };
    expect(refusalOf(() => FAMILIES[family].numpy.program(g, layer, forwardOnly)).field).toBe("δ");
  });
});

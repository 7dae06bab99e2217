import { describe, expect, test } from "vitest";
import { sizeOf } from "../../tensor.ts";
import {
  body,
  drawn,
  each,
  expectMarked,
  holdPrograms,
  languages,
  named,
  offIn,
} from "../../testing/programs.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { CASES, type CaseBack, caseOf, seven, withBack } from "../testing/cases.ts";
import type { LanguageName } from "./languages.ts";
import { sourceOf } from "./program.ts";
import { TORCH_UNFOLD } from "./testing/unfold.ts";
import { WEIGHTS_PROGRAMS, weightVariables } from "./weights.ts";

const cases = [
  ...each(named, (it) => withBack(it)),
  ...each(drawn(60, 5), (it) => withBack(it, { upstream: [...it.delta.data] })),
];

const linesOf = (language: LanguageName, { g, layer, answer }: CaseBack) =>
  WEIGHTS_PROGRAMS[language].program(g, layer, answer);

holdPrograms({
  cases,
  source: (language, it) => sourceOf(linesOf(language, it)),
  mutants: { dW: offIn("dw"), db: offIn("db") },
  standIn: TORCH_UNFOLD,
});

describe("as short as the layer allows", () => {
  const opening = withBack(seven());
  const grouped = withBack(
    CASES["groups of two channels and two filters, batch, flipped, circular"]!(),
  );

  test("NumPy: a strided slice times δ", () => {
    expect(body(linesOf("numpy", opening))).toEqual([
      "Xp = np.pad(X, 1)",
      "oh, ow = delta.shape",
      "dW = np.zeros((3, 3))",
      "for u in range(3):",
      "  for v in range(3):",
      "    part = Xp[u:u+2*oh:2, v:v+2*ow:2]",
      "    dW[u, v] = (part * delta).sum()",
      "db = delta.sum()",
    ]);
    expect(body(linesOf("numpy", grouped)).slice(3)).toEqual([
      "for g in range(2):",
      "  for u in range(3):",
      "    for v in range(2):",
      "      part = Xp[:, g*2:(g+1)*2, u:u+2*oh:2, 2*v:2*v+ow]",
      '      dW[g*2:(g+1)*2, :, 2-u, 1-v] = np.einsum("nfij,ncij->fc", delta[:, g*2:(g+1)*2], part)',
      "db = delta.sum(axis=(0, 2, 3))",
    ]);
  });

  test("PyTorch: one product of the windows with δ", () => {
    expect(body(linesOf("pytorch", opening))).toEqual([
      "col = F.unfold(X, (3, 3), padding=1, stride=2)",
      "rows = delta.reshape(1, 1, 16)",
      'dW = torch.einsum("nfp,nkp->fk", rows, col)',
      "dW = dW.reshape(1, 1, 3, 3)",
      "db = delta.sum((0, 2, 3))",
    ]);
  });

  test("TypeScript: four loops", () => {
    expect(body(linesOf("typescript", opening)).slice(2)).toEqual([
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
    for (const it of [opening, grouped])
      expectMarked(linesOf(language, it), ["gather", "multiply", "write", "bias"]);
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

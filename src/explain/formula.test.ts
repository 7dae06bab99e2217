import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRead } from "../axis.ts";
import { geometryOf } from "../geometry.ts";
import { specs } from "../testing/specs.ts";
import { equation, shapeLine } from "./equation.ts";
import { remainderNote, sizeFormula } from "./formula.ts";
import { caseOf } from "./testing/cases.ts";
import { plain } from "./text.ts";

type Asked = Parameters<typeof caseOf>[0];
const geometry = (asked: Partial<Asked>) => caseOf({ H: 8, W: 8, kH: 3, kW: 3, ...asked }).g;

/** The formula as arithmetic: ⌊ ⌋ is floor, · is times. */
function evaluated(formula: string): [left: number, right: number] {
  const [left, right] = formula
    .replace("⌊", "Math.floor(")
    .replace("⌋", ")")
    .replaceAll("·", "*")
    .replaceAll("−", "-")
    .split(" = ") as [string, string];
  return [Function(`return ${left}`)(), Number(right)];
}

describe("sizeFormula", () => {
  test.each<[string, Partial<Asked>]>([
    ["⌊(8 + 2·1 − 3) / 2⌋ + 1 = 4", { stride: [2, 2], padding: 1 }],
    ["8 − 3 + 1 = 6", {}],
    ["8 + 2·1 − 3 + 1 = 8", { padding: "same" }],
    ["⌊(8 + 1 + 2 − 3) / 3⌋ + 1 = 3", { stride: [3, 1], padding: [1, 0, 2, 0] }],
    ["8 + 2 − 3 + 1 = 8", { padding: [0, 0, 2, 0] }],
    ["⌊(8 − 2·(3 − 1) − 1) / 2⌋ + 1 = 2", { stride: [2, 1], dilation: [2, 1] }],
    ["8 − 1 + 1 = 8", { kH: 1, dilation: [3, 1] }],
  ])("%s", (formula, asked) => {
    expect(plain(sizeFormula(geometry(asked).rows))).toBe(formula);
  });

  test("both sides are equal, and the size the engine's, for every layer", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const { rows, columns } = geometryOf(spec);
        for (const axis of [rows, columns])
          expect(evaluated(plain(sizeFormula(axis)))).toEqual([axis.out, axis.out]);
      }),
    );
  });

  test("the numbers have the colours of what they belong to", () => {
    const formula = sizeFormula(geometry({ stride: [2, 2] }).rows);
    const coloured = formula.filter((span) => span.role !== undefined);
    expect(coloured).toEqual([
      { text: "8", role: "X" },
      { text: "3", role: "W" },
      { text: "3", role: "Y" },
    ]);
  });
});

describe("remainderNote", () => {
  test.each<[string, Partial<Asked>]>([
    ["", {}],
    ["1 padded row and column on the far edge are never read", { stride: [2, 2], padding: 1 }],
    ["1 row and column on the far edge are never read", { stride: [2, 2] }],
    ["1 row on the far edge is never read", { stride: [2, 1] }],
    ["2 columns on the far edge are never read", { stride: [1, 3] }],
    [
      "2 padded rows and 1 padded column on the far edge are never read",
      { stride: [3, 2], padding: [1, 1, 2, 1], H: 8 },
    ],
    [
      "1 padded row and 1 column on the far edge are never read",
      { stride: [2, 2], padding: [1, 0, 1, 0] },
    ],
    [
      "stride 3 is wider than the kernel's reach of 2: 1 row and 1 column in 3 are skipped",
      { stride: [3, 3], kH: 2, kW: 2 },
    ],
    ["stride 5 is wider than the kernel's reach of 3: 2 rows in 5 are skipped", { stride: [5, 1] }],
    [
      "1 column on the far edge is never read; stride 3 is wider than the kernel's reach of 1: 2 columns in 3 are skipped",
      { stride: [1, 3], kW: 1 },
    ],
    ["dilation 7 leaves gaps: 6 rows are never read", { kH: 2, dilation: [7, 1] }],
    [
      "1 row on the far edge is never read; stride 2 and dilation 2 leave gaps: 3 rows are never read",
      { stride: [2, 1], dilation: [2, 1], kH: 3 },
    ],
  ])("“%s”", (note, asked) => {
    expect(remainderNote(geometry(asked))).toBe(note);
  });

  test("says something exactly when some row or column is never read", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const g = geometryOf(spec);
        const unread = [g.rows, g.columns].some((axis) =>
          Array.from({ length: axis.padded }, (_, p) => p).some((p) => !isRead(axis, p)),
        );
        expect(remainderNote(g) !== "").toBe(unread);
      }),
    );
  });
});

describe("shapeLine", () => {
  test.each<[string, Partial<Asked>]>([
    ["1 × 1 × 8 × 8", {}],
    ["1 × 1 × 8 × 8, inside a ring of 1 zero", { padding: 1 }],
    ["1 × 1 × 8 × 8, inside a ring of 2 zeros", { padding: 2 }],
    ["1 × 1 × 8 × 8, inside a ring of 2 reflected cells", { padding: 2, padMode: "reflect" }],
    [
      "1 × 1 × 8 × 8, padded with wrapped cells: 1 above, 2 below, 3 left",
      { padding: [1, 0, 2, 3], padMode: "circular" },
    ],
  ])("%s", (line, asked) => {
    expect(shapeLine(geometry(asked))).toBe(line);
  });
});

describe("equation", () => {
  const linear = { name: "linear", alpha: 0 } as const;

  test("cross-correlation is not called convolution, and true convolution has another sign", () => {
    const correlation = equation({ flip: false, activation: linear });
    expect(plain(correlation.line)).toBe("Y = X ⋆ W + b");
    expect(correlation.subtitle).toContain("cross-correlation");
    const convolution = equation({ flip: true, activation: linear });
    expect(plain(convolution.line)).toBe("Y = X ∗ W + b");
    expect(convolution.subtitle).toBe("true convolution: the kernel is turned by 180°");
  });

  test("an activation encloses the sum", () => {
    const { line } = equation({ flip: false, activation: { name: "relu", alpha: 0 } });
    expect(plain(line)).toBe("Y = ReLU(X ⋆ W + b)");
  });
});

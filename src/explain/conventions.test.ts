import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layers } from "../testing/specs.ts";
import { nameOf } from "./cell.ts";
import { dataShape, flatKernels, wayIn, weightsShape } from "./conventions.ts";
import { cellAt, countedIn, placeOfCell } from "./rows.ts";
import { conventionWords } from "./stated.ts";
import { caseOf } from "./testing/cases.ts";
import { turnedSums } from "./turned.ts";

const { g } = caseOf({ C: 2, F: 4, H: 5, W: 6, kH: 3, kW: 3 });

test("shapes in either order", () => {
  expect(weightsShape(g, "OIHW")).toEqual([4, 2, 3, 3]);
  expect(weightsShape(g, "HWIO")).toEqual([3, 3, 2, 4]);
  expect(dataShape(g.shapes.X, "NHWC")).toEqual([1, 5, 6, 2]);
});

test("the cells of a window in another order: the same ones, and back again", () => {
  fc.assert(
    fc.property(layers(), ({ g: any }) => {
      const cells = any.shapes.R[1]!;
      const found = Array.from({ length: cells }, (_, i) => cellAt(any, "kh kw c", i));
      expect([...found].sort((a, b) => a - b)).toEqual([...found.keys()]);
      for (const [place, cell] of found.entries())
        expect(placeOfCell(any, "kh kw c", cell)).toBe(place);
    }),
    { numRuns: 50 },
  );
  // the channels of the first tap, then those of the second
  expect([0, 1, 2, 3].map((place) => cellAt(g, "kh kw c", place))).toEqual([0, 9, 1, 10]);
});

test("names count the cells of a window as they stand", () => {
  const cell = { tensor: "R", index: 18 + 9 } as const;
  expect(nameOf(g, cell)).toBe("col[1, 9]");
  expect(nameOf(countedIn(g, "kh kw c"), cell)).toBe("col[1, 1]");
  expect(nameOf(countedIn(g, "kh kw c"), { ...cell, tensor: "K" })).toBe("k[1]");
  expect(countedIn(g, "kh kw c")).toBe(countedIn(g, "kh kw c"));
  expect(countedIn(g, "c kh kw")).toBe(g);
});

test("names of the index arrays have the window first where windows are rows", () => {
  const cell = { tensor: "I", index: 18 + 9 } as const;
  expect(nameOf(g, cell)).toBe("i[9, 1]");
  expect(nameOf(countedIn(g, "c kh kw", "rows"), cell)).toBe("i[1, 9]");
  expect(nameOf(countedIn(g, "kh kw c", "rows"), { ...cell, tensor: "J" })).toBe("j[1, 1]");
  expect(countedIn(g, "c kh kw", "rows")).toBe(countedIn(g, "c kh kw", "rows"));
});

test("windows are rows unless a lens has them as columns, or the switch says so", () => {
  expect([wayIn({}), wayIn({}, "columns")]).toEqual(["rows", "columns"]);
  expect([wayIn({ col: "columns" }), wayIn({ col: "rows" }, "columns")]).toEqual([
    "columns",
    "rows",
  ]);
});

describe("W as a matrix", () => {
  test.each([
    ["OIHW", "c kh kw", "rows", "W.reshape(4, -1).T"],
    ["OIHW", "c kh kw", "columns", "W.reshape(4, -1)"],
    ["OIHW", "kh kw c", "rows", "W.transpose(0, 2, 3, 1).reshape(4, -1).T"],
    ["HWIO", "c kh kw", "rows", "W.transpose(3, 2, 0, 1).reshape(4, -1).T"],
    ["HWIO", "kh kw c", "rows", "W.reshape(-1, 4)"],
    ["HWIO", "kh kw c", "columns", "W.reshape(-1, 4).T"],
  ] as const)("%s for %s, windows as %s", (weights, order, way, text) => {
    expect(flatKernels({ w: "W", filters: 4, weights, order, way })).toBe(text);
  });
});

describe("the kernel drawn turned", () => {
  const sums = (given: Partial<Parameters<typeof caseOf>[0]>) =>
    turnedSums(caseOf({ H: 8, W: 8, kH: 3, kW: 3, ...given }).g);

  test("the taps are counted from the other end", () => {
    expect(sums({})).toEqual({
      asIs: "y[i] = Σ x[i + k]·w[k]",
      turned: "Σ x[i + 2 − k]·w̃[k]",
    });
    expect(sums({ flip: true })).toEqual({
      asIs: "y[i] = Σ x[i + 2 − k]·w[k]",
      turned: "Σ x[i + k]·w̃[k]",
    });
    expect(sums({ stride: [2, 1], dilation: [2, 1] })).toEqual({
      asIs: "y[i] = Σ x[2·i + 2·k]·w[k]",
      turned: "Σ x[2·i + 2·(2 − k)]·w̃[k]",
    });
  });

  test("it is said that this is not the layer's own flip", () => {
    expect(conventionWords(g, "turn", "turned")).toMatch(
      /Y stays, while “flip” in the settings changes Y$/,
    );
    expect(conventionWords(g, "turn", "stored")).toBe("");
    expect(conventionWords(g, "data", "nhwc")).toBe("");
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { cellsOfKind, TENSORS, type TensorName } from "../cell.ts";
import { columnsOfRows, im2colRows } from "../conv/columns.ts";
import { type Geometry, geometryOf } from "../geometry.ts";
import { relativesOf } from "../provenance.ts";
import { tensor } from "../tensor.ts";
import { specs } from "../testing/specs.ts";
import { caseOf, seven } from "./testing/cases.ts";
import { twinsOf } from "./twins.ts";

const texts = (g: Geometry, name: TensorName, index: number) =>
  Object.fromEntries(twinsOf(g, { tensor: name, index }).map(({ lens, text }) => [lens, text]));

const { g } = seven();

test("a product has a name in every matrix of windows, and on both ways back", () => {
  expect(texts(g, "T", 6 * 9 + 2)).toEqual({
    window: "product 3 of Y[1, 2]",
    im2col: "cell (6, 2) of col",
    strides: "view[oh 1, ow 2, kh 0, kw 2]",
    indices: "row 2, column 6 of X[:, k, i, j]",
    scatter: "δ[1, 2] · W[0, 2]",
    col2im: "cell (6, 2) of dcol",
    rotate: "dX[1, 5]",
    weights: "δ[1, 2] · X[1, 5]",
  });
  // a padding zero has no gradient of its own
  expect(texts(g, "R", 0)).not.toHaveProperty("rotate");
  expect(texts(g, "R", 0).weights).toBe("δ[0, 0] · a padding zero");
});

test("an input says how many copies of it there are", () => {
  expect(texts(g, "X", 9)).toMatchObject({
    window: "X[1, 1]",
    im2col: "cell (0, 8) of col, and 3 more",
    rotate: "dX[1, 1]",
  });
  expect(texts(g, "X", 2 * 8 + 4)).toMatchObject({ im2col: "cell (6, 4) of col" });
  expect(texts(g, "DX", 9).window).toBe("X[1, 1]");
});

test("outputs, weights and biases", () => {
  expect(texts(g, "Y", 6)).toEqual({
    window: "Y[1, 2]",
    im2col: "row 6 of col · Wᵀ",
    strides: "window [1, 2] of the view",
    indices: "column 6 of W · X[:, k, i, j]",
    delta: "δ[1, 2]",
    scatter: "δ[1, 2]",
    col2im: "row 6 of δ · W",
  });
  expect(texts(g, "DW", 1)).toEqual({
    window: "W[0, 1]",
    im2col: "cell (1, 0) of Wᵀ",
    weights: "dW[0, 1]",
    update: "W′[0, 1]",
  });
  expect(texts(g, "b", 0)).toEqual({ window: "b", weights: "db", update: "b′" });
});

test("samples and channels are named where there are several", () => {
  const many = caseOf({ N: 2, C: 4, F: 2, groups: 2, H: 3, W: 3, kH: 2, kW: 2 }).g;
  // sample 1, filter 1, place (1, 0): its window reads channels 2 and 3
  const y = (1 * 2 + 1) * 4 + 2;
  expect(texts(many, "T", y * 8 + 7)).toMatchObject({
    im2col: "cell (6, 15) of col",
    strides: "view[n 1, oh 1, ow 0, c 3, kh 1, kw 1]",
    indices: "row 15, column 5 of X[:, k, i, j]",
  });
  expect(texts(many, "Y", y).strides).toBe("window [1, 1, 0] of the view");
});

test("matrices of windows lie as the switch says", () => {
  const said = (col: string, tensor: TensorName, index: number) =>
    Object.fromEntries(
      twinsOf(g, { tensor, index }, { col }).map(({ lens, text }) => [lens, text]),
    );
  expect(said("columns", "T", 6 * 9 + 2)).toMatchObject({
    im2col: "cell (2, 6) of col",
    indices: "row 2, column 6 of X[:, k, i, j]",
    col2im: "cell (2, 6) of dcol",
  });
  expect(said("rows", "T", 6 * 9 + 2)).toMatchObject({
    im2col: "cell (6, 2) of col",
    indices: "row 6, column 2 of X[:, k, i, j]",
    col2im: "cell (6, 2) of dcol",
  });
  expect(said("columns", "Y", 6)).toMatchObject({
    im2col: "column 6 of W · col",
    col2im: "column 6 of Wᵀ · δ",
  });
  expect(said("rows", "Y", 6).indices).toBe("row 6 of X[:, k, i, j] · Wᵀ");
  expect(said("columns", "W", 1).im2col).toBe("cell (0, 1) of W");
});

test("the places named are those of the engine's matrices", () => {
  fc.assert(
    fc.property(specs, fc.nat(), (spec, at) => {
      const g = geometryOf(spec);
      // numbers that tell where they come from; 0 is padding
      const x = tensor(g.shapes.X);
      x.data.forEach((_, i) => {
        x.data[i] = i + 1;
      });
      const rows = im2colRows(g, x);
      const columns = columnsOfRows(g, rows);
      const index = at % cellsOfKind(g, "R");
      const { im2col, indices } = texts(g, "R", index);
      const [, i, j] = /cell \((\d+), (\d+)\)/.exec(im2col!)!.map(Number);
      const [, k, l] = /row (\d+), column (\d+)/.exec(indices!)!.map(Number);
      expect(i! * rows.shape[1]! + j!).toBe(index);
      expect(columns.data[k! * columns.shape[1]! + l!]).toBe(rows.data[index]);
    }),
    { numRuns: 60 },
  );
});

test("every twin is a cell that exists, and a relative", () => {
  fc.assert(
    fc.property(specs, fc.constantFrom(...Object.keys(TENSORS)), fc.nat(), (spec, name, at) => {
      const g = geometryOf(spec);
      const of = name as TensorName;
      const ref = { tensor: of, index: at % cellsOfKind(g, TENSORS[of].kind) };
      const isRelative = relativesOf(g, ref);
      for (const { tensor, index, text } of twinsOf(g, ref)) {
        expect(isRelative(tensor)!(index), `${name} ${tensor}`).toBe(true);
        expect(text).not.toMatch(/undefined|NaN/);
      }
    }),
    { numRuns: 120 },
  );
});

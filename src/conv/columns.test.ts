import fc from "fast-check";
import { expect, test } from "vitest";
import { geometryOf, visitOutput } from "../geometry.ts";
import { DEFAULTS } from "../spec.ts";
import { ravel, tensor, unravel } from "../tensor.ts";
import { expectEqual, layers } from "../testing/specs.ts";
import {
  colAt,
  colCell,
  columnShape,
  columnsOfOutput,
  columnsOfRows,
  im2colColumns,
  im2colRows,
  outputOfColumns,
  outputOfRows,
  rowsOfOutput,
  rowsOfUnfold,
  unfold,
} from "./columns.ts";

/** 2 × 3 cells a channel, windows of 1 × 2, no padding: four windows. */
const SIZES = { N: 1, C: 2, H: 2, W: 3, F: 1, kH: 1, kW: 2 };
const g = geometryOf({ ...DEFAULTS, ...SIZES });
const x = tensor(g.shapes.X, [1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60]);

test("a matrix that can be checked by looking: every window a row, channels side by side", () => {
  // biome-ignore format: one window a line
  expect(im2colRows(g, x)).toEqual(tensor([4, 4], [
    1, 2, 10, 20,
    2, 3, 20, 30,
    4, 5, 40, 50,
    5, 6, 50, 60,
  ]));
  // biome-ignore format: one cell of the window a line
  expect(unfold(g, x)).toEqual(tensor([1, 4, 4], [
    1, 2, 4, 5,
    2, 3, 5, 6,
    10, 20, 40, 50,
    20, 30, 50, 60,
  ]));
});

test("the batch is fastest in the columns", () => {
  const two = geometryOf({ ...DEFAULTS, ...SIZES, N: 2, C: 1, H: 1 });
  const pair = tensor(two.shapes.X, [1, 2, 3, 10, 20, 30]);
  expect(im2colColumns(two, pair)).toEqual(tensor([2, 4], [1, 10, 2, 20, 2, 20, 3, 30]));
});

test("the windows of a group are the taps of its outputs, in their order", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      const col = im2colRows(g, layer.x);
      const [positions, window] = columnShape(g);
      expect(col.shape).toEqual([positions, window]);
      for (const [y] of tensor(g.shapes.Y).data.entries()) {
        const [n, f, oh, ow] = unravel(g.shapes.Y, y) as [number, number, number, number];
        const row = ravel([g.spec.N, g.rows.out, g.columns.out], [n, oh, ow]);
        const group = Math.floor(f / g.filtersPerGroup);
        let cell = row * window + group * g.window;
        visitOutput(g, y, (_p, i) => {
          expect(col.data[cell++]).toBe(i < 0 ? 0 : layer.x.data[i]);
        });
      }
    }),
  );
});

test("a cell on its own is the cell of the matrix", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      const col = im2colRows(g, layer.x);
      for (const [i, v] of col.data.entries()) {
        const [row, column] = unravel(col.shape, i) as [number, number];
        expect(colCell(g, layer.x, row, column)).toBe(v);
      }
    }),
  );
});

test("where a cell comes from: the padded cell that the tap reads, and its input", () => {
  fc.assert(
    fc.property(layers(), ({ g }) => {
      const plane = g.rows.out * g.columns.out;
      for (let oh = 0; oh < plane; oh++) {
        let column = 0;
        visitOutput(g, oh, (p, i) => {
          expect(colAt(g, oh, column++)).toEqual({ p, x: i });
        });
      }
    }),
  );
});

test("a matrix of hundreds of millions of cells gives any of them at once", () => {
  const large = geometryOf({ ...DEFAULTS, N: 1, C: 3, H: 1024, W: 1024, F: 1, kH: 9, kW: 9 });
  const [positions, window] = columnShape(large);
  expect(positions * window).toBeGreaterThan(2e8);
  const last = colAt(large, positions - 1, window - 1);
  expect(last).toEqual({ p: 3 * 1024 * 1024 - 1, x: 3 * 1024 * 1024 - 1 });
});

test("the layouts hold the same numbers, and each leads back", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer, delta }) => {
      const rows = im2colRows(g, layer.x);
      const [positions, window] = columnShape(g);
      const perSample = positions / g.spec.N;
      const columns = im2colColumns(g, layer.x);
      const unfolded = unfold(g, layer.x);
      expect(columns.shape).toEqual([window, positions]);
      expect(unfolded.shape).toEqual([g.spec.N, window, perSample]);
      for (const [i, v] of rows.data.entries()) {
        const [row, cell] = unravel(rows.shape, i) as [number, number];
        const [n, position] = [Math.floor(row / perSample), row % perSample];
        expect(columns.data[ravel(columns.shape, [cell, position * g.spec.N + n])]).toBe(v);
        expect(unfolded.data[ravel(unfolded.shape, [n, cell, position])]).toBe(v);
      }
      expectEqual(columnsOfRows(g, rows), columns);
      expectEqual(rowsOfUnfold(g, unfolded), rows);
      expectEqual(outputOfRows(g, rowsOfOutput(g, delta)), delta);
      expectEqual(outputOfColumns(g, columnsOfOutput(g, delta)), delta);
    }),
  );
});

test("outputs as a matrix: one row a position, or one column with the batch fastest", () => {
  fc.assert(
    fc.property(layers(), ({ g, delta }) => {
      const rows = rowsOfOutput(g, delta);
      const columns = columnsOfOutput(g, delta);
      const { N, F } = g.spec;
      for (const [y, v] of delta.data.entries()) {
        const [n, f, oh, ow] = unravel(g.shapes.Y, y) as [number, number, number, number];
        const position = oh * g.columns.out + ow;
        const row = n * g.rows.out * g.columns.out + position;
        expect(rows.data[ravel([columnShape(g)[0], F], [row, f])]).toBe(v);
        expect(columns.data[ravel([F, columnShape(g)[0]], [f, position * N + n])]).toBe(v);
      }
    }),
  );
});

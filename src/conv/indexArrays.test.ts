import fc from "fast-check";
import { expect, test } from "vitest";
import { geometryOf, visitOutput } from "../geometry.ts";
import { DEFAULTS } from "../spec.ts";
import { tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { expectEqual, inner, layers, tensors } from "../testing/specs.ts";
import { col2imPadded, coverage } from "./col2im.ts";
import { columnShape, columnsOfRows, im2colColumns, im2colRows } from "./columns.ts";
import { rowGradient } from "./im2col.ts";
import { addAt, columnGradient, gather, indexArrays, plainAdd } from "./indexArrays.ts";
import { padInput } from "./pad.ts";

test("k, i and j of two channels of 3 × 4, windows of 2 × 2 every two columns", () => {
  const sizes = { N: 1, C: 2, H: 3, W: 4, F: 1, kH: 2, kW: 2 };
  const g = geometryOf({
    ...DEFAULTS,
    ...sizes,
    stride: [1, 2],
    dilation: [1, 2],
    padding: [0, 1, 0, 0],
  });
  // Positions: (0, 0), (0, 2), (1, 0), (1, 2). Padded columns: 5.
  const { k, i, j, flatIndex } = indexArrays(g);
  expect(k).toEqual(tensor([8, 1], [0, 0, 0, 0, 1, 1, 1, 1]));
  const channel = {
    i: [
      [0, 0, 1, 1],
      [0, 0, 1, 1],
      [1, 1, 2, 2],
      [1, 1, 2, 2],
    ],
    j: [
      [0, 2, 0, 2],
      [2, 4, 2, 4],
      [0, 2, 0, 2],
      [2, 4, 2, 4],
    ],
  };
  expect(i).toEqual(tensor([8, 4], [...channel.i, ...channel.i].flat()));
  expect(j).toEqual(tensor([8, 4], [...channel.j, ...channel.j].flat()));
  expect([...flatIndex.data.slice(0, 8)]).toEqual([0, 2, 5, 7, 2, 4, 7, 9]);
  expect([...flatIndex.data.slice(-4)]).toEqual([22, 24, 27, 29]);
});

test("they point where the taps of the first group read", () => {
  fc.assert(
    fc.property(layers(), ({ g }) => {
      const { flatIndex } = indexArrays(g);
      const positions = g.rows.out * g.columns.out;
      for (let position = 0; position < positions; position++) {
        let cell = 0;
        visitOutput(g, position, (p) => {
          expect(flatIndex.data[cell++ * positions + position]).toBe(p);
        });
      }
    }),
  );
});

test("what they gather are the columns of im2col", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      expectEqual(gather(g, layer.x), im2colColumns(g, layer.x));
    }),
  );
});

test("both products with δ are the same matrix in two layouts", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer, delta }) => {
      expectEqual(
        columnGradient(g, layer.w, delta),
        columnsOfRows(g, rowGradient(g, layer.w, delta)),
      );
    }),
  );
});

const withColumns = layers().chain((asked) => {
  const [positions, window] = columnShape(asked.g);
  return tensors([window, positions]).map((columns) => ({ ...asked, columns }));
});

test("add.at is the adjoint of the gathering: ⟨X[:, k, i, j], a⟩ = ⟨X padded, add.at a⟩", () => {
  fc.assert(
    fc.property(withColumns, ({ g, layer, columns }) => {
      const back = addAt(g, columns);
      expect(back.shape).toEqual(g.shapes.P);
      expect(inner(gather(g, layer.x), columns)).toBe(inner(padInput(g, layer.x), back));
    }),
  );
});

test("add.at of the gathered is col2im of the rows", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      const rows = im2colRows(g, layer.x);
      expectEqual(addAt(g, gather(g, layer.x)), col2imPadded(g, rows));
    }),
  );
});

test("the plain += keeps the last of the numbers for a cell: wrong where windows overlap, only there", () => {
  // 1 × 3 cells, windows of 2. The middle cell is the second of the first window, the first of the second.
  const g = geometryOf({ ...DEFAULTS, N: 1, C: 1, H: 1, W: 3, F: 1, kH: 1, kW: 2 });
  const columns = tensor([2, 2], [1, 2, 30, 40]);
  expect([...addAt(g, columns).data]).toEqual([1, 32, 40]);
  // the middle cell is tap 1 of window 0 and tap 0 of window 1
  expect([...plainAdd(g, columns).data]).toEqual([1, 30, 40]);
  expect([...plainAdd(g, columns, "rows").data]).toEqual([1, 2, 40]);
  fc.assert(
    fc.property(withColumns, ({ g, columns: ones }) => {
      const counts = coverage(g).data;
      const all = { ...ones, data: ones.data.map(() => 1) };
      const right = addAt(g, all).data;
      for (const wrong of [plainAdd(g, all).data, plainAdd(g, all, "rows").data])
        for (const [p, n] of right.entries()) {
          expect(n).toBe(counts[p % counts.length]);
          expect(wrong[p] === n).toBe(n <= 1);
        }
    }),
  );
});

test("columns of another shape are refused", () => {
  const g = geometryOf({ ...DEFAULTS, N: 1, C: 1, H: 4, W: 5, F: 1, kH: 3, kW: 3 });
  for (const ask of [addAt, plainAdd])
    expect(refusalOf(() => ask(g, tensor([6, 9]))).message).toContain("a tensor of 9 × 6");
});

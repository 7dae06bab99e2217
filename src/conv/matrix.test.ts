import fc from "fast-check";
import { expect, test } from "vitest";
import { permute } from "../strided.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { expectEqual, tensors } from "../testing/specs.ts";
import {
  type Matrix,
  matrixOf,
  multiply,
  oneBelowOther,
  sideBySide,
  transposed,
} from "./matrix.ts";

function product(a: Tensor, b: Tensor): Tensor {
  const into = tensor([a.shape[0]!, b.shape[1]!]);
  multiply(matrixOf(into), matrixOf(a), matrixOf(b));
  return into;
}

test("a product that can be checked in one's head", () => {
  const a = tensor([2, 3], [1, 2, 3, 4, 5, 6]);
  const b = tensor([3, 1], [1, 10, 100]);
  expect(product(a, b)).toEqual(tensor([2, 1], [321, 654]));
});

test("blocks are the matrix, cut where one would cut it, and writing into one writes the matrix", () => {
  const m = tensor([2, 4], [1, 2, 3, 4, 5, 6, 7, 8]);
  const one = matrixOf(tensor([1, 1], [1]));
  const [left, right] = sideBySide(matrixOf(m), 2) as [Matrix, Matrix];
  expect([left, right].map(({ offset, rows, columns }) => [offset, rows, columns])).toEqual([
    [0, 2, 2],
    [2, 2, 2],
  ]);
  const [upper, lower] = oneBelowOther(matrixOf(m), 2) as [Matrix, Matrix];
  expect([upper, lower].map(({ offset, rows, columns }) => [offset, rows, columns])).toEqual([
    [0, 1, 4],
    [4, 1, 4],
  ]);
  multiply(lower, one, matrixOf(tensor([1, 4], [-1, -2, -3, -4])));
  expect([...m.data]).toEqual([1, 2, 3, 4, -1, -2, -3, -4]);
});

// Cells are summed in blocks of two rows and four columns: sizes on either side of one, two and more blocks.
const size = fc.integer({ min: 1, max: 9 });

test("each cell is the sum of its products, from the first to the last", () => {
  const numbers = fc.double({ min: -9, max: 9, noNaN: true });
  const factors = fc
    .tuple(size, size, size)
    .chain(([m, k, n]) => fc.tuple(tensors([m, k], numbers), tensors([k, n], numbers)));
  fc.assert(
    fc.property(factors, ([a, b]) => {
      const [m, k, n] = [a.shape[0]!, a.shape[1]!, b.shape[1]!];
      const cells = Array.from({ length: m * n }, (_, cell) => {
        let sum = 0;
        for (let i = 0; i < k; i++)
          sum += a.data[Math.floor(cell / n) * k + i]! * b.data[i * n + (cell % n)]!;
        return sum;
      });
      expectEqual(product(a, b), tensor([m, n], cells));
    }),
  );
});

test("(a · b)ᵀ = bᵀ · aᵀ, by matrices turned in place", () => {
  const factors = fc
    .tuple(size, size, size)
    .chain(([m, k, n]) => fc.tuple(tensors([m, k]), tensors([k, n])));
  fc.assert(
    fc.property(factors, ([a, b]) => {
      const ab = product(a, b);
      const turned = tensor([b.shape[1]!, a.shape[0]!]);
      multiply(matrixOf(turned), transposed(matrixOf(b)), transposed(matrixOf(a)));
      expectEqual(turned, permute(ab, [1, 0]));
    }),
  );
});

test("a product block by block is the product", () => {
  const factors = fc
    .tuple(size, size, size)
    .chain(([m, k, n]) => fc.tuple(tensors([2 * m, k]), tensors([k, 3 * n])));
  fc.assert(
    fc.property(factors, ([a, b]) => {
      const whole = tensor([a.shape[0]!, b.shape[1]!]);
      for (const [i, rows] of oneBelowOther(matrixOf(whole), 2).entries())
        for (const [j, into] of sideBySide(rows, 3).entries())
          multiply(into, oneBelowOther(matrixOf(a), 2)[i]!, sideBySide(matrixOf(b), 3)[j]!);
      expectEqual(whole, product(a, b));
    }),
  );
});

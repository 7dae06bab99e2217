import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { inner, tensors } from "../testing/specs.ts";
import { linear, linearInputGradient, linearWeightGradients, matrixProduct } from "./linear.ts";

const x = tensor([2, 3], [1, 2, 3, 4, 5, 6]);
const w = tensor([3, 2], [1, 10, 2, 20, 3, 30]);

test("a linear layer that can be checked in one's head", () => {
  expect(linear(x, w, tensor([2], [100, 0]))).toEqual(tensor([2, 2], [114, 140, 132, 320]));
});

test("its gradients move ⟨dy, y⟩ as its inputs do: it is linear in each", () => {
  const sizes = fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 5 })));
  const asked = sizes.chain(([n = 1, i = 1, o = 1]) =>
    fc.record({
      ...{ x: tensors([n, i]), w: tensors([i, o]), b: tensors([o]), dy: tensors([n, o]) },
    }),
  );
  fc.assert(
    fc.property(asked, ({ x, w, b, dy }) => {
      const none = tensor(b.shape);
      const { dw, db } = linearWeightGradients(x, dy);
      const product = inner(dy, linear(x, w, none));
      expect(inner(linearInputGradient(w, dy), x)).toBe(product);
      expect(inner(dw, w)).toBe(product);
      expect(inner(db, b)).toBe(inner(dy, linear(x, w, b)) - product);
    }),
  );
});

const plain = { alpha: 1, beta: 1, transA: false, transB: false };

describe("GEMM", () => {
  test("factors, and matrices turned", () => {
    const turned = { ...plain, alpha: 2, beta: -1, transA: true, transB: true };
    const c = tensor([3, 3], [0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect([...matrixProduct(turned, x, w, c).data]).toEqual([
      82, 164, 246, 104, 208, 312, 126, 252, 377,
    ]);
  });

  test.each<[string, readonly number[], number[], number[]]>([
    ["a scalar", [], [7], [7, 7, 7, 7]],
    ["a row", [2], [7, 8], [7, 8, 7, 8]],
    ["a row of two axes", [1, 2], [7, 8], [7, 8, 7, 8]],
    ["a column", [2, 1], [7, 8], [7, 7, 8, 8]],
    ["one number", [1], [7], [7, 7, 7, 7]],
    ["a matrix", [2, 2], [1, 2, 3, 4], [1, 2, 3, 4]],
  ])("%s is repeated to the shape of the product", (_what, shape, data, expected) => {
    const none = tensor([2, 2]);
    expect([...matrixProduct(plain, none, none, tensor(shape, data)).data]).toEqual(expected);
  });
});

test.each<[string, () => unknown, string]>([
  ["rows that do not meet the columns", () => linear(x, x, tensor([3])), "W"],
  ["a bias of another length", () => linear(x, w, tensor([3])), "b"],
  ["an input of three axes", () => linear(tensor([1, 2, 3]), w, tensor([2])), "X"],
  ["a gradient of other samples", () => linearWeightGradients(x, tensor([3, 2])), "∂L/∂Y"],
  ["a c that does not fit", () => matrixProduct(plain, x, w, tensor([3])), "c"],
  ["a c of three axes", () => matrixProduct(plain, x, w, tensor([1, 2, 2])), "c"],
])("%s is refused", (_what, ask, field) => {
  expect(refusalOf(ask).field).toBe(field);
});

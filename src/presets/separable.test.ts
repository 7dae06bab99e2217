import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KERNELS, type KernelName, type KernelRow } from "./kernels.ts";
import { kernelSum, separable } from "./separable.ts";

function factorsOf(name: KernelName) {
  const row: KernelRow = KERNELS[name];
  const [kH, kW] = row.size;
  const weights = row.make({ kH, kW, argument: 0, seed: 1, filter: 0, channel: 0 });
  return separable(weights, kH, kW);
}

describe("separable", () => {
  test("gives the factors as a book prints them", () => {
    expect(factorsOf("sobel-x")).toEqual({ column: [1, 2, 1], row: [-1, 0, 1] });
    expect(factorsOf("sobel-y")).toEqual({ column: [-1, 0, 1], row: [1, 2, 1] });
    expect(factorsOf("scharr-x")).toEqual({ column: [3, 10, 3], row: [-1, 0, 1] });
    expect(factorsOf("gaussian")).toEqual({ column: [1, 2, 1], row: [1, 2, 1] });
    expect(factorsOf("corner")).toEqual({ column: [1, -2, 1], row: [1, -2, 1] });
    expect(factorsOf("box")).toEqual({ column: [1, 1, 1], row: [1 / 9, 1 / 9, 1 / 9] });
    expect(separable([-2, -4], 1, 2)).toEqual({ column: [-2], row: [1, 2] });
  });

  test("is null for kernels of another rank", () => {
    for (const name of ["laplacian", "roberts", "outline", "sharpen", "zeros", "diagonal"] as const)
      expect(factorsOf(name), name).toBeNull();
    expect(separable([1, 0, Number.NaN, 0], 2, 2)).toBeNull();
  });

  const factor = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 5 });

  test("any product of whole factors is taken apart into whole factors of the same product", () => {
    fc.assert(
      fc.property(factor, factor, (column, row) => {
        const kernel = column.flatMap((a) => row.map((b) => a * b || 0));
        fc.pre(kernel.some((w) => w !== 0));
        const found = separable(kernel, column.length, row.length)!;
        expect(found.column.flatMap((a) => found.row.map((b) => a * b || 0))).toEqual(kernel);
        expect([...found.column, ...found.row].every(Number.isInteger)).toBe(true);
      }),
    );
  });

  test("a product with one weight changed is no product, unless it is a line", () => {
    fc.assert(
      fc.property(factor, factor, (column, row) => {
        fc.pre(column.length > 1 && row.length > 1);
        fc.pre(![...column, ...row].includes(0));
        const kernel = column.flatMap((a) => row.map((b) => a * b));
        kernel[0]! += 1;
        expect(separable(kernel, column.length, row.length)).toBeNull();
      }),
    );
  });
});

test("the sum of nine ninths is 1, and what large weights swallow is not lost", () => {
  expect(kernelSum(new Array(9).fill(1 / 9))).toBe(1);
  expect(kernelSum([1e100, 1, -1e100])).toBe(1);
  expect(kernelSum([])).toBe(0);
});

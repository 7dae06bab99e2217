import fc from "fast-check";
import { expect, test } from "vitest";
import { MOST_CELLS, maxDifference, ravel, sizeOf, tensor, unravel } from "./tensor.ts";
import { refusalOf } from "./testing/refusal.ts";

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });

test("unravel counts like the hands of a clock: last axis fastest", () => {
  expect(unravel([2, 3, 4], 0)).toEqual([0, 0, 0]);
  expect(unravel([2, 3, 4], 5)).toEqual([0, 1, 1]);
  expect(unravel([2, 3, 4], 23)).toEqual([1, 2, 3]);
});

test("ravel is the inverse of unravel", () => {
  fc.assert(
    fc.property(shapes, fc.nat(), (shape, seed) => {
      const index = seed % sizeOf(shape);
      const at = unravel(shape, index);
      for (const [axis, i] of at.entries()) expect(i).toBeLessThan(shape[axis]!);
      expect(ravel(shape, at)).toBe(index);
    }),
  );
});

test("a tensor holds its numbers as they are, or zeros", () => {
  const data = Float64Array.of(1, 2, 3, 4, 5, 6);
  expect(tensor([2, 3], data).data).toBe(data);
  expect([...tensor([2, 1], [1, 0.1]).data]).toEqual([1, 0.1]);
  expect([...tensor([2, 2]).data]).toEqual([0, 0, 0, 0]);
  expect([...tensor([], [7]).data]).toEqual([7]);
});

test.each([
  ["a length that is not whole", [2, 1.5], undefined],
  ["a negative length", [-1], undefined],
  ["a length that is not a number", [Number.NaN], undefined],
  ["too few numbers", [2, 2], [1, 2, 3]],
  ["too many numbers", [2, 2], [1, 2, 3, 4, 5]],
  ["more cells than an index can count", [MOST_CELLS, 2], undefined],
])("%s is refused under the name given", (_what, shape, data) => {
  expect(refusalOf(() => tensor(shape, data, "X")).field).toBe("X");
});

test("the largest difference, and NaN wherever there is one", () => {
  const of = (...numbers: number[]) => Float64Array.from(numbers);
  expect(maxDifference(of(1, 2, 3), of(1, 4, 2.5))).toBe(2);
  expect(maxDifference(of(0), of(-0))).toBe(0);
  expect(maxDifference(of(), of())).toBe(0);
  expect(maxDifference(of(Number.NaN, 1), of(Number.NaN, 2))).toBeNaN();
  expect(maxDifference(of(1, Number.NaN), of(9, 1))).toBeNaN();
  expect(refusalOf(() => maxDifference(of(1), of(1, 2))).field).toBe("difference");
});

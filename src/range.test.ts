import fc from "fast-check";
import { expect, test } from "vitest";
import { ranged, rangeOf } from "./range.ts";
import { tensor } from "./tensor.ts";

test("the range of numbers is that of Math.min and Math.max, in either width", () => {
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true }), { minLength: 1 }), (numbers) => {
      const expected = [Math.min(...numbers), Math.max(...numbers)].map((v) => v + 0);
      for (const data of [Float64Array.from(numbers), Float32Array.from(numbers)])
        expect(rangeOf(tensor([numbers.length], data)).map((v) => v + 0)).toEqual(expected);
    }),
  );
});

test("NaN is no number, and without numbers there is a range still", () => {
  expect(rangeOf(tensor([3], [Number.NaN, 2, -1]))).toEqual([-1, 2]);
  expect(rangeOf(tensor([1], [Number.NaN]))).toEqual([0, 0]);
  expect(rangeOf(tensor([0]))).toEqual([0, 0]);
});

test("what is told is believed", () => {
  const told = ranged(tensor([2], [1, 5]));
  expect(told).toMatchObject({ shape: [2], range: [1, 5] });
  expect(rangeOf({ ...told, data: Float64Array.of(0, 9) })).toEqual([1, 5]);
});

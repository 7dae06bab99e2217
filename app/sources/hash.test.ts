import { expect, test } from "vitest";
import { tensor } from "#engine";
import { hashOf } from "./hash.ts";

const of = (shape: number[], data: number[]) => hashOf(tensor(shape, data));

test("equal tensors have equal names, of 14 plain letters and digits", () => {
  expect(of([1, 2], [3, 4])).toBe(of([1, 2], [3, 4]));
  expect(of([1, 2], [3, 4])).toMatch(/^[0-9a-z]{14}$/);
});

test("a changed number, order or shape changes the name", () => {
  const names = [
    of([1, 2], [3, 4]),
    of([2, 1], [3, 4]),
    of([1, 2], [4, 3]),
    of([1, 2], [3, 4.000001]),
    of([1, 2], [3, -4]),
  ];
  expect(new Set(names).size).toBe(names.length);
});

test("a thousand small images have a thousand names, all of one length", () => {
  const names = Array.from({ length: 1000 }, (_, i) => of([1, 2], [i % 32, Math.floor(i / 32)]));
  expect(new Set(names).size).toBe(1000);
  expect(new Set(names.map((name) => name.length))).toEqual(new Set([14]));
});

test("only the numbers of the tensor count, not what lies beside them in its buffer", () => {
  const wide = Float64Array.of(9, 3, 4, 9);
  expect(hashOf({ shape: [1, 2], data: wide.subarray(1, 3) })).toBe(of([1, 2], [3, 4]));
});

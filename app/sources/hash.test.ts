import { expect, test } from "vitest";
import { tensor } from "#engine";
import { hashOf } from "./hash.ts";

const of = (shape: number[], data: number[]) => hashOf(tensor(shape, data));

test("equal tensors have equal names, of 14 plain letters and digits", async () => {
  expect(await of([1, 2], [3, 4])).toBe(await of([1, 2], [3, 4]));
  expect(await of([1, 2], [3, 4])).toMatch(/^[0-9a-z]{14}$/);
});

test("a changed number, order or shape changes the name", async () => {
  const names = await Promise.all([
    of([1, 2], [3, 4]),
    of([2, 1], [3, 4]),
    of([1, 2], [4, 3]),
    of([1, 2], [3, 4.000001]),
    of([1, 2], [3, -4]),
  ]);
  expect(new Set(names).size).toBe(names.length);
});

test("a thousand small images have a thousand names, all of one length", async () => {
  const names = await Promise.all(
    Array.from({ length: 1000 }, (_, i) => of([1, 2], [i % 32, Math.floor(i / 32)])),
  );
  expect(new Set(names).size).toBe(1000);
  expect(new Set(names.map((name) => name.length))).toEqual(new Set([14]));
});

test("only the numbers of the tensor count, not what lies beside them in its buffer", async () => {
  const wide = Float64Array.of(9, 3, 4, 9);
  expect(await hashOf({ shape: [1, 2], data: wide.subarray(1, 3) })).toBe(await of([1, 2], [3, 4]));
});

test("a long tensor is hashed whole: its last number counts", async () => {
  const many = (last: number) => {
    const data = new Float32Array(2 ** 19 + 3);
    data[data.length - 1] = last;
    return hashOf(tensor([data.length], data));
  };
  expect(await many(1)).not.toBe(await many(2));
  expect(await many(1)).toBe(await many(1));
});

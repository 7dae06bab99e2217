import fc from "fast-check";
import { expect, test } from "vitest";
import { permute, placeOf, readView, reshape, stridesOf } from "./strided.ts";
import { ravel, sizeOf, tensor, unravel } from "./tensor.ts";
import { refusalOf } from "./testing/refusal.ts";

const lengths = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

/** A tensor of 0, 1, 2, …: each cell holds its own index. */
function counted(shape: readonly number[]) {
  return tensor(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => i),
  );
}

test("strides of a tensor: the last axis steps by 1", () => {
  expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
  expect(stridesOf([5])).toEqual([1]);
});

test("the view of a tensor as it lies is the tensor", () => {
  fc.assert(
    fc.property(lengths, (shape) => {
      const t = counted(shape);
      expect(readView(t.data, { shape, strides: stridesOf(shape), offset: 0 })).toEqual(t);
    }),
  );
});

test("a view reads offset + Σ index · stride, windows that overlap and all", () => {
  const memory = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  const view = { shape: [3, 2], strides: [2, 3], offset: 1 };
  expect([...readView(memory, view).data]).toEqual([1, 4, 3, 6, 5, 8]);
  expect([0, 1, 2, 3, 4, 5].map((i) => placeOf(view, i))).toEqual([1, 4, 3, 6, 5, 8]);
});

test("where a cell lies is what is read there", () => {
  const strides = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(lengths, strides, fc.nat(7), (shape, all, offset) => {
      const view = { shape, strides: all.slice(0, shape.length), offset };
      const cells = readView(counted([200]).data, view).data;
      for (const [i, place] of cells.entries()) expect(place).toBe(placeOf(view, i));
    }),
  );
});

test("permute: axis a of the answer is axis order[a] of the question", () => {
  fc.assert(
    fc.property(
      lengths.chain((shape) =>
        fc
          .shuffledSubarray([...shape.keys()], { minLength: shape.length })
          .map((order) => ({ shape, order })),
      ),
      ({ shape, order }) => {
        const permuted = permute(counted(shape), order);
        expect(permuted.shape).toEqual(order.map((axis) => shape[axis]));
        for (const [i, v] of permuted.data.entries()) {
          const at = unravel(permuted.shape, i);
          const from = shape.map((_, axis) => at[order.indexOf(axis)]!);
          expect(v).toBe(ravel(shape, from));
        }
      },
    ),
  );
});

test("reshape keeps the numbers and their order", () => {
  const t = counted([2, 6]);
  expect(reshape(t, [3, 4])).toEqual({ shape: [3, 4], data: t.data });
  expect(refusalOf(() => reshape(t, [3, 5])).reason).toContain("12 numbers");
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { inner, nudged, tensors } from "../testing/specs.ts";
import { pool2d, pool2dGradient, poolArgmax } from "./pool.ts";
import { checkPool, type PoolSpec, poolGeometry } from "./poolGeometry.ts";

const asked = {
  ...{ kind: "max", N: 1, C: 1, H: 4, W: 4, kernel: [2, 2], stride: [2, 2], dilation: [1, 1] },
  ...{ padding: [0, 0, 0, 0], ceilMode: false, countIncludePad: false },
};

const geometry = (change: object = {}) => poolGeometry(checkPool({ ...asked, ...change }));

/** 1 2 3 4 / 5 6 7 8 / … */
const counting = (H: number, W: number) =>
  tensor(
    [1, 1, H, W],
    Array.from({ length: H * W }, (_, i) => i + 1),
  );

describe("numbers that can be checked in one's head", () => {
  test.each<[string, object, number[]]>([
    ["max", {}, [6, 8, 14, 16]],
    ["average", { kind: "avg" }, [3.5, 5.5, 11.5, 13.5]],
    ["overlapping", { stride: [1, 2] }, [6, 8, 10, 12, 14, 16]],
    ["dilated", { dilation: [2, 1], stride: [1, 2] }, [10, 12, 14, 16]],
    ["wider than high", { kernel: [1, 3], stride: [3, 1] }, [3, 4, 15, 16]],
    ["ceilMode adds a last window", { H: 3, W: 4, ceilMode: true }, [6, 8, 10, 12]],
    ["without it the row is not read", { H: 3, W: 4 }, [6, 8]],
    [
      "a window that begins in the padding after it is dropped",
      {
        H: 2,
        W: 2,
        kernel: [3, 3],
        stride: [3, 3],
        padding: [1, 1, 1, 1],
        ceilMode: true,
        kind: "avg",
      },
      [2.5],
    ],
    ["padding does not count", { H: 2, W: 2, padding: [1, 1, 1, 1], kind: "avg" }, [1, 2, 3, 4]],
    [
      "unless it is asked to",
      { H: 2, W: 2, padding: [1, 1, 1, 1], kind: "avg", countIncludePad: true },
      [0.25, 0.5, 0.75, 1],
    ],
    [
      "beyond the padding nothing counts",
      {
        H: 1,
        W: 3,
        kernel: [1, 2],
        stride: [1, 2],
        ceilMode: true,
        kind: "avg",
        countIncludePad: true,
      },
      [1.5, 3],
    ],
  ])("%s", (_what, change, expected) => {
    const g = geometry(change);
    const { H, W } = g.spec;
    expect([...pool2d(g, counting(H, W)).data]).toEqual(expected);
  });
});

test("of equal numbers the first is the largest, and it alone gets δ", () => {
  const g = geometry();
  const x = tensor([1, 1, 4, 4], [0, 0, 1, 2, 0, 0, 2, 0, -3, -1, 7, 7, -1, -2, 7, 7]);
  expect([...poolArgmax(g, x).data]).toEqual([0, 3, 9, 10]);
  const dx = pool2dGradient(g, x, tensor([1, 1, 2, 2], [1, 2, 3, 4]));
  expect([...dx.data]).toEqual([1, 0, 0, 2, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0]);
});

test("a NaN is the largest, and −∞ can be", () => {
  const g = geometry({ H: 2, W: 2 });
  const low = Number.NEGATIVE_INFINITY;
  expect([...pool2d(g, tensor([1, 1, 2, 2], [9, Number.NaN, 3, 4])).data]).toEqual([Number.NaN]);
  expect([...pool2d(g, tensor([1, 1, 2, 2], [low, low, low, low])).data]).toEqual([low]);
});

const upTo = (most: number, least = 1) => fc.integer({ min: least, max: most });

/** Poolings of every kind; what does not fit is thrown away. */
const specs: fc.Arbitrary<PoolSpec> = fc
  .record({
    ...{ kind: fc.constantFrom("max", "avg"), N: upTo(2), C: upTo(2), H: upTo(7), W: upTo(6) },
    ...{ kernel: fc.tuple(upTo(3), upTo(4)), stride: fc.tuple(upTo(3), upTo(2)) },
    dilation: fc.tuple(upTo(2), upTo(2)),
    padding: fc.tuple(upTo(2, 0), upTo(2, 0), upTo(2, 0), upTo(2, 0)),
    ...{ ceilMode: fc.boolean(), countIncludePad: fc.boolean() },
  })
  .filter((spec) => {
    try {
      checkPool(spec);
      return true;
    } catch {
      return false;
    }
  }) as fc.Arbitrary<PoolSpec>;

test("the gradient is what nudging one cell does to ⟨dy, y⟩", () => {
  const cases = specs.chain((spec) => {
    const g = poolGeometry(spec);
    const size = g.shapes.X.reduce((a, n) => a * n, 1);
    // All different and far apart, so that no nudge changes which is the largest.
    const distinct = fc.shuffledSubarray(
      Array.from({ length: size }, (_, i) => i),
      { minLength: size },
    );
    return fc.record({
      g: fc.constant(g),
      x: distinct.map((data) => tensor(g.shapes.X, data)),
      dy: tensors(g.shapes.Y),
      cell: fc.nat(size - 1),
    });
  });
  fc.assert(
    fc.property(cases, ({ g, x, dy, cell }) => {
      const change = inner(dy, pool2d(g, nudged(x, cell, 0.25))) - inner(dy, pool2d(g, x));
      expect(pool2dGradient(g, x, dy).data[cell]).toBeCloseTo(change / 0.25, 9);
    }),
  );
});

describe("what is impossible is refused, in its own words", () => {
  test.each<[string, object, string]>([
    ["an unknown kind", { kind: "sum" }, "kind"],
    ["a kernel that is no pair", { kernel: [2] }, "kernel"],
    ["a window larger than the input", { kernel: [5, 2] }, "kH"],
    ["padding that holds a window", { padding: [2, 0, 0, 0] }, "padding.top"],
    ["the same, across", { padding: [0, 0, 0, 2] }, "padding.left"],
    [
      "a dilation that steps over all there is",
      { H: 1, dilation: [2, 1], padding: [1, 0, 1, 0] },
      "dilation",
    ],
    ["ceilMode that is no switch", { ceilMode: 1 }, "ceilMode"],
    ["a word for padding", { padding: "same" }, "padding"],
    ["no stride", { stride: undefined }, "stride"],
  ])("%s", (_what, change, field) => {
    expect(refusalOf(() => geometry(change)).field).toBe(field);
  });

  test("tensors of another shape", () => {
    const g = geometry();
    expect(refusalOf(() => pool2d(g, counting(4, 3))).field).toBe("X");
    const wrong = tensor([1, 1, 4, 4]);
    expect(refusalOf(() => pool2dGradient(g, counting(4, 4), wrong)).field).toBe("∂L/∂Y");
  });
});

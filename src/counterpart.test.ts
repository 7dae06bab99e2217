import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellsOfKind, type Kind, TENSORS, type TensorName } from "./cell.ts";
import { counterpartOf, tapFor } from "./counterpart.ts";
import { geometryOf, tapsOf } from "./geometry.ts";
import { relativesOf } from "./provenance.ts";
import { checkSpec, DEFAULTS } from "./spec.ts";
import { specs } from "./testing/specs.ts";

/** 8 × 8, kernel 3 × 3, stride 2, padding 1. */
const opening = geometryOf(
  checkSpec({
    ...DEFAULTS,
    N: 1,
    C: 1,
    F: 1,
    H: 8,
    W: 8,
    kH: 3,
    kW: 3,
    stride: [2, 2],
    padding: 1,
  }),
);
const from = (tensor: TensorName, index: number, kind: Kind) =>
  counterpartOf(opening, { tensor, index }, kind);

describe("one stands for many", () => {
  test("an output's input is the middle of its window, and back", () => {
    expect(from("Y", 6, "X")).toBe(2 * 8 + 4);
    expect(from("X", 2 * 8 + 4, "Y")).toBe(6);
    expect(from("Y", 0, "X")).toBe(0);
    // read by four windows, at their corners: the first
    expect(from("X", 8 + 1, "Y")).toBe(0);
  });

  test("a product is known exactly", () => {
    const product = 6 * 9 + 5;
    expect(from("T", product, "X")).toBe(2 * 8 + 5);
    expect(from("TW", product, "W")).toBe(5);
    expect(from("TX", product, "Y")).toBe(6);
    expect(from("T", product, "R")).toBe(product);
    expect(from("R", product, "T")).toBe(product);
    expect(from("T", 0, "X")).toBeNull();
    expect(from("T", 0, "P")).toBe(0);
  });

  test("a weight's output is the first that it makes of an input, a bias's the first that it enters", () => {
    expect(from("W", 5, "Y")).toBe(0);
    // its first row of outputs reads the ring
    expect(from("W", 0, "Y")).toBe(5);
    expect(from("DB", 0, "Y")).toBe(0);
    expect(from("Y", 6, "b")).toBe(0);
  });

  test("an input that no window reads stands in the padded input, and nowhere else", () => {
    const bare = geometryOf({ ...opening.spec, padding: 0 });
    expect(counterpartOf(bare, { tensor: "X", index: 63 }, "P")).toBe(63);
    expect(counterpartOf(bare, { tensor: "P", index: 63 }, "X")).toBe(63);
    expect(counterpartOf(bare, { tensor: "X", index: 63 }, "Y")).toBeNull();
    expect(from("P", 99, "X")).toBeNull();
  });
});

test("what stands for a cell is a relative of it, and exists wherever a tap on the image does", () => {
  const kinds = Object.entries({ X: "X", P: "P", W: "W", Y: "Y", T: "T", S: "S", R: "R" }) as [
    TensorName,
    Kind,
  ][];
  fc.assert(
    fc.property(specs, fc.nat(), (spec, at) => {
      const g = geometryOf(spec);
      for (const [tensor, own] of kinds) {
        const ref = { tensor, index: at % cellsOfKind(g, own) };
        const isRelative = relativesOf(g, ref);
        const tap = tapFor(g, ref);
        for (const [other, kind] of kinds) {
          const index = counterpartOf(g, ref, kind);
          if (index !== null) expect(isRelative(other)!(index), `${tensor} ${other}`).toBe(true);
          else expect(tap === null || tap.x < 0).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("a cell's tap is one of its own", () => {
  fc.assert(
    fc.property(specs, fc.nat(), (spec, at) => {
      const g = geometryOf(spec);
      for (const side of ["X", "P", "W", "Y", "R"] as const) {
        const index = at % cellsOfKind(g, TENSORS[side].kind);
        const tap = tapFor(g, { tensor: side, index });
        const taps = tapsOf(g, side, index);
        if (tap === null) expect(taps).toEqual([]);
        else {
          const { slot, ...rest } = tap;
          expect(taps).toContainEqual(rest);
          expect(tapsOf(g, "Y", tap.y)[slot]).toEqual(rest);
        }
      }
    }),
    { numRuns: 60 },
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Axis,
  axisOf,
  effectiveLength,
  isRead,
  outputLength,
  positionOf,
  positionsOf,
  visitReaders,
} from "./axis.ts";
import { geometryOf } from "./geometry.ts";
import type { PaddingWord, PadMode } from "./padding.ts";
import { specs } from "./testing/specs.ts";

/** Rows and columns of random layers: one axis, written once, used twice. */
const axes: fc.Arbitrary<Axis> = fc
  .tuple(specs, fc.constantFrom("rows", "columns"))
  .map(([spec, which]) => geometryOf(spec)[which as "rows" | "columns"]);

function positions(axis: Axis): number[] {
  return Array.from({ length: axis.padded }, (_, p) => p);
}

test("the output length is the number of places where the kernel fits", () => {
  fc.assert(
    fc.property(axes, (axis) => {
      const starts = positions(axis).filter((p) => p % axis.stride === 0);
      expect(axis.out).toBe(starts.filter((p) => p + axis.effective <= axis.padded).length);
    }),
  );
});

test("lengths that follow from one another", () => {
  fc.assert(
    fc.property(axes, (a) => {
      expect(a.padded).toBe(a.n + a.before + a.after);
      expect(a.effective).toBe(effectiveLength(a.k, a.dilation));
      expect(a.effective).toBe(a.k + (a.k - 1) * (a.dilation - 1));
      expect((a.out - 1) * a.stride + a.effective + a.remainder).toBe(a.padded);
      expect(a.remainder).toBeGreaterThanOrEqual(0);
      expect(a.remainder).toBeLessThan(a.stride);
    }),
  );
});

test.each([
  { padded: 7, effective: 3, stride: 1, out: 5 },
  { padded: 7, effective: 3, stride: 2, out: 3 },
  { padded: 8, effective: 3, stride: 2, out: 3 },
  { padded: 3, effective: 3, stride: 9, out: 1 },
  { padded: 3, effective: 4, stride: 1, out: 0 },
])("⌊($padded − $effective) / $stride⌋ + 1 = $out", ({ padded, effective, stride, out }) => {
  expect(outputLength(padded, effective, stride)).toBe(out);
});

test.each<[PadMode, number[]]>([
  ["zeros", [-1, -1, -1, 0, 1, 2, 3, -1, -1]],
  ["reflect", [3, 2, 1, 0, 1, 2, 3, 2, 1]],
  ["replicate", [0, 0, 0, 0, 1, 2, 3, 3, 3]],
  ["circular", [1, 2, 3, 0, 1, 2, 3, 0, 1]],
])("what stands at each position with %s padding", (mode, source) => {
  const sizes = { n: 4, k: 1, stride: 1, dilation: 1, before: 3, after: 2 };
  expect([...axisOf(sizes, mode).source]).toEqual(source);
});

test("every position holds an input index or a zero, and the input itself in its place", () => {
  fc.assert(
    fc.property(axes, (axis) => {
      expect(axis.source).toHaveLength(axis.padded);
      for (const [p, i] of axis.source.entries()) {
        if (p >= axis.before && p < axis.before + axis.n) expect(i).toBe(p - axis.before);
        expect(i).toBeGreaterThanOrEqual(-1);
        expect(i).toBeLessThan(axis.n);
      }
    }),
  );
});

test("the positions of an input index are those that hold it", () => {
  fc.assert(
    fc.property(axes, (axis) => {
      for (let i = 0; i < axis.n; i++)
        expect(positionsOf(axis, i)).toEqual(positions(axis).filter((p) => axis.source[p] === i));
    }),
  );
});

describe("readers of a position", () => {
  /** Every (o, t) that reads p, found by asking all of them. */
  function readersByTrial(axis: Axis, p: number): number[][] {
    const readers: number[][] = [];
    for (let o = 0; o < axis.out; o++)
      for (let t = 0; t < axis.k; t++) if (positionOf(axis, o, t) === p) readers.push([o, t]);
    return readers;
  }

  test("are all that reach it, outputs ascending", () => {
    fc.assert(
      fc.property(axes, (axis) => {
        for (const p of positions(axis)) {
          const readers: number[][] = [];
          visitReaders(axis, p, (o, t) => readers.push([o, t]));
          expect(readers).toEqual(readersByTrial(axis, p));
          expect(isRead(axis, p)).toBe(readers.length > 0);
        }
      }),
    );
  });

  test("nobody reads the remainder; the last window ends where it begins", () => {
    fc.assert(
      fc.property(axes, (axis) => {
        const end = axis.padded - axis.remainder;
        for (const p of positions(axis).slice(end)) expect(isRead(axis, p)).toBe(false);
        expect(positionOf(axis, axis.out - 1, axis.k - 1)).toBe(end - 1);
        expect(isRead(axis, end - 1)).toBe(true);
      }),
    );
  });
});

describe("padding words", () => {
  /** The rows of random layers, padded by a word. */
  const asked = (padding: PaddingWord) =>
    specs
      .map((spec) => ({ ...spec, padding, padMode: "zeros" as const }))
      .filter(({ H, W, kH, kW, dilation: [dH, dW] }) => {
        const fits = effectiveLength(kH, dH) <= H && effectiveLength(kW, dW) <= W;
        return padding !== "valid" || fits;
      })
      .map((spec) => geometryOf(spec).rows);

  test("same: ⌈n/s⌉ outputs from the least padding, the odd cell after", () => {
    fc.assert(
      fc.property(asked("same"), (axis) => {
        const { n, stride, before, after, effective } = axis;
        const out = Math.ceil(n / stride);
        expect(axis.out).toBe(out);
        expect([0, 1]).toContain(after - before);
        const less = outputLength(n + before + after - 1, effective, stride);
        if (before + after > 0) expect(less).toBeLessThan(out);
      }),
    );
  });

  test("full: every overlap of one cell or more", () => {
    fc.assert(
      fc.property(asked("full"), ({ n, stride, before, after, effective, out }) => {
        expect([before, after]).toEqual([effective - 1, effective - 1]);
        expect(out).toBe(Math.floor((n + effective - 2) / stride) + 1);
      }),
    );
  });

  test("valid: no padding", () => {
    fc.assert(
      fc.property(asked("valid"), ({ before, after }) => {
        expect([before, after]).toEqual([0, 0]);
      }),
    );
  });
});

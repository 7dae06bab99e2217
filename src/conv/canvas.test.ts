import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { geometryOf } from "../geometry.ts";
import { DEFAULTS } from "../spec.ts";
import { ravel, sizeOf, tensor, unravel } from "../tensor.ts";
import { layers } from "../testing/specs.ts";
import {
  type CanvasName,
  canvasCell,
  canvasOf,
  deltaAt,
  dilate,
  fullDelta,
  spreadDelta,
  trimmedDelta,
} from "./canvas.ts";

// One row of 6 cells, windows of 2 every 3 cells with padding 1 before: (1 + 6 − 2) mod 3 = 2 cells remain.
const SIZES = { N: 1, C: 1, H: 1, W: 6, F: 1, kH: 1, kW: 2 };
const g = geometryOf({ ...DEFAULTS, ...SIZES, stride: [1, 3], padding: [0, 0, 0, 1] });
const delta = tensor([1, 1, 1, 2], [5, 7]);

describe("one row, by hand", () => {
  test("dilated: stride − 1 zeros between", () => {
    expect([...dilate(g, delta).data]).toEqual([5, 0, 0, 7]);
  });

  test("full: d(k−1) = 1 zero around, and the 2 that no window reads", () => {
    expect([...fullDelta(g, delta).data]).toEqual([0, 5, 0, 0, 7, 0, 0, 0]);
  });

  test("trimmed: one less before, since the padding of 1 is cropped", () => {
    expect([...trimmedDelta(g, delta).data]).toEqual([5, 0, 0, 7, 0, 0, 0]);
  });

  test("padding beyond d(k−1) crops δ itself", () => {
    const wide = geometryOf({ ...DEFAULTS, ...SIZES, W: 3, kW: 1, padding: [0, 2, 0, 1] });
    expect(canvasOf(wide, "trimmed").columns.before).toBe(-1);
    const spread = trimmedDelta(wide, tensor([1, 1, 1, 6], [1, 2, 3, 4, 5, 6]));
    expect([...spread.data]).toEqual([2, 3, 4]);
  });
});

test("every δ stands at its place on the dilated and on the full canvas, once, and all else is 0", () => {
  fc.assert(
    fc.property(layers(), fc.constantFrom("dilated", "full"), ({ g }, name) => {
      const canvas = canvasOf(g, name);
      const found = new Set<number>();
      for (let i = 0; i < sizeOf(canvas.shape); i++) {
        const y = deltaAt(g, canvas, i);
        if (y < 0) continue;
        const [n, f, row, column] = unravel(canvas.shape, i) as [number, number, number, number];
        const [oh, ow] = [
          (row - canvas.rows.before) / g.rows.stride,
          (column - canvas.columns.before) / g.columns.stride,
        ];
        expect(y).toBe(ravel(g.shapes.Y, [n, f, oh, ow]));
        found.add(y);
      }
      expect(found.size).toBe(sizeOf(g.shapes.Y));
    }),
  );
});

test("sizes: ends at the last δ; a full margin on both sides of the padded input; of the input alone", () => {
  fc.assert(
    fc.property(layers(), ({ g, delta }) => {
      const { N, F } = g.spec;
      const size = (length: (axis: typeof g.rows) => number) => [
        N,
        F,
        length(g.rows),
        length(g.columns),
      ];
      expect(dilate(g, delta).shape).toEqual(size(({ out, stride }) => (out - 1) * stride + 1));
      expect(fullDelta(g, delta).shape).toEqual(
        size(({ padded, dilation, k }) => padded + dilation * (k - 1)),
      );
      expect(trimmedDelta(g, delta).shape).toEqual(
        size(({ n, dilation, k }) => n + dilation * (k - 1)),
      );
    }),
  );
});

test("the full canvas is the dilated δ, d(k−1) zeros around it, and the remainder after", () => {
  fc.assert(
    fc.property(layers(), ({ g, delta }) => {
      const [full, dilated] = [fullDelta(g, delta), dilate(g, delta)];
      for (const [axis, of] of [g.rows, g.columns].entries())
        expect(full.shape[axis + 2]).toBe(
          dilated.shape[axis + 2]! + 2 * (of.effective - 1) + of.remainder,
        );
      for (const [i, v] of full.data.entries()) {
        const [n, f, row, column] = unravel(full.shape, i) as [number, number, number, number];
        const [r, c] = [row - g.rows.effective + 1, column - g.columns.effective + 1];
        const inside = r >= 0 && r < dilated.shape[2]! && c >= 0 && c < dilated.shape[3]!;
        expect(v).toBe(inside ? dilated.data[ravel(dilated.shape, [n, f, r, c])] : 0);
      }
    }),
  );
});

test("the trimmed canvas is the full one less the padding on each side", () => {
  fc.assert(
    fc.property(layers(), ({ g, delta }) => {
      const [full, trimmed] = [fullDelta(g, delta), trimmedDelta(g, delta)];
      expect(full.shape[2]! - trimmed.shape[2]!).toBe(g.rows.before + g.rows.after);
      for (const [i, v] of trimmed.data.entries()) {
        const [n, f, row, column] = unravel(trimmed.shape, i) as [number, number, number, number];
        const there = [n, f, row + g.rows.before, column + g.columns.before];
        expect(v).toBe(full.data[ravel(full.shape, there)]);
      }
    }),
  );
});

test("a cell on its own is the cell of the canvas", () => {
  const names: CanvasName[] = ["dilated", "full", "trimmed"];
  fc.assert(
    fc.property(layers(), fc.constantFrom(...names), ({ g, delta }, name) => {
      const canvas = canvasOf(g, name);
      const spread = spreadDelta(g, name, delta);
      expect(spread.shape).toEqual(canvas.shape);
      for (const [i, v] of spread.data.entries()) expect(canvasCell(g, canvas, delta, i)).toBe(v);
    }),
  );
});

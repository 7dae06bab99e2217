import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRead } from "./axis.ts";
import {
  type Geometry,
  geometryOf,
  inputOfPadded,
  paddedOfInput,
  type Tap,
  tapsOf,
  visitInput,
  visitOutput,
  visitPadded,
  visitWeight,
} from "./geometry.ts";
import type { Sides } from "./padding.ts";
import { ravel, sizeOf, unravel } from "./tensor.ts";
import { specs } from "./testing/specs.ts";

const geometries = specs.map(geometryOf);

type Visit = typeof visitOutput;

/** All taps seen from every cell of one tensor, as sorted numbers; each names its p, w and y. */
function allTaps(g: Geometry, shape: readonly number[], visit: Visit, holdsInput: boolean) {
  const [weights, outputs] = [sizeOf(g.shapes.W), sizeOf(g.shapes.Y)];
  const taps: number[] = [];
  for (let i = 0; i < sizeOf(shape); i++)
    visit(g, i, (p, x, w, y) => {
      if (!holdsInput || x >= 0) taps.push((p * weights + w) * outputs + y);
    });
  return Float64Array.from(taps).sort();
}

describe("the taps are one set, from whichever side they are asked for", () => {
  test("from the padded input and from the weights as from the outputs", () => {
    fc.assert(
      fc.property(geometries, (g) => {
        const fromY = allTaps(g, g.shapes.Y, visitOutput, false);
        expect(fromY).toHaveLength(g.multiplyAdds);
        expect(new Set(fromY).size).toBe(fromY.length);
        expect(allTaps(g, g.shapes.P, visitPadded, false)).toEqual(fromY);
        expect(allTaps(g, g.shapes.W, visitWeight, false)).toEqual(fromY);
      }),
    );
  });

  test("from the input: those that do not read a padding zero", () => {
    fc.assert(
      fc.property(geometries, (g) => {
        const fromY = allTaps(g, g.shapes.Y, visitOutput, true);
        expect(allTaps(g, g.shapes.X, visitInput, false)).toEqual(fromY);
      }),
    );
  });

  test("each tap names the cell that was asked about, and the input that stands at p", () => {
    fc.assert(
      fc.property(geometries, (g) => {
        const own: Record<"X" | "P" | "W" | "Y", (tap: Tap) => number> = {
          X: ({ x }) => x,
          P: ({ p }) => p,
          W: ({ w }) => w,
          Y: ({ y }) => y,
        };
        for (const side of ["X", "P", "W", "Y"] as const) {
          const size = sizeOf(g.shapes[side]);
          for (const index of new Set([0, size >> 1, size - 1]))
            for (const tap of tapsOf(g, side, index)) {
              expect(own[side](tap)).toBe(index);
              expect(tap.x).toBe(inputOfPadded(g, tap.p));
            }
        }
      }),
    );
  });
});

test("the window of an output: its slots in the order (c, kh, kw), read where the formula says", () => {
  fc.assert(
    fc.property(geometries, fc.nat(), (g, seed) => {
      const { spec, rows, columns, shapes } = g;
      const y = seed % sizeOf(shapes.Y);
      const [n, f, oh, ow] = unravel(shapes.Y, y) as [number, number, number, number];
      const group = Math.floor(f / (spec.F / spec.groups));
      const taps = tapsOf(g, "Y", y);
      expect(taps).toHaveLength(g.window);
      for (const [slot, tap] of taps.entries()) {
        const inWindow = [spec.C / spec.groups, rows.k, columns.k];
        const [c, t, u] = unravel(inWindow, slot) as [number, number, number];
        const row = oh * spec.stride[0] + t * spec.dilation[0];
        const column = ow * spec.stride[1] + u * spec.dilation[1];
        const kh = spec.flip ? spec.kH - 1 - t : t;
        const kw = spec.flip ? spec.kW - 1 - u : u;
        expect(unravel(shapes.P, tap.p)).toEqual([n, group * inWindow[0]! + c, row, column]);
        expect(unravel(shapes.W, tap.w)).toEqual([f, c, kh, kw]);
      }
    }),
  );
});

test("shapes: the sizes asked for, and the output by the formula, per axis", () => {
  fc.assert(
    fc.property(geometries, ({ spec, rows, columns, shapes, multiplyAdds, window }) => {
      const { N, C, H, W, F, kH, kW, groups, stride, dilation } = spec;
      const out = (n: number, p: number, k: number, axis: 0 | 1) =>
        Math.floor((n + p - dilation[axis] * (k - 1) - 1) / stride[axis]) + 1;
      const oH = out(H, rows.before + rows.after, kH, 0);
      const oW = out(W, columns.before + columns.after, kW, 1);
      expect(shapes).toEqual({
        X: [N, C, H, W],
        P: [N, C, rows.padded, columns.padded],
        W: [F, C / groups, kH, kW],
        b: [F],
        Y: [N, F, oH, oW],
        R: [N * oH * oW, C * kH * kW],
      });
      expect(window).toBe((C / groups) * kH * kW);
      expect(multiplyAdds).toBe(N * F * oH * oW * window);
    }),
  );
});

test("four sides: top and bottom are rows, left and right columns", () => {
  fc.assert(
    fc.property(geometries, ({ spec, rows, columns }) => {
      fc.pre(Array.isArray(spec.padding));
      const [top, right, bottom, left] = spec.padding as Sides;
      expect([rows.before, columns.after, rows.after, columns.before]).toEqual([
        top,
        right,
        bottom,
        left,
      ]);
    }),
  );
});

test("an input stands at the padded cells that hold it: its own place, and every copy", () => {
  fc.assert(
    fc.property(geometries, (g) => {
      const places = new Map<number, number[]>();
      for (let p = 0; p < sizeOf(g.shapes.P); p++) {
        const x = inputOfPadded(g, p);
        places.set(x, [...(places.get(x) ?? []), p]);
      }
      for (let x = 0; x < sizeOf(g.shapes.X); x++) {
        expect(paddedOfInput(g, x)).toEqual(places.get(x));
        const [n, c, ih, iw] = unravel(g.shapes.X, x) as [number, number, number, number];
        const own = ravel(g.shapes.P, [n, c, ih + g.rows.before, iw + g.columns.before]);
        expect(paddedOfInput(g, x)).toContain(own);
      }
    }),
  );
});

test("nobody reads the remainder rows and columns, nor the gaps of a wide stride", () => {
  fc.assert(
    fc.property(geometries, (g) => {
      const { rows, columns, shapes } = g;
      for (let p = 0; p < sizeOf(shapes.P); p++) {
        const [, , row, column] = unravel(shapes.P, p) as [number, number, number, number];
        let taps = 0;
        visitPadded(g, p, () => taps++);
        if (row >= rows.padded - rows.remainder) expect(taps).toBe(0);
        if (column >= columns.padded - columns.remainder) expect(taps).toBe(0);
        expect(taps > 0).toBe(isRead(rows, row) && isRead(columns, column));
      }
    }),
  );
});

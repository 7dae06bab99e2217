import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { geometryOf } from "../geometry.ts";
import { DEFAULTS } from "../spec.ts";
import { placeOf, readView, reshape } from "../strided.ts";
import { ravel, tensor, unravel } from "../tensor.ts";
import { expectEqual, layers } from "../testing/specs.ts";
import { im2colRows } from "./columns.ts";
import { gradientsByTaps } from "./gradients.ts";
import { padInput } from "./pad.ts";
import { reference } from "./reference.ts";
import {
  forwardByView,
  MEMORIES,
  type MemoryName,
  memoryOf,
  paddedAtPlace,
  placeOfPadded,
  viewOf,
  WINDOW_ORDERS,
  type WindowOrder,
  weightGradientByView,
} from "./view.ts";

const memories = Object.keys(MEMORIES) as MemoryName[];
const orders = Object.keys(WINDOW_ORDERS) as WindowOrder[];

const sizes = { N: 2, C: 3, H: 5, W: 6, F: 1, kH: 2, kW: 3 };
const g = geometryOf({
  ...DEFAULTS,
  ...sizes,
  stride: [1, 2],
  dilation: [2, 1],
  padding: [0, 1, 0, 0],
});

describe("shape and strides, by hand", () => {
  // Padded: 5 × 7. A sample is 105 numbers.
  test("N C H W memory, windows (c, kh, kw)", () => {
    expect(viewOf(g, "NCHW", "c kh kw")).toEqual({
      shape: [2, 3, 3, 3, 2, 3],
      strides: [105, 7, 2, 35, 14, 1],
      offset: 0,
    });
  });

  test("N H W C memory, windows (kh, kw, c), as NumPyNet has them", () => {
    expect(viewOf(g, "NHWC", "kh kw c")).toEqual({
      shape: [2, 3, 3, 2, 3, 3],
      strides: [105, 21, 6, 42, 3, 1],
      offset: 0,
    });
  });
});

test("memory: the same padded input, channels as planes or side by side", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      const [planes, pixels] = memories.map((name) => memoryOf(g, layer.x, name));
      const [N, C, Hp, Wp] = g.shapes.P as [number, number, number, number];
      expect(planes!.shape).toEqual([N, C, Hp, Wp]);
      expect(pixels!.shape).toEqual([N, Hp, Wp, C]);
      for (const [p, v] of planes!.data.entries()) {
        const [n, c, row, column] = unravel(g.shapes.P, p) as [number, number, number, number];
        expect(pixels!.data[((n * Hp + row) * Wp + column) * C + c]).toBe(v);
      }
    }),
  );
});

describe.each(memories)("over %s memory", (memory) => {
  test("read out, the view is the matrix of im2col", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer }) => {
        const rows = im2colRows(g, layer.x);
        const view = viewOf(g, memory, "c kh kw");
        const data = memoryOf(g, layer.x, memory).data;
        expectEqual(reshape(readView(data, view), rows.shape), rows);
        const last = rows.data.length - 1;
        expect(data[placeOf(view, last)]).toBe(rows.data[last]);
      }),
    );
  });

  test("a padded cell is found at its place, and the other way round", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer }) => {
        const data = memoryOf(g, layer.x, memory).data;
        const padded = padInput(g, layer.x).data;
        for (const [p, v] of padded.entries()) {
          const place = placeOfPadded(g, memory, p);
          expect(data[place]).toBe(v);
          expect(paddedAtPlace(g, memory, place)).toBe(p);
        }
      }),
    );
  });

  test("with the channels last, the axes of a window change places", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer }) => {
        const data = memoryOf(g, layer.x, memory).data;
        const one = readView(data, viewOf(g, memory, "c kh kw"));
        const other = readView(data, viewOf(g, memory, "kh kw c"));
        for (const [i, v] of one.data.entries()) {
          const at = unravel(one.shape, i);
          const there = [0, 1, 2, 4, 5, 3].map((axis) => at[axis]!);
          expect(other.data[ravel(other.shape, there)]).toBe(v);
        }
      }),
    );
  });

  test.each(orders)("einsum over (n, oh, ow, %s) gives Z and dW", (order) => {
    fc.assert(
      fc.property(layers(), ({ g, layer, delta }) => {
        expectEqual(forwardByView(g, layer, memory, order), reference(g, layer));
        const dw = weightGradientByView(g, layer.x, delta, memory);
        expectEqual(dw, gradientsByTaps(g, layer, delta).dw);
      }),
    );
  });
});

test("the view of one window is the input itself", () => {
  const one = geometryOf({ ...DEFAULTS, N: 1, C: 1, H: 2, W: 3, F: 1, kH: 2, kW: 3 });
  const x = tensor(one.shapes.X, [1, 2, 3, 4, 5, 6]);
  const view = viewOf(one, "NCHW", "c kh kw");
  expect([...readView(memoryOf(one, x, "NCHW").data, view).data]).toEqual([1, 2, 3, 4, 5, 6]);
});

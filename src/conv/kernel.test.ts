import fc from "fast-check";
import { expect, test } from "vitest";
import { visitOutput } from "../geometry.ts";
import { ravel, tensor, unravel } from "../tensor.ts";
import { expectEqual, layers } from "../testing/specs.ts";
import { kernelRows, rotate180, swapChannels, windowKernels } from "./kernel.ts";

test("every kernel is turned by 180°, each in its place", () => {
  const w = tensor([2, 1, 2, 3], [1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60]);
  expect([...rotate180(w).data]).toEqual([6, 5, 4, 3, 2, 1, 60, 50, 40, 30, 20, 10]);
  expect(rotate180(w).shape).toEqual([2, 1, 2, 3]);
});

test("turned twice, it is as it was", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      expectEqual(rotate180(rotate180(layer.w)), layer.w);
      expectEqual(windowKernels(g, windowKernels(g, layer.w)), layer.w);
    }),
  );
});

test("row f of the kernel matrix holds what the window meets, slot by slot", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      const rows = kernelRows(g, layer.w);
      expect(rows.shape).toEqual([g.spec.F, g.window]);
      const plane = g.rows.out * g.columns.out;
      for (let f = 0; f < g.spec.F; f++) {
        let slot = f * g.window;
        visitOutput(g, f * plane, (_p, _x, w) => {
          expect(rows.data[slot++]).toBe(layer.w.data[w]);
        });
      }
    }),
  );
});

test("swapped channels: filter and channel change places within their group", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      const swapped = swapChannels(g, layer.w);
      const { C, kH, kW } = g.spec;
      expect(swapped.shape).toEqual([C, g.filtersPerGroup, kH, kW]);
      for (const [i, v] of layer.w.data.entries()) {
        const [f, c, kh, kw] = unravel(g.shapes.W, i) as [number, number, number, number];
        const group = Math.floor(f / g.filtersPerGroup);
        const at = [group * g.depth + c, f % g.filtersPerGroup, kh, kw];
        expect(swapped.data[ravel(swapped.shape, at)]).toBe(v);
      }
    }),
  );
});

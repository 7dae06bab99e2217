import fc from "fast-check";
import { expect, test } from "vitest";
import { forward } from "../forward.ts";
import { geometryOf, readOf } from "../geometry.ts";
import { sizeOf, unravel } from "../tensor.ts";
import { layers, specs } from "../testing/specs.ts";
import { narrateAdd, narrateGather, narrateProduct, narratePut } from "./narration/row.ts";
import { firstOfFilter, outputOfRow, placeOfRow, rowAt, rowOfOutput } from "./rows.ts";
import { caseOf, withBack } from "./testing/cases.ts";
import { plain } from "./text.ts";

test("rows, outputs and filters belong together as the taps say", () => {
  fc.assert(
    fc.property(specs, fc.nat(), (spec, at) => {
      const g = geometryOf(spec);
      const y = at % sizeOf(g.shapes.Y);
      const f = unravel(g.shapes.Y, y)[1]!;
      const cells = g.shapes.R[1]!;
      const row = rowOfOutput(g, y);
      expect(row).toBe(Math.floor(readOf(g, y, 0) / cells));
      expect(outputOfRow(g, row, f)).toBe(y);
      expect(firstOfFilter(g, f)).toBe(readOf(g, y, 0) % cells);
    }),
  );
});

test("a row has one place in either order, and the batch is fastest in columns", () => {
  fc.assert(
    fc.property(specs, fc.nat(), (spec, at) => {
      const g = geometryOf(spec);
      const row = at % g.shapes.R[0]!;
      for (const way of ["rows", "columns"] as const) {
        const place = placeOfRow(g, way, row);
        expect(place).toBeLessThan(g.shapes.R[0]!);
        expect(rowAt(g, way, place)).toBe(row);
      }
      const [n] = unravel([spec.N, g.rows.out * g.columns.out], row);
      expect(placeOfRow(g, "columns", row) % spec.N).toBe(n);
    }),
  );
});

test("every row and every product can be told", () => {
  fc.assert(
    fc.property(layers(), fc.nat(), ({ g, layer, delta }, at) => {
      const { answer } = withBack(
        { g, layer, answer: forward(layer) },
        { upstream: [...delta.data] },
      );
      const row = at % g.shapes.R[0]!;
      const y = at % sizeOf(g.shapes.Y);
      for (const sentence of [
        narrateGather(g, layer, answer, row, "rows"),
        narrateGather(g, layer, answer, row, "columns"),
        narrateProduct(g, layer, answer, y, "columns"),
        narrateAdd(g, answer, row, "rows"),
        narrateAdd(g, answer, row, "columns"),
        narratePut(g, row, "columns"),
      ]) {
        expect(plain(sentence)).not.toMatch(/undefined|NaN| {2}|\.\./);
        expect(plain(sentence)).toMatch(/[.)]$/);
      }
    }),
    { numRuns: 60 },
  );
});

test("a single cell, rounded numbers", () => {
  const one = withBack(caseOf({ H: 2, W: 3, kH: 1, kW: 1 }, { w: [1 / 3], b: [0] }));
  const { g, layer, answer } = one;
  expect(plain(narrateGather(g, layer, answer, 4, "rows"))).toMatch(
    /^The window at row 1, column 1 is laid out flat as row 4 of col\. .* \(shown to 4 decimals\)$/,
  );
  expect(plain(narrateProduct(g, layer, answer, 4, "rows"))).toMatch(
    /^Row 4 of col times the flattened kernel: one product gives out\[4\] = /,
  );
  expect(plain(narratePut(g, 4, "rows"))).toMatch(/written back to row 1, column 1\. /);
});

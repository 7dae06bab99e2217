import fc from "fast-check";
import { expect, test } from "vitest";
import { geometryOf } from "../geometry.ts";
import { DEFAULTS } from "../spec.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { type Asked, expectEqual, inner, layers, tensors } from "../testing/specs.ts";
import { col2im, col2imPadded, coverage } from "./col2im.ts";
import { columnShape, im2colRows } from "./columns.ts";
import { foldPadded, padInput } from "./pad.ts";

/** Layers beside a matrix shaped like their columns. */
const withRows: fc.Arbitrary<Asked & { rows: Tensor }> = layers().chain((asked) =>
  tensors(columnShape(asked.g)).map((rows) => ({ ...asked, rows })),
);

/** The coverage of every plane of X padded. */
function coverages(g: Asked["g"]): Tensor {
  const { N, C } = g.spec;
  const plane = [...coverage(g).data];
  return tensor(g.shapes.P, Array.from({ length: N * C }, () => plane).flat());
}

test("overlaps add up, in one's head: 1 × 4 cells, windows of 2", () => {
  const g = geometryOf({ ...DEFAULTS, N: 1, C: 1, H: 1, W: 4, F: 1, kH: 1, kW: 2 });
  const rows = tensor([3, 2], [1, 2, 10, 20, 100, 200]);
  expect([...col2im(g, rows).data]).toEqual([1, 12, 120, 200]);
  expect([...col2imPadded(g, rows, "=").data]).toEqual([1, 10, 100, 200]);
  expect(coverage(g)).toEqual(tensor([1, 4], [1, 2, 2, 1]));
});

test("col2im is the adjoint of im2col: ⟨im2col x, a⟩ = ⟨x, col2im a⟩, in every pad mode", () => {
  fc.assert(
    fc.property(withRows, ({ g, layer, rows }) => {
      expect(inner(im2colRows(g, layer.x), rows)).toBe(inner(layer.x, col2im(g, rows)));
    }),
  );
});

test("not its inverse: col2im(im2col x) = X padded · coverage", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      const padded = padInput(g, layer.x);
      const counts = coverages(g);
      const product = { ...padded, data: padded.data.map((v, p) => v * counts.data[p]!) };
      const col = im2colRows(g, layer.x);
      expectEqual(col2imPadded(g, col), product);
      expectEqual(col2im(g, col), foldPadded(g, product));
    }),
  );
});

test('with "=" every cell that is read comes back once, and a sum of ones is not the coverage', () => {
  fc.assert(
    fc.property(withRows, ({ g, layer, rows }) => {
      const counts = coverages(g);
      const padded = padInput(g, layer.x);
      const back = col2imPadded(g, im2colRows(g, layer.x), "=");
      for (const [p, v] of back.data.entries())
        expect(v).toBe(counts.data[p]! > 0 ? padded.data[p] : 0);
      const ones = { ...rows, data: rows.data.map(() => 1) };
      expectEqual(col2imPadded(g, ones), counts);
      const marks = { ...counts, data: counts.data.map((n) => Math.min(n, 1)) };
      expectEqual(col2imPadded(g, ones, "="), marks);
      // Where windows do not overlap there is nothing to go wrong.
      const [right, wrong] = [col2imPadded(g, rows), col2imPadded(g, rows, "=")];
      for (const [p, v] of right.data.entries())
        if (counts.data[p]! <= 1) expect(wrong.data[p]! - v).toBe(0);
    }),
  );
});

test("a matrix that is not the columns is refused", () => {
  const g = geometryOf({ ...DEFAULTS, N: 1, C: 1, H: 4, W: 4, F: 1, kH: 3, kW: 3 });
  for (const shape of [[5, 9], [4, 8], [9, 4], [36]]) {
    const { field, accepted } = refusalOf(() => col2im(g, tensor(shape)));
    expect(field).toBe("col");
    expect(accepted).toBe("a tensor of 4 × 9");
  }
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { geometryOf } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { checkSpec, DEFAULTS } from "../spec.ts";
import { ravel, tensor, unravel } from "../tensor.ts";
import { expectEqual, layers, specs } from "../testing/specs.ts";
import { INPUT_GRADIENTS } from "./algorithms.ts";
import { foldPadded } from "./pad.ts";
import { reference } from "./reference.ts";
import { backwardKernels, rotateCanvas, rotateLayer } from "./rotate.ts";

const definition = INPUT_GRADIENTS.taps;
const correlated = (layer: Layer) => reference(geometryOf(checkSpec(layer.spec)), layer);

test("one row, by hand: δ = (5, 7) at stride 2 meets the kernel (1, 10, 100) turned", () => {
  const sizes = { N: 1, C: 1, H: 1, W: 6, F: 1, kH: 1, kW: 3 };
  const g = geometryOf({ ...DEFAULTS, ...sizes, stride: [1, 2] });
  const rotated = rotateLayer(g, tensor([1, 1, 1, 3], [1, 10, 100]), tensor([1, 1, 1, 2], [5, 7]));
  expect([...rotated.x.data]).toEqual([0, 0, 5, 0, 7, 0, 0, 0]);
  expect([...rotated.w.data]).toEqual([100, 10, 1]);
  expect([...correlated(rotated).data]).toEqual([5, 50, 507, 70, 700, 0]);
});

test("the kernels: turned once more than the window has them, and the channels exchanged", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      const kernels = backwardKernels(g, layer.w);
      for (const [i, v] of kernels.data.entries()) {
        const [c, j, kh, kw] = unravel(kernels.shape, i) as [number, number, number, number];
        const f = Math.floor(c / g.depth) * g.filtersPerGroup + j;
        const [t, u] = g.spec.flip ? [kh, kw] : [g.rows.k - 1 - kh, g.columns.k - 1 - kw];
        expect(v).toBe(layer.w.data[ravel(g.shapes.W, [f, c % g.depth, t, u])]);
      }
    }),
  );
});

describe("one more convolution, which any algorithm can compute, gives", () => {
  test("the gradient of the padded input, from the full canvas", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer, delta }) => {
        const rotated = rotateLayer(g, layer.w, delta, "full");
        expectEqual(correlated(rotated), definition.padded(g, layer, delta));
      }),
    );
  });

  test("the gradient of the input at once, from the trimmed canvas, where the ring holds zeros", () => {
    const zeros = specs.filter(({ padMode }) => padMode === "zeros");
    fc.assert(
      fc.property(layers(zeros), ({ g, layer, delta }) => {
        expect(rotateCanvas(g)).toBe("trimmed");
        const dx = correlated(rotateLayer(g, layer.w, delta));
        expectEqual(dx, definition.run(g, layer, delta));
        const padded = correlated(rotateLayer(g, layer.w, delta, "full"));
        expectEqual(dx, foldPadded(g, padded));
      }),
    );
  });

  test("and where it copies the image, the ring has to be folded back", () => {
    const copies = specs.filter(({ padMode }) => padMode !== "zeros");
    fc.assert(
      fc.property(layers(copies), ({ g, layer, delta }) => {
        expect(rotateCanvas(g)).toBe("full");
        const padded = correlated(rotateLayer(g, layer.w, delta));
        expectEqual(foldPadded(g, padded), definition.run(g, layer, delta));
      }),
    );
  });
});

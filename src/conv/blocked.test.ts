import fc from "fast-check";
import { test } from "vitest";
import { tensor } from "../tensor.ts";
import { expectEqual, layers, specs } from "../testing/specs.ts";
import { forwardByBlocks, weightGradientByBlocks } from "./blocked.ts";
import { gradientsByTaps } from "./gradients.ts";
import { reference } from "./reference.ts";

// Filters are taken four at a time: these layers have 5, 10 or 20, in groups of 5 or 10.
const many = layers(specs.map((spec) => ({ ...spec, F: 5 * spec.F })));

test("many filters: Z is the reference, to the last bit, also where sums are rounded", () => {
  fc.assert(
    fc.property(many, ({ g, layer }) => {
      const w = tensor(
        layer.w.shape,
        layer.w.data.map((weight) => weight / 3),
      );
      const thirds = { ...layer, w };
      expectEqual(forwardByBlocks(g, thirds), reference(g, thirds));
    }),
  );
});

test("many filters: dW is that of the taps", () => {
  fc.assert(
    fc.property(many, ({ g, layer, delta }) => {
      expectEqual(weightGradientByBlocks(g, layer.x, delta), gradientsByTaps(g, layer, delta).dw);
    }),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { activate } from "./activate.ts";
import { FORWARD } from "./conv/algorithms.ts";
import { type Document, layerOf } from "./document.ts";
import { forward } from "./forward.ts";
import { geometryOf } from "./geometry.ts";
import { checkGradient, checkLayer } from "./layer.ts";
import { tensor } from "./tensor.ts";
import { refusalOf } from "./testing/refusal.ts";
import { expectEqual, layers } from "./testing/specs.ts";

const SPEC = {
  N: 1,
  C: 2,
  H: 3,
  W: 4,
  F: 2,
  kH: 2,
  kW: 1,
  stride: [1, 1],
  dilation: [1, 1],
  padding: 0,
  padMode: "zeros",
  groups: 2,
  flip: false,
  activation: { name: "relu", alpha: 0 },
} as const;
const LAYER = {
  spec: SPEC,
  x: tensor([1, 2, 3, 4]),
  w: tensor([2, 1, 2, 1]),
  b: tensor([2]),
};

test("a layer that fits gives its geometry", () => {
  fc.assert(
    fc.property(layers(), ({ layer, g, delta }) => {
      expect(checkLayer(layer)).toEqual(geometryOf(layer.spec));
      checkGradient(g, delta);
    }),
  );
});

test.each([
  ["X", { x: tensor([2, 3, 4]) }, "a tensor of 1 × 2 × 3 × 4"],
  ["X", { x: tensor([1, 2, 4, 3]) }, "1 × 2 × 4 × 3"],
  ["X", { x: { shape: [1, 2, 3, 4], data: new Float64Array(23) } }, "holds 23 numbers"],
  ["X", { x: { shape: [1, 2, 3, 4], data: new Array(24).fill(0) } }, "no numbers"],
  ["X", { x: null }, "null is not a tensor"],
  ["W", { w: tensor([2, 2, 2, 1]) }, "a tensor of 2 × 1 × 2 × 1"],
  ["W", { w: undefined }, "nothing is not a tensor"],
  ["b", { b: tensor([1, 2]) }, "a tensor of 2"],
  ["b", { b: tensor([3]) }, "has the shape 3"],
  ["b", { b: tensor([]) }, "the shape of a scalar"],
  ["padding.top", { spec: { ...SPEC, padding: [-1, 0, 0, 0] } }, "too small"],
])("%s that does not fit is refused: %j", (field, change, words) => {
  const asked = { ...LAYER, ...change } as unknown as typeof LAYER;
  const refusal = refusalOf(() => checkLayer(asked));
  expect(refusal.field).toBe(field);
  expect(refusal.message).toContain(words);
});

test.each([
  { shape: [2, 2, 2, 4] },
  { shape: [1, 2, 2, 3] },
  { shape: [1, 1, 2, 4] },
  { shape: [2, 2, 4] },
])("an upstream gradient of $shape is refused", ({ shape }) => {
  expect(refusalOf(() => checkGradient(checkLayer(LAYER), tensor(shape))).field).toBe("∂L/∂Y");
});

test("forward: Z by the algorithm asked, and Y = activation(Z)", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      const z = FORWARD.reference.run(g, layer);
      for (const run of [undefined, ...Object.values(FORWARD).map((row) => row.run)]) {
        const answer = forward(layer, run);
        expectEqual(answer.z, z);
        expectEqual(answer.y, activate(layer.spec.activation, z));
      }
    }),
  );
});

test("forward refuses a layer that does not fit", () => {
  expect(refusalOf(() => forward({ ...LAYER, b: tensor([3]) })).field).toBe("b");
});

test("the layer of a document has its sizes from the tensors and all else from the settings", () => {
  fc.assert(
    fc.property(layers(), ({ layer: { spec, x, w, b } }) => {
      const { stride, dilation, padding, padMode, groups, flip, activation } = spec;
      const document: Document = {
        input: { word: null, tensor: x },
        kernel: { word: null, tensor: w },
        bias: b,
        settings: { stride, dilation, padding, padMode, groups, flip, activation },
        upstream: { word: "ones", tensor: null },
        training: null,
      };
      expect(layerOf(document)).toEqual({ spec, x, w, b });
    }),
  );
});

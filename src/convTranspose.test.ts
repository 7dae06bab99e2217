import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FORWARD, INPUT_GRADIENTS, WEIGHT_GRADIENTS } from "./conv/algorithms.ts";
import { reference } from "./conv/reference.ts";
import {
  adjointOf,
  type ConvTransposeLayer,
  type ConvTransposeSpec,
  checkConvTranspose,
  checkConvTransposeSpec,
  convTranspose2d,
  convTranspose2dGradients,
} from "./convTranspose.ts";
import { ConvError } from "./errors.ts";
import { geometryOf } from "./geometry.ts";
import { checkSpec } from "./spec.ts";
import { type Tensor, tensor } from "./tensor.ts";
import { refusalOf } from "./testing/refusal.ts";
import { expectEqual, inner, nudged, tensors } from "./testing/specs.ts";

const SPEC: ConvTransposeSpec = {
  N: 1,
  C: 2,
  H: 2,
  W: 3,
  F: 4,
  kH: 3,
  kW: 2,
  stride: [2, 3],
  dilation: [1, 2],
  padding: [1, 0, 0, 2],
  groups: 2,
  outputPadding: [1, 2],
};

const upTo = (most: number, least = 1) => fc.integer({ min: least, max: most });

function isLegal(spec: ConvTransposeSpec): boolean {
  try {
    checkConvTransposeSpec(spec);
    return true;
  } catch (error) {
    if (error instanceof ConvError) return false;
    throw error;
  }
}

const specs = fc
  .record({
    N: upTo(2),
    depth: upTo(2),
    filtersPerGroup: upTo(2),
    groups: upTo(2),
    H: upTo(4),
    W: upTo(5),
    kH: upTo(4),
    kW: upTo(3),
    stride: fc.tuple(upTo(3), upTo(4)),
    dilation: fc.tuple(upTo(3), upTo(2)),
    padding: fc.tuple(upTo(3, 0), upTo(3, 0), upTo(3, 0), upTo(3, 0)),
    outputPadding: fc.tuple(upTo(2, 0), upTo(3, 0)),
  })
  .map(
    ({ depth, filtersPerGroup, ...spec }): ConvTransposeSpec => ({
      ...spec,
      C: depth * spec.groups,
      F: filtersPerGroup * spec.groups,
    }),
  )
  .filter(isLegal);

const layers: fc.Arbitrary<{ layer: ConvTransposeLayer; dy: Tensor }> = specs.chain((spec) => {
  const { X, W, Y } = geometryOf(adjointOf(spec)).shapes;
  return fc
    .record({ x: tensors(Y), w: tensors(W), b: tensors([spec.F]), dy: tensors(X) })
    .map(({ dy, ...numbers }) => ({ layer: { spec, ...numbers }, dy }));
});

const unbiased = (layer: ConvTransposeLayer) => ({ ...layer, b: tensor(layer.b.shape) });

test("stamps that can be added in one's head", () => {
  const sizes = { N: 1, C: 1, H: 1, W: 2, F: 1, kH: 1, kW: 3 };
  const spec = { ...SPEC, ...sizes, stride: [1, 2], dilation: [1, 1], groups: 1 } as const;
  const x = tensor([1, 1, 1, 2], [1, 2]);
  const w = tensor([1, 1, 1, 3], [1, 10, 100]);
  const b = tensor([1], [1000]);
  const y = (
    padding: ConvTransposeSpec["padding"],
    outputPadding: ConvTransposeSpec["outputPadding"],
  ) => [...convTranspose2d({ spec: { ...spec, padding, outputPadding }, x, w, b }).data];
  expect(y([0, 0, 0, 0], [0, 0])).toEqual([1001, 1010, 1102, 1020, 1200]);
  expect(y([0, 0, 0, 0], [0, 1])).toEqual([1001, 1010, 1102, 1020, 1200, 1000]);
  expect(y([0, 2, 0, 1], [0, 1])).toEqual([1010, 1102, 1020]);
});

test("the size of the output", () => {
  const g = geometryOf(adjointOf(checkConvTransposeSpec(SPEC)));
  // (2 − 1)·2 + 1·2 + 1 + 1 − 1 and (3 − 1)·3 + 2·1 + 1 + 2 − 2
  expect(g.shapes.X).toEqual([1, 4, 5, 9]);
  expect(g.shapes.Y).toEqual([1, 2, 2, 3]);
  expect([g.rows.remainder, g.columns.remainder]).toEqual([1, 2]);
});

test("is the adjoint of the convolution: ⟨conv a, x⟩ = ⟨a, convTranspose x⟩", () => {
  fc.assert(
    fc.property(layers, ({ layer, dy: a }) => {
      const spec = checkSpec(adjointOf(layer.spec));
      const g = geometryOf(spec);
      expect(g.shapes.Y).toEqual(layer.x.shape);
      const forth = reference(g, { spec, x: a, w: layer.w, b: tensor(g.shapes.b) });
      const back = convTranspose2d(unbiased(layer));
      expect(back.shape).toEqual(a.shape);
      expect(inner(forth, layer.x)).toBe(inner(a, back));
    }),
  );
});

test("every algorithm gives the same, and the bias is added to every output of its filter", () => {
  fc.assert(
    fc.property(layers, ({ layer, dy }) => {
      const y = convTranspose2d(layer, "taps");
      for (const name of Object.keys(INPUT_GRADIENTS) as (keyof typeof INPUT_GRADIENTS)[])
        expectEqual(convTranspose2d(layer, name), y);
      const bare = convTranspose2d(unbiased(layer));
      const plane = y.shape[2]! * y.shape[3]!;
      for (const [i, v] of y.data.entries())
        expect(v).toBe(bare.data[i]! + layer.b.data[Math.floor(i / plane) % layer.spec.F]!);

      const { dx, dw } = convTranspose2dGradients(layer, dy, {
        input: "reference",
        weights: "taps",
      });
      for (const input of Object.keys(FORWARD) as (keyof typeof FORWARD)[])
        expectEqual(convTranspose2dGradients(layer, dy, { input }).dx, dx);
      for (const weights of Object.keys(WEIGHT_GRADIENTS) as (keyof typeof WEIGHT_GRADIENTS)[])
        expectEqual(convTranspose2dGradients(layer, dy, { weights }).dw, dw);
    }),
  );
});

test("its gradients are its central differences, exactly", () => {
  fc.assert(
    fc.property(layers, fc.nat(), ({ layer, dy }, seed) => {
      const { dx, dw, db } = convTranspose2dGradients(layer, dy);
      for (const [side, gradient] of [
        ["x", dx],
        ["w", dw],
        ["b", db],
      ] as const) {
        expect(gradient.shape).toEqual(layer[side].shape);
        const index = seed % gradient.data.length;
        const loss = (by: number) =>
          inner(convTranspose2d({ ...layer, [side]: nudged(layer[side], index, by) }), dy);
        expect(gradient.data[index]! - (loss(0.5) - loss(-0.5))).toBe(0);
      }
    }),
  );
});

test("leaves its question as it was", () => {
  fc.assert(
    fc.property(layers, (asked) => {
      const before = structuredClone(asked);
      convTranspose2d(asked.layer);
      convTranspose2dGradients(asked.layer, asked.dy);
      expect(asked).toEqual(before);
    }),
  );
});

describe("refused under its name", () => {
  const notWhole = [undefined, null, "3", 1.5, Number.NaN, Number.POSITIVE_INFINITY, -1, 2 ** 53];
  const fields = ["N", "C", "H", "W", "F", "kH", "kW", "groups"].flatMap((name) =>
    [...notWhole, 0].map((value) => [name, { [name]: value }] as const),
  );
  const pairs = ["stride", "dilation"].flatMap((name) => [
    ...[undefined, null, 2, [], [1], [1, 1, 1]].map((v) => [name, { [name]: v }] as const),
    ...[...notWhole, 0].flatMap((v) => [
      [`${name}.vertical`, { [name]: [v, 1] }] as const,
      [`${name}.horizontal`, { [name]: [1, v] }] as const,
    ]),
  ]);
  const paddings = [
    ...[undefined, null, "same", 1, [], [0, 0]].map((v) => ["padding", { padding: v }] as const),
    ...notWhole.map((v) => ["padding.bottom", { padding: [0, 0, v, 0] }] as const),
  ];
  const outputPaddings = [
    ...[undefined, null, 0, [], [0], [0, 0, 0]].map(
      (v) => ["outputPadding", { outputPadding: v }] as const,
    ),
    ...[...notWhole, 2].map((v) => ["outputPadding.vertical", { outputPadding: [v, 0] }] as const),
    ["outputPadding.horizontal", { outputPadding: [0, 3] }] as const,
  ];
  const misfits = [
    ["groups", { groups: 3 }],
    ["padding.top", { padding: [3, 0, 3, 0] }],
    ["padding.left", { padding: [0, 9, 0, 9] }],
    ["X", { H: 2 ** 20, W: 2 ** 20 }],
    ["W", { C: 512, F: 512, groups: 1, kH: 128, kW: 128 }],
    ["Y", { H: 2 ** 13, W: 2 ** 13, stride: [16, 16] }],
    ["kH", { kH: 2 ** 20, dilation: [2 ** 20, 1] }],
  ] as const;

  test.each([...fields, ...pairs, ...paddings, ...outputPaddings, ...misfits])(
    "%s: %j",
    (field, change) => {
      const refusal = refusalOf(() => checkConvTransposeSpec({ ...SPEC, ...change }));
      expect(refusal.field).toBe(field);
      expect(refusal.message).not.toMatch(/undefined|\[object/);
    },
  );

  test.each([undefined, null, 3, "spec"])("no spec at all: %s", (value) => {
    expect(refusalOf(() => checkConvTransposeSpec(value)).field).toBe("spec");
  });

  const { shapes } = geometryOf(adjointOf(SPEC));
  const layer = { spec: SPEC, x: tensor(shapes.Y), w: tensor(shapes.W), b: tensor([4]) };
  test.each([
    ["X", { x: tensor([1, 3, 2, 3]) }],
    ["W", { w: tensor([2, 4, 3, 2]) }],
    ["b", { b: tensor([2]) }],
  ])("a tensor that does not fit: %s", (field, change) => {
    expect(checkConvTranspose(layer).shapes).toEqual(shapes);
    expect(refusalOf(() => checkConvTranspose({ ...layer, ...change })).field).toBe(field);
  });

  test("an upstream gradient that is not shaped like Y", () => {
    expect(refusalOf(() => convTranspose2dGradients(layer, layer.x)).field).toBe("∂L/∂Y");
  });
});

test("what leaves just one output is taken", () => {
  const one = { ...SPEC, padding: [2, 4, 2, 4] as const };
  expect(geometryOf(adjointOf(checkConvTransposeSpec(one))).shapes.X.slice(2)).toEqual([2, 3]);
});

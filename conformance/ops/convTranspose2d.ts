import {
  adjointOf,
  type ConvTransposeLayer,
  checkConvTranspose,
  checkConvTransposeSpec,
  convTranspose2d,
  convTranspose2dGradients,
  FORWARD,
  geometryOf,
  INPUT_GRADIENTS,
  WEIGHT_GRADIENTS,
} from "#engine";
import type { Case, Numbers } from "../case.ts";
import type { Comparison } from "../compare.ts";
import { biasOf, comparer, compareSizes, type Op, sidesOf, tensorOf } from "./ask.ts";

export const convTranspose: Op = {
  compare: compareTranspose,
  outShape({ attrs, tensors }) {
    const g = tensors
      ? checkConvTranspose(layerOf(attrs, tensors))
      : geometryOf(adjointOf(checkConvTransposeSpec(specOf(attrs))));
    return g.shapes.X; // the adjoint reads what we write
  },
};

function specOf({ pad, Cin, Cout, ...rest }: Case["attrs"]): Record<string, unknown> {
  return { ...rest, C: Cin, F: Cout, padding: sidesOf(pad) };
}

function layerOf(
  attrs: Case["attrs"],
  tensors: Readonly<Record<string, Partial<Numbers>>>,
): ConvTransposeLayer {
  const x = tensorOf("X", tensors.x);
  const w = tensorOf("W", tensors.w);
  const [N, C, H, W] = x.shape;
  const [, filtersPerGroup = 0, kH, kW] = w.shape;
  const F = filtersPerGroup * (attrs.groups as number);
  const spec = { ...specOf(attrs), N, C, H, W, F, kH, kW };
  return { spec: spec as unknown as ConvTransposeLayer["spec"], x, w, b: biasOf(tensors.b, F) };
}

const keys = <Key extends string>(table: Readonly<Record<Key, unknown>>) =>
  Object.keys(table) as Key[];

function compareTranspose(recorded: Case): Comparison[] {
  const { attrs, inputs = {} } = recorded;
  const layer = layerOf(attrs, inputs);
  const { rows, columns } = checkConvTranspose(layer);
  const { done, add } = comparer(recorded);
  done.push(...compareSizes("geometry", attrs, { outH: [rows.n], outW: [columns.n] }));
  for (const name of keys(INPUT_GRADIENTS)) add(name, "y", convTranspose2d(layer, name));
  if (!inputs.dy) return done;
  const dy = tensorOf("dy", inputs.dy);
  for (const name of keys(FORWARD))
    add(name, "dx", convTranspose2dGradients(layer, dy, { input: name }).dx);
  for (const name of keys(WEIGHT_GRADIENTS)) {
    const { dw, db } = convTranspose2dGradients(layer, dy, { weights: name });
    add(name, "dw", dw);
    add(name, "db", db);
  }
  return done;
}

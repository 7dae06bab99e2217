import { activate, deltaOf } from "../activate.ts";
import type { ActivationChoice } from "../activation.ts";
import { forwardByBlocks, weightGradientByBlocks } from "../conv/blocked.ts";
import { channelSums } from "../conv/gradients.ts";
import { inputGradientByRotation } from "../conv/rotate.ts";
import { ConvError } from "../errors.ts";
import { type Geometry, geometryOf } from "../geometry.ts";
import type { ConvSpec } from "../spec.ts";
import { reshape } from "../strided.ts";
import { sizeOf, type Tensor, tensor } from "../tensor.ts";
import { linear, linearInputGradient, linearWeightGradients } from "./linear.ts";
import { pool2d, pool2dGradient } from "./pool.ts";
import { type PoolSpec, poolGeometry } from "./poolGeometry.ts";

/** Weights and biases of a layer; of a layer that has none, two tensors of length 0. Never changed in place. */
export interface Parameters {
  readonly w: Tensor;
  readonly b: Tensor;
}

/** One layer of a network. Specs are those of one sample (N = 1); a batch is as long as what goes in. */
export type NetworkLayer =
  | { readonly kind: "conv2d"; readonly spec: ConvSpec }
  | { readonly kind: "activation"; readonly activation: ActivationChoice }
  | { readonly kind: "pool2d"; readonly spec: PoolSpec }
  | { readonly kind: "flatten" }
  | { readonly kind: "linear"; readonly inputs: number; readonly outputs: number };

export type LayerKind = NetworkLayer["kind"];

/** Shapes of the parameters, and how many numbers feed one output (fan in) and how many one input feeds (fan out). */
export interface ParameterShapes {
  readonly w: readonly number[];
  readonly b: readonly number[];
  readonly fanIn: number;
  readonly fanOut: number;
}

/** How one kind of layer computes. Tensors hold a batch, samples along the first axis. */
export interface LayerRow<Layer> {
  readonly label: string;
  /** The shape of one sample that comes out, of the shape of one that goes in. */
  readonly outShape: (layer: Layer, inShape: readonly number[]) => readonly number[];
  readonly parameters: (layer: Layer) => ParameterShapes;
  readonly forward: (layer: Layer, p: Parameters, x: Tensor) => Tensor;
  /** ∂L/∂x, shaped like x, from `dy` = ∂L/∂y. */
  readonly inputGradient: (layer: Layer, p: Parameters, x: Tensor, dy: Tensor) => Tensor;
  /** ∂L/∂w and ∂L/∂b, shaped like the parameters: sums over the batch and over positions. */
  readonly gradients: (layer: Layer, x: Tensor, dy: Tensor) => Parameters;
}

type Of<Kind extends LayerKind> = Extract<NetworkLayer, { readonly kind: Kind }>;

/** What holds of a layer without parameters. Its gradients are made anew each time: what a worker sends away is gone. */
const without = {
  parameters: () => ({ w: [0], b: [0], fanIn: 1, fanOut: 1 }),
  gradients: (): Parameters => ({ w: tensor([0]), b: tensor([0]) }),
};

/** The geometry of a batch: the layer's, with as many samples as `x` holds. */
function batchOf(spec: ConvSpec, x: Tensor): Geometry {
  return geometryOf({ ...spec, N: x.shape[0]! });
}

function poolOf(spec: PoolSpec, x: Tensor) {
  return poolGeometry({ ...spec, N: x.shape[0]! });
}

/** Refuses samples of another shape. */
function expectShape(found: readonly number[], shape: readonly number[]): void {
  if (found.length !== shape.length || found.some((n, axis) => n !== shape[axis]))
    throw new ConvError("layer", `is given ${found.join(" × ")}`, shape.join(" × "));
}

/** Every kind of layer a network is built of. */
export const LAYERS = {
  conv2d: {
    label: "convolution",
    outShape({ spec }, inShape) {
      const { shapes } = geometryOf(spec);
      expectShape(inShape, shapes.X.slice(1));
      return shapes.Y.slice(1);
    },
    parameters({ spec }) {
      const { shapes, window, filtersPerGroup } = geometryOf(spec);
      const fanOut = filtersPerGroup * spec.kH * spec.kW;
      return { w: shapes.W, b: shapes.b, fanIn: window, fanOut };
    },
    forward({ spec }, { w, b }, x) {
      const g = batchOf(spec, x);
      return forwardByBlocks(g, { spec: g.spec, x, w, b });
    },
    inputGradient: ({ spec }, { w }, x, dy) => inputGradientByRotation(batchOf(spec, x), w, dy),
    gradients: ({ spec }, x, dy) => ({
      w: weightGradientByBlocks(batchOf(spec, x), x, dy),
      b: channelSums(dy),
    }),
  },
  activation: {
    ...without,
    label: "activation",
    outShape: (_layer, inShape) => inShape,
    forward: ({ activation }, _p, x) => activate(activation, x),
    inputGradient: ({ activation }, _p, x, dy) => deltaOf(activation, x, dy),
  },
  pool2d: {
    ...without,
    label: "pooling",
    outShape({ spec }, inShape) {
      const { shapes } = poolGeometry(spec);
      expectShape(inShape, shapes.X.slice(1));
      return shapes.Y.slice(1);
    },
    forward: ({ spec }, _p, x) => pool2d(poolOf(spec, x), x),
    inputGradient: ({ spec }, _p, x, dy) => pool2dGradient(poolOf(spec, x), x, dy),
  },
  flatten: {
    ...without,
    label: "flatten",
    outShape: (_layer, inShape) => [sizeOf(inShape)],
    forward: (_layer, _p, x) => reshape(x, [x.shape[0]!, sizeOf(x.shape.slice(1))]),
    inputGradient: (_layer, _p, x, dy) => reshape(dy, x.shape),
  },
  linear: {
    label: "linear",
    outShape({ inputs, outputs }, inShape) {
      expectShape(inShape, [inputs]);
      return [outputs];
    },
    parameters: ({ inputs, outputs }) => ({
      w: [inputs, outputs],
      b: [outputs],
      fanIn: inputs,
      fanOut: outputs,
    }),
    forward: (_layer, { w, b }, x) => linear(x, w, b),
    inputGradient: (_layer, { w }, _x, dy) => linearInputGradient(w, dy),
    gradients(_layer, x, dy) {
      const { dw, db } = linearWeightGradients(x, dy);
      return { w: dw, b: db };
    },
  },
} as const satisfies { readonly [Kind in LayerKind]: LayerRow<Of<Kind>> };

/** The row of a layer. The one cast: a row takes the layers of its own kind. */
export function rowOf({ kind }: NetworkLayer): LayerRow<NetworkLayer> {
  return LAYERS[kind] as LayerRow<NetworkLayer>;
}

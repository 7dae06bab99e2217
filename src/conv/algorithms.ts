import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import type { Tensor } from "../tensor.ts";
import { forwardByBlocks, weightGradientByBlocks } from "./blocked.ts";
import { paddedGradientByCol2im } from "./col2im.ts";
import { direct } from "./direct.ts";
import { channelSums, type Gradients, gradientsByTaps, paddedGradientByTaps } from "./gradients.ts";
import { forwardByIm2col, weightGradientByIm2col } from "./im2col.ts";
import { forwardByIndexArrays, paddedGradientByIndexAdd } from "./indexArrays.ts";
import { foldPadded } from "./pad.ts";
import { reference } from "./reference.ts";
import { inputGradientByRotation, paddedGradientByRotation } from "./rotate.ts";
import { paddedGradientByScatter } from "./scatter.ts";
import { forwardByView, weightGradientByView } from "./view.ts";

// One table for each thing that is computed. The first row of a table is the definition.

export interface ForwardRow {
  readonly label: string;
  /** Z before the activation, N F oH oW. */
  readonly run: (g: Geometry, layer: Layer) => Tensor;
}

/** Every way to compute Z. */
export const FORWARD = {
  reference: { label: "taps summed", run: reference },
  direct: { label: "nested loops", run: direct },
  blocked: { label: "loops in blocks", run: forwardByBlocks },
  im2col: { label: "im2col", run: forwardByIm2col },
  view: { label: "strided view", run: (g, layer) => forwardByView(g, layer) },
  indices: { label: "index arrays", run: forwardByIndexArrays },
} as const satisfies Record<string, ForwardRow>;

/** The weights of a layer and δ = ∂L/∂Z, N F oH oW. */
type OfDelta = (g: Geometry, layer: Layer, delta: Tensor) => Tensor;

export interface InputGradientRow {
  readonly label: string;
  /** ∂L/∂X padded, N C Hp Wp: each cell of the ring on its own. */
  readonly padded: OfDelta;
  /** ∂L/∂X, N C H W: what the ring copied has its share of the ring. */
  readonly run: OfDelta;
}

/** A way that computes on the padded canvas and folds the ring back at the end. */
function folded(
  label: string,
  padded: (g: Geometry, w: Tensor, delta: Tensor) => Tensor,
): InputGradientRow {
  return {
    label,
    padded: (g, { w }, delta) => padded(g, w, delta),
    run: (g, { w }, delta) => foldPadded(g, padded(g, w, delta)),
  };
}

/** Every way to compute dX from δ. */
export const INPUT_GRADIENTS = {
  taps: {
    label: "taps summed backward",
    padded: (g, { w }, delta) => paddedGradientByTaps(g, w, delta),
    run: (g, layer, delta) => gradientsByTaps(g, layer, delta).dx,
  },
  scatter: folded("scatter", paddedGradientByScatter),
  col2im: folded("GEMM and col2im", paddedGradientByCol2im),
  indexAdd: folded("index add", paddedGradientByIndexAdd),
  rotate: {
    label: "dilate, pad, rotate",
    padded: (g, { w }, delta) => paddedGradientByRotation(g, w, delta),
    run: (g, { w }, delta) => inputGradientByRotation(g, w, delta),
  },
} as const satisfies Record<string, InputGradientRow>;

export interface WeightGradientsRow {
  readonly label: string;
  /** ∂L/∂W, F C/groups kH kW, and ∂L/∂b, F. */
  readonly run: (g: Geometry, layer: Layer, delta: Tensor) => Pick<Gradients, "dw" | "db">;
}

/** A way to compute dW, with db beside it: for db there is one way, Σ δ. */
function besideBias(
  label: string,
  weightGradient: (g: Geometry, x: Tensor, delta: Tensor) => Tensor,
): WeightGradientsRow {
  return {
    label,
    run: (g, { x }, delta) => ({ dw: weightGradient(g, x, delta), db: channelSums(delta) }),
  };
}

/** Every way to compute dW and db from δ. */
export const WEIGHT_GRADIENTS = {
  taps: { label: "taps summed backward", run: gradientsByTaps },
  blocked: besideBias("loops in blocks", weightGradientByBlocks),
  im2col: besideBias("colᵀ · δ", weightGradientByIm2col),
  view: besideBias("einsum over the view", weightGradientByView),
} as const satisfies Record<string, WeightGradientsRow>;

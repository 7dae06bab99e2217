import { type Geometry, geometryOf } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { type ConvSpec, DEFAULTS } from "../spec.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { spreadDelta } from "./canvas.ts";
import { direct } from "./direct.ts";
import { rotate180, swapChannels, windowKernels } from "./kernel.ts";
import { foldPadded } from "./pad.ts";

// The input gradient as one more convolution: dilate δ, pad it, turn the kernels, correlate at stride 1.
// Source: Dumoulin & Visin 2016, section 4.

/**
 * On which canvas δ is spread. `trimmed` gives dX at once, but knows nothing of a ring that copies the image; `full`
 * gives the gradient of the padded input, which is folded back afterwards.
 */
export type RotateCanvas = "full" | "trimmed";

/** The canvas that a pad mode needs. */
export function rotateCanvas(g: Geometry): RotateCanvas {
  return g.spec.padMode === "zeros" ? "trimmed" : "full";
}

/** The kernels that δ meets: turned by 180°, in- and out-channels exchanged per group. C F/groups kH kW. */
export function backwardKernels(g: Geometry, w: Tensor): Tensor {
  return swapChannels(g, rotate180(windowKernels(g, w)));
}

/** The convolution that computes the input gradient: F channels in, C out, stride 1, no padding, the same dilation. */
export function rotateSpec(g: Geometry, canvas: RotateCanvas): ConvSpec {
  const { N, C, F, kH, kW, dilation, groups } = g.spec;
  const { rows, columns } = g;
  const [H, W] = canvas === "full" ? [rows.padded, columns.padded] : [rows.n, columns.n];
  return {
    ...DEFAULTS,
    N,
    C: F,
    H: H + rows.effective - 1,
    W: W + columns.effective - 1,
    F: C,
    kH,
    kW,
    dilation,
    groups,
  };
}

/** That convolution with its numbers: its X is δ on the canvas, its W the backward kernels, its Z the gradient. */
export function rotateLayer(
  g: Geometry,
  w: Tensor,
  delta: Tensor,
  canvas: RotateCanvas = rotateCanvas(g),
): Layer {
  return {
    spec: rotateSpec(g, canvas),
    x: spreadDelta(g, canvas, delta),
    w: backwardKernels(g, w),
    b: tensor([g.spec.C]),
  };
}

function correlate(layer: Layer): Tensor {
  return direct(geometryOf(layer.spec), layer);
}

/** dX padded by dilating, padding and rotating: N C Hp Wp. */
export function paddedGradientByRotation(g: Geometry, w: Tensor, delta: Tensor): Tensor {
  return correlate(rotateLayer(g, w, delta, "full"));
}

/** dX by the same, N C H W: cropped before it is computed where the ring holds zeros, folded back where it copies. */
export function inputGradientByRotation(g: Geometry, w: Tensor, delta: Tensor): Tensor {
  const canvas = rotateCanvas(g);
  const gradient = correlate(rotateLayer(g, w, delta, canvas));
  return canvas === "trimmed" ? gradient : foldPadded(g, gradient);
}

import { effectiveLength } from "./axis.ts";
import { FORWARD, INPUT_GRADIENTS, WEIGHT_GRADIENTS } from "./conv/algorithms.ts";
import { channelSums, type Gradients } from "./conv/gradients.ts";
import { ConvError, shown } from "./errors.ts";
import { type Geometry, geometryOf } from "./geometry.ts";
import type { Layer } from "./layer.ts";
import type { Sides } from "./padding.ts";
import { checkShape } from "./shapes.ts";
import { type ConvSpec, checkSpec, DEFAULTS, type Pair } from "./spec.ts";
import { MOST_CELLS, type Tensor, tensor } from "./tensor.ts";

/**
 * What was asked of a transposed convolution: the adjoint of a convolution, with a bias. X N C H W, W C F/groups kH kW,
 * b F, Y N F oH oW with o = (n − 1)·stride + dilation·(k − 1) + 1 + outputPadding − padding before − padding after.
 * Padding crops here. Source: PyTorch's `ConvTranspose2d`.
 */
export interface ConvTransposeSpec {
  readonly N: number;
  readonly C: number;
  readonly H: number;
  readonly W: number;
  readonly F: number;
  readonly kH: number;
  readonly kW: number;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Sides;
  readonly groups: number;
  /** Cells that Y has after the last window, less than the stride: of the lengths that a stride cannot tell apart, which. */
  readonly outputPadding: Pair;
}

/** A transposed convolution with its numbers. */
export interface ConvTransposeLayer {
  readonly spec: ConvTransposeSpec;
  readonly x: Tensor;
  readonly w: Tensor;
  readonly b: Tensor;
}

/** A layer of one cell. Fields are asked in it a few at a time, so that what is wrong is said as of any other layer. */
const ONE = { ...DEFAULTS, N: 1, C: 1, H: 1, W: 1, F: 1, kH: 1, kW: 1 };

/**
 * The spec in `value`, whatever it is. Nothing is filled in and nothing is converted.
 * @throws ConvError naming the field, why, and what is accepted.
 */
export function checkConvTransposeSpec(value: unknown): ConvTransposeSpec {
  if (typeof value !== "object" || value === null)
    throw new ConvError("spec", `${shown(value)} is not a layer`, "an object with the sizes");
  const { N, C, H, W, F, kH, kW, stride, dilation, padding, groups, outputPadding } =
    value as ConvTransposeSpec; // or so it claims
  checkSpec({ ...ONE, N, C, H, W });
  checkSpec({ ...ONE, C, F, groups });
  checkSpec({ ...ONE, kH, stride, dilation, padding: "full" });
  checkSpec({ ...ONE, kW, stride, dilation, padding: "full" });
  checkSpec({ ...ONE, padding });
  if (!Array.isArray(padding))
    throw new ConvError("padding", `${shown(padding)} is not four sides`, "four numbers");
  checkOutputPadding(outputPadding, stride);
  const spec = { N, C, H, W, F, kH, kW, stride, dilation, padding, groups, outputPadding };
  checkOutput(spec);
  checkSpec(adjointOf(spec));
  return spec;
}

function checkOutputPadding(value: unknown, stride: Pair): void {
  if (!Array.isArray(value) || value.length !== 2)
    throw new ConvError(
      "outputPadding",
      value === undefined ? "is missing" : `${shown(value)} is not a pair`,
      "two numbers, vertical and horizontal",
    );
  for (const [axis, name] of ["vertical", "horizontal"].entries()) {
    const p: unknown = value[axis];
    const most = stride[axis]! - 1;
    if (!Number.isInteger(p) || (p as number) < 0 || (p as number) > most)
      throw new ConvError(
        `outputPadding.${name}`,
        `${shown(p)} is not below the stride of ${stride[axis]}`,
        `a whole number from 0 to ${most}`,
      );
  }
}

/** [oH, oW] of a transposed convolution; less than 1 where the padding crops all of it. */
function outputOf(spec: ConvTransposeSpec): Pair {
  const [top, right, bottom, left] = spec.padding;
  const length = (n: number, k: number, axis: 0 | 1, cropped: number) =>
    (n - 1) * spec.stride[axis] +
    effectiveLength(k, spec.dilation[axis]) +
    spec.outputPadding[axis] -
    cropped;
  return [length(spec.H, spec.kH, 0, top + bottom), length(spec.W, spec.kW, 1, left + right)];
}

function checkOutput(spec: ConvTransposeSpec): void {
  const [oH, oW] = outputOf(spec);
  for (const [o, side, unit] of [
    [oH, "top", "rows"],
    [oW, "left", "columns"],
  ] as const)
    if (o < 1)
      throw new ConvError(
        `padding.${side}`,
        `leaves an output of ${o} ${unit}`,
        `${1 - o} ${unit} of padding less`,
      );
  const size = spec.N * spec.F * oH * oW;
  if (size > MOST_CELLS)
    throw new ConvError("Y", `has ${size.toPrecision(3)} cells`, `up to ${MOST_CELLS} cells`);
}

/**
 * The convolution of which this is the adjoint: it takes Y to X, with the same W, and leaves `outputPadding` as the
 * remainder that no window reads.
 */
export function adjointOf(spec: ConvTransposeSpec): ConvSpec {
  const { N, C, F, kH, kW, stride, dilation, padding, groups } = spec;
  const [H, W] = outputOf(spec);
  return { ...DEFAULTS, N, C: F, H, W, F: C, kH, kW, stride, dilation, padding, groups };
}

/**
 * The geometry of the convolution of which a layer is the adjoint: its X is our Y, its Y our X.
 * @throws ConvError naming the field that does not fit.
 */
export function checkConvTranspose(layer: ConvTransposeLayer): Geometry {
  const g = geometryOf(adjointOf(checkConvTransposeSpec(layer.spec)));
  checkShape("X", layer.x, g.shapes.Y);
  checkShape("W", layer.w, g.shapes.W);
  checkShape("b", layer.b, [layer.spec.F]);
  return g;
}

/** The adjoint with other numbers in it: `x` where its input stands. */
function adjointLayer(g: Geometry, x: Tensor, w: Tensor): Layer {
  return { spec: g.spec, x, w, b: tensor(g.shapes.b) };
}

/**
 * Y of a transposed convolution, N F oH oW: the input gradient of its adjoint for δ = X, plus the bias.
 * @throws ConvError when spec and tensors do not fit.
 */
export function convTranspose2d(
  layer: ConvTransposeLayer,
  algorithm: keyof typeof INPUT_GRADIENTS = "scatter",
): Tensor {
  const g = checkConvTranspose(layer);
  const asked = adjointLayer(g, tensor(g.shapes.X), layer.w);
  const y = INPUT_GRADIENTS[algorithm].run(g, asked, layer.x);
  const plane = g.rows.n * g.columns.n;
  for (let i = 0; i < y.data.length; i++)
    y.data[i] = y.data[i]! + layer.b.data[Math.floor(i / plane) % layer.spec.F]!;
  return y;
}

/** By which algorithms of the adjoint: dX is its forward pass, dW its weight gradient. */
export interface GradientAlgorithms {
  readonly input?: keyof typeof FORWARD;
  readonly weights?: keyof typeof WEIGHT_GRADIENTS;
}

/**
 * dX, dW and db of a transposed convolution from ∂L/∂Y, N F oH oW: the forward pass and the weight gradient of its adjoint.
 * @throws ConvError when spec and tensors do not fit.
 */
export function convTranspose2dGradients(
  layer: ConvTransposeLayer,
  dy: Tensor,
  { input = "direct", weights = "view" }: GradientAlgorithms = {},
): Gradients {
  const g = checkConvTranspose(layer);
  checkShape("∂L/∂Y", dy, g.shapes.X);
  const asked = adjointLayer(g, dy, layer.w);
  return {
    dx: FORWARD[input].run(g, asked),
    dw: WEIGHT_GRADIENTS[weights].run(g, asked, layer.x).dw,
    db: channelSums(dy),
  };
}

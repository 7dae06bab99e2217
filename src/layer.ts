import { type Geometry, geometryOf } from "./geometry.ts";
import { checkTensor } from "./shapes.ts";
import { type ConvSpec, checkSpec } from "./spec.ts";
import type { Tensor } from "./tensor.ts";

/** A convolution layer with its numbers: what an algorithm is given. x N C H W, w F C/groups kH kW, b F. */
export interface Layer {
  readonly spec: ConvSpec;
  readonly x: Tensor;
  readonly w: Tensor;
  readonly b: Tensor;
}

/**
 * The geometry of a layer whose spec and tensors fit together.
 * @throws ConvError naming the field that does not.
 */
export function checkLayer(layer: Layer): Geometry {
  const g = geometryOf(checkSpec(layer.spec));
  checkTensor("X", layer.x, g.shapes.X);
  checkTensor("W", layer.w, g.shapes.W);
  checkTensor("b", layer.b, g.shapes.b);
  return g;
}

/** Refuses an upstream gradient that is not shaped like Y. */
export function checkGradient(g: Geometry, dy: Tensor): void {
  checkTensor("∂L/∂Y", dy, g.shapes.Y);
}

import { ConvError, shown } from "./errors.ts";
import { type Geometry, geometryOf } from "./geometry.ts";
import { type ConvSpec, checkSpec } from "./spec.ts";
import { sizeOf, type Tensor } from "./tensor.ts";

/** A convolution layer with its numbers: what an algorithm is given. x N C H W, w F C/groups kH kW, b F. */
export interface Layer {
  readonly spec: ConvSpec;
  readonly x: Tensor;
  readonly w: Tensor;
  readonly b: Tensor;
}

function checkTensor(name: string, value: unknown, shape: readonly number[]): void {
  const accepted = `a tensor of ${shape.join(" × ")}`;
  if (typeof value !== "object" || value === null)
    throw new ConvError(name, `${shown(value)} is not a tensor`, accepted);
  const { shape: found, data } = value as Partial<Tensor>;
  if (!Array.isArray(found) || !(data instanceof Float64Array))
    throw new ConvError(name, "has no shape or no numbers", accepted);
  if (found.length !== shape.length || found.some((n, axis) => n !== shape[axis]))
    throw new ConvError(name, `has the shape ${found.join(" × ") || "of a scalar"}`, accepted);
  if (data.length !== sizeOf(shape))
    throw new ConvError(name, `holds ${data.length} numbers`, `${sizeOf(shape)} numbers`);
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

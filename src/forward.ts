import { activate } from "./activate.ts";
import { FORWARD } from "./conv/algorithms.ts";
import { checkLayer, type Layer } from "./layer.ts";
import type { Tensor } from "./tensor.ts";

/** What a forward pass gives: Z = X ⋆ W + b and Y = activation(Z), both N F oH oW. */
export interface Answer {
  readonly z: Tensor;
  readonly y: Tensor;
}

/**
 * The forward pass of a layer, in float64.
 * @throws ConvError when spec and tensors do not fit.
 */
export function forward(layer: Layer, algorithm: keyof typeof FORWARD = "direct"): Answer {
  const z = FORWARD[algorithm].run(checkLayer(layer), layer);
  return { z, y: activate(layer.spec.activation, z) };
}

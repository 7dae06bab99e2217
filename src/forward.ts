import { activate } from "./activate.ts";
import type { ForwardRow } from "./conv/algorithms.ts";
import { direct } from "./conv/direct.ts";
import type { Gradients } from "./conv/gradients.ts";
import { checkLayer, type Layer } from "./layer.ts";
import type { Tensor } from "./tensor.ts";
import type { Update } from "./update.ts";

/** What a forward pass gives: Z = X ⋆ W + b and Y = activation(Z), both N F oH oW. */
export interface Answer {
  readonly z: Tensor;
  readonly y: Tensor;
  /** What the way back gives, where it was gone. */
  readonly back: Backward | null;
}

/** What a backward pass gives: ∂L/∂Y and δ = ∂L/∂Z, N F oH oW, and the gradients they lead to. */
export interface Backward extends Gradients {
  readonly upstream: Tensor;
  readonly delta: Tensor;
  /** What Y is compared with, and ½‖Y − T‖²; null where ∂L/∂Y does not come from a target. */
  readonly target: { readonly tensor: Tensor; readonly loss: number } | null;
  /** Where the gradients would lead W and b. */
  readonly update: Update;
}

/**
 * The forward pass of a layer, in float64.
 * @throws ConvError when spec and tensors do not fit.
 */
export function forward(layer: Layer, algorithm: ForwardRow["run"] = direct): Answer {
  const z = algorithm(checkLayer(layer), layer);
  return { z, y: activate(layer.spec.activation, z), back: null };
}

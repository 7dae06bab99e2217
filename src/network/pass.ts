import { checkShape } from "../shapes.ts";
import type { Tensor } from "../tensor.ts";
import { type Parameters, rowOf } from "./layers.ts";
import type { Network } from "./network.ts";

/** What goes through a network: `values[0]` is the batch (N 1 H W), `values[i + 1]` what layer i made of it. */
export interface Pass {
  readonly values: readonly Tensor[];
}

/** The logits of a pass, N K: what its last layer made. */
export function logitsOf({ values }: Pass): Tensor {
  return values.at(-1)!;
}

/** Every intermediate of a batch `x` (N 1 H W). @throws ConvError when x holds no images of the network's size. */
export function forwardPass({ spec, layers, parameters }: Network, x: Tensor): Pass {
  checkShape("X", x, [x.shape[0] ?? 0, 1, spec.H, spec.W]);
  const values = [x];
  for (const [i, layer] of layers.entries())
    values.push(rowOf(layer).forward(layer, parameters[i]!, values[i]!));
  return { values };
}

/** What the loss sent back. */
export interface Back {
  /** `deltas[i]` is ∂L/∂values[i + 1], what layer i was sent; of the convolution it is δ = ∂L/∂Z. */
  readonly deltas: readonly Tensor[];
  /** ∂L/∂w and ∂L/∂b of every layer: sums over the batch of what `dlogits` holds. */
  readonly gradients: readonly Parameters[];
}

/**
 * Every gradient that follows from `dlogits` = ∂L/∂logits (N K). That of the images themselves is not asked for:
 * it would be the dearest of all, and nothing is learned from it.
 */
export function backwardPass(
  { layers, parameters }: Network,
  { values }: Pass,
  dlogits: Tensor,
): Back {
  checkShape("∂L/∂logits", dlogits, values.at(-1)!.shape);
  const deltas = [dlogits];
  const gradients: Parameters[] = [];
  for (let i = layers.length - 1; i >= 0; i--) {
    const row = rowOf(layers[i]!);
    const [x, dy] = [values[i]!, deltas[0]!];
    gradients.unshift(row.gradients(layers[i]!, x, dy));
    if (i > 0) deltas.unshift(row.inputGradient(layers[i]!, parameters[i]!, x, dy));
  }
  return { deltas, gradients };
}

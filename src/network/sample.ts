import type { Document } from "../document.ts";
import { tensor } from "../tensor.ts";
import type { Run, Stepped } from "./run.ts";

/** A step, and the run it set out from: its parameters are those that made what the step holds. */
type Taken = Pick<Stepped, "batch" | "back" | "metrics"> & { readonly before: Run };

/**
 * The convolution of a step as a document: the whole batch as X, W and b as they were before the update, ∂L/∂Y as the
 * loss sent it back (through pooling already, if there is any), and the velocity. Whoever computes it finds Z, Y and δ
 * of every sample, and the very update that the batch made.
 */
export function documentOfStep({ before, batch, back, metrics }: Taken): Document {
  const { network, optimiser } = before;
  const { stride, dilation, padding, padMode, flip, activation } = network.spec;
  const { w, b } = network.parameters[0]!;
  const [, upstream] = back.deltas; // the first is δ itself, what the activation has let through
  const { momentum, weightDecay, lrDecay, nesterov } = optimiser.options;
  const velocity = optimiser.velocities[0]!;
  return {
    input: { word: null, tensor: batch.images },
    kernel: { word: null, tensor: w },
    bias: b,
    settings: { stride, dilation, padding, padMode, groups: 1, flip, activation },
    upstream: { word: null, tensor: upstream! },
    training: {
      ...{ rule: "torch", momentum, weightDecay, lrDecay, nesterov },
      lr: metrics.lr,
      motion: {
        w: tensor(velocity.w.shape, velocity.w.data),
        b: tensor(velocity.b.shape, velocity.b.data),
        updates: optimiser.updates,
        decayed: 1,
      },
    },
  };
}

import type { Tensor } from "../tensor.ts";
import { type CrossEntropy, softmaxCrossEntropy } from "./crossEntropy.ts";
import type { Dataset } from "./dataset.ts";
import type { Parameters } from "./layers.ts";
import type { Network } from "./network.ts";
import { type Optimiser, updateNetwork } from "./optimiser.ts";
import { type Back, backwardPass, forwardPass, logitsOf, type Pass } from "./pass.ts";

/** What is said of one step. */
export interface Metrics {
  /** Mean cross-entropy of the batch before the update, in nats. */
  readonly loss: number;
  /** Samples of the batch whose largest logit was that of their class, before the update. */
  readonly correct: number;
  readonly samples: number;
  /** Step length of the update. */
  readonly lr: number;
  /** |gradient|₂ over all parameters. */
  readonly gradientNorm: number;
  /** |parameters|₂ after the update. */
  readonly parameterNorm: number;
  /** |update|₂ / |parameters|₂ before it: how far the step moved the network, for its size. */
  readonly relativeUpdate: number;
}

export interface Step {
  readonly network: Network;
  readonly optimiser: Optimiser;
  readonly metrics: Metrics;
  /** All that was computed on the way, of the network before the update. */
  readonly pass: Pass;
  readonly entropy: CrossEntropy;
  readonly back: Back;
}

/** The class of the largest of the logits of sample n; of equals the first. */
export function predicted({ shape, data }: Tensor, n: number): number {
  const K = shape[1]!;
  let best = 0;
  for (let k = 1; k < K; k++) if (data[n * K + k]! > data[n * K + best]!) best = k;
  return best;
}

/** How many samples are predicted to be what they are. */
export function correctOf(logits: Tensor, labels: ArrayLike<number>): number {
  let correct = 0;
  for (let n = 0; n < labels.length; n++) if (predicted(logits, n) === labels[n]) correct++;
  return correct;
}

/** The root of the sum of squares over all parameters; of differences where `other` is given. */
function norm(parameters: readonly Parameters[], other?: readonly Parameters[]): number {
  let sum = 0;
  for (let i = 0; i < parameters.length; i++)
    for (const name of ["w", "b"] as const) {
      const a = parameters[i]![name].data;
      const b = other?.[i]?.[name].data;
      for (let j = 0; j < a.length; j++) {
        const d = b ? a[j]! - b[j]! : a[j]!;
        sum += d * d;
      }
    }
  return Math.sqrt(sum);
}

/**
 * One step of training: forward, loss (mean over the batch), backward, update. Nothing that goes in is changed.
 * Source: Rumelhart, Hinton & Williams 1986; Robbins & Monro 1951.
 * @throws ConvError when the images or the labels do not fit the network.
 */
export function trainStep(network: Network, optimiser: Optimiser, batch: Dataset): Step {
  const pass = forwardPass(network, batch.images);
  const logits = logitsOf(pass);
  const entropy = softmaxCrossEntropy(logits, batch.labels);
  const back = backwardPass(network, pass, entropy.dlogits);
  const after = updateNetwork(network, optimiser, back.gradients);
  return {
    ...after,
    ...{ pass, entropy, back },
    metrics: {
      loss: entropy.loss.data[0]!,
      correct: correctOf(logits, batch.labels),
      samples: batch.labels.length,
      lr: optimiser.lr,
      gradientNorm: norm(back.gradients),
      parameterNorm: norm(after.network.parameters),
      relativeUpdate: norm(after.network.parameters, network.parameters) / norm(network.parameters),
    },
  };
}

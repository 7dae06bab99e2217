import { ConvError, keyOf } from "../errors.ts";
import { checkShape } from "../shapes.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { logSoftmax } from "./softmax.ts";

/** How the losses of the samples become one: by what their sum is divided. */
export const REDUCTIONS = {
  none: { label: "one loss a sample", divisor: () => 1 },
  sum: { label: "their sum", divisor: () => 1 },
  mean: { label: "their mean, by weight", divisor: (weight: number) => weight },
} as const satisfies Record<
  string,
  { readonly label: string; readonly divisor: (weight: number) => number }
>;

export type Reduction = keyof typeof REDUCTIONS;

export interface CrossEntropyOptions {
  readonly reduction: Reduction;
  /** What a sample of each class counts, K; without them 1. */
  readonly weights?: Tensor | undefined;
  /** A label whose samples do not count. */
  readonly ignoreIndex?: number | undefined;
}

export interface CrossEntropy {
  /** In nats: a scalar, or N where nothing was reduced. */
  readonly loss: Tensor;
  /** ln of the probabilities, N K. */
  readonly logProbs: Tensor;
  /** The probabilities, softmax of the logits, N K. */
  readonly probs: Tensor;
  /** ∂L/∂logits, N K; of losses that were not reduced, of their sum. */
  readonly dlogits: Tensor;
}

function checkLabels(labels: ArrayLike<number>, N: number, K: number, ignored?: number): void {
  if (labels.length !== N)
    throw new ConvError(
      "labels",
      `${labels.length} do not label ${N} samples`,
      "one label a sample",
    );
  for (let n = 0; n < N; n++) {
    const label = labels[n]!;
    if (label !== ignored && !(Number.isInteger(label) && label >= 0 && label < K))
      throw new ConvError(
        "labels",
        `${label}, of sample ${n + 1}, is no class`,
        `whole numbers from 0 to ${K - 1}`,
      );
  }
}

/**
 * Softmax cross-entropy of logits (N K) against labels (N): −w·ln p of the true class, natural logarithm, by
 * log-sum-exp. The mean divides by the sum of the weights that count. Source: PyTorch's CrossEntropyLoss.
 * @throws ConvError when the shapes differ, a label is no class, or a mean is asked of nothing.
 */
export function softmaxCrossEntropy(
  logits: Tensor,
  labels: ArrayLike<number>,
  options: CrossEntropyOptions = { reduction: "mean" },
): CrossEntropy {
  const { weights, ignoreIndex } = options;
  const reduction = keyOf("reduction", REDUCTIONS, options.reduction);
  const [N = 0, K = 0] = logits.shape;
  checkShape("logits", logits, [N, K]);
  checkLabels(labels, N, K, ignoreIndex);
  if (weights) checkShape("weights", weights, [K]);
  const weightOf = (n: number) =>
    labels[n] === ignoreIndex ? 0 : weights ? weights.data[labels[n]!]! : 1;

  const logProbs = logSoftmax(logits, 1);
  const losses = tensor([N]);
  let sum = 0;
  let weight = 0;
  for (let n = 0; n < N; n++) {
    const w = weightOf(n);
    if (w === 0) continue;
    losses.data[n] = -w * logProbs.data[n * K + labels[n]!]!;
    sum += losses.data[n]!;
    weight += w;
  }
  if (reduction === "mean" && weight === 0)
    throw new ConvError("labels", "there is no sample to take the mean of", "one sample or more");
  const divisor = REDUCTIONS[reduction].divisor(weight);

  const probs = tensor([N, K], logProbs.data.map(Math.exp));
  const dlogits = tensor([N, K]);
  for (let n = 0; n < N; n++) {
    const share = weightOf(n) / divisor;
    for (let k = 0; k < K; k++) {
      const at = n * K + k;
      dlogits.data[at] = share * (probs.data[at]! - (k === labels[n] ? 1 : 0));
    }
  }
  const loss = reduction === "none" ? losses : tensor([], [sum / divisor]);
  return { loss, logProbs, probs, dlogits };
}

import { type Tensor, tensor } from "../tensor.ts";
import { softmaxCrossEntropy } from "./crossEntropy.ts";
import { type Dataset, sliceOf } from "./dataset.ts";
import type { Network } from "./network.ts";
import { forwardPass, logitsOf } from "./pass.ts";
import { predicted } from "./step.ts";

/** A sample taken for another class. */
export interface Mistake {
  /** Which sample of the split. */
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  /** Its own cross-entropy, in nats: the larger, the surer the network was of something else. */
  readonly loss: number;
}

export interface Evaluation {
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  readonly correct: number;
  readonly total: number;
  /** correct / total. */
  readonly accuracy: number;
  /** The smallest distance of the two largest logits of a sample: how safe the accuracy is from rounding. */
  readonly minMargin: number;
  /** K K: how many samples of a class (row) were taken for which (column). */
  readonly confusion: Tensor;
  /** The mistakes of largest loss, worst first. */
  readonly worst: readonly Mistake[];
}

/** Samples that go through the network together: enough to be fast, few enough to be small. */
const AT_ONCE = 512;

function marginOf({ shape, data }: Tensor, n: number): number {
  const K = shape[1]!;
  const [first, second] = [...data.subarray(n * K, (n + 1) * K)].sort((a, b) => b - a);
  return first! - second!;
}

/** How a network does on a split. `most` mistakes are listed. @throws ConvError when the samples do not fit it. */
export function evaluate(network: Network, data: Dataset, most = 16): Evaluation {
  const { classes } = network.spec;
  const total = data.labels.length;
  const confusion = tensor([classes, classes]);
  const mistakes: Mistake[] = [];
  let sum = 0;
  let minMargin = Number.POSITIVE_INFINITY;
  for (let first = 0; first < total; first += AT_ONCE) {
    const { images, labels } = sliceOf(data, first, Math.min(first + AT_ONCE, total));
    const logits = logitsOf(forwardPass(network, images));
    const losses = softmaxCrossEntropy(logits, labels, { reduction: "none" }).loss.data;
    for (let n = 0; n < labels.length; n++) {
      const label = labels[n]!;
      const taken = predicted(logits, n);
      confusion.data[label * classes + taken]!++;
      sum += losses[n]!;
      minMargin = Math.min(minMargin, marginOf(logits, n));
      if (taken !== label)
        mistakes.push({ index: first + n, label, predicted: taken, loss: losses[n]! });
    }
  }
  const correct = total - mistakes.length;
  return {
    ...{ correct, total, minMargin, confusion },
    loss: sum / total,
    accuracy: correct / total,
    worst: mistakes.sort((a, b) => b.loss - a.loss).slice(0, most),
  };
}

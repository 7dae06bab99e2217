import { logSoftmax, softmax, softmaxCrossEntropy, softmaxGradient } from "#engine";
import type { Case } from "../case.ts";
import { comparer, type Op, tensorOf } from "./ask.ts";

export const softmaxOp: Op = {
  compare(recorded) {
    const { x, z = x, dy } = recorded.inputs ?? {};
    const axis = recorded.attrs.axis as number;
    const { done, add } = comparer(recorded);
    const y = softmax(tensorOf("Z", z), axis);
    add("softmax", "y", y);
    if (dy) add("softmax", "dz", softmaxGradient(y, tensorOf("∂L/∂Y", dy), axis));
    return done;
  },
};

export const logSoftmaxOp: Op = {
  compare(recorded) {
    const { done, add } = comparer(recorded);
    const { x, z = x } = recorded.inputs ?? {};
    add("log-softmax", "y", logSoftmax(tensorOf("Z", z), recorded.attrs.axis as number));
    return done;
  },
};

function entropyOf(attrs: Case["attrs"], tensors: NonNullable<Case["inputs" | "tensors"]>) {
  const { logits, labels, weights } = tensors;
  return softmaxCrossEntropy(tensorOf("logits", logits), tensorOf("labels", labels).data, {
    reduction: attrs.reduction as "mean",
    weights: weights && tensorOf("weights", weights),
    ignoreIndex: attrs.ignoreIndex as number | undefined,
  });
}

export const crossEntropy: Op = {
  compare(recorded) {
    const { loss, probs, logProbs, dlogits } = entropyOf(recorded.attrs, recorded.inputs ?? {});
    const { done, add } = comparer(recorded);
    add("cross-entropy", "loss", loss);
    add("cross-entropy", "probs", probs);
    add("cross-entropy", "logProb", logProbs);
    add("cross-entropy", "dlogits", dlogits);
    return done;
  },
  outShape: ({ attrs, tensors = {} }) => entropyOf(attrs, tensors).loss.shape,
};

import type { Document } from "../document.ts";
import { ConvError, keyOf } from "../errors.ts";
import type { Backward } from "../forward.ts";
import { checkSgd } from "../sgd.ts";
import type { Tensor } from "../tensor.ts";
import { DEFAULT_TRAINING, TRAINING_RULES, type Training } from "../training.ts";
import { motionAfter } from "../update.ts";
import { drawn } from "./cells.ts";

/** Everything about the training that a person sets. */
export type TrainingSet = Omit<Training, "motion">;

/** How the document is trained. */
export function trainingOf({ training }: Document): Training {
  return training ?? DEFAULT_TRAINING;
}

/**
 * The training with some of it set anew. The velocity goes on, but for that of another rule: rules do not mean the
 * same by it.
 * @throws ConvError naming what is out of bounds.
 */
export function setTraining(document: Document, change: Partial<TrainingSet>): Document {
  const before = trainingOf(document);
  const training = checkTraining({ ...before, ...change });
  const motion = training.rule === before.rule ? before.motion : null;
  return { ...document, training: { ...training, motion } };
}

/** Settings that go together, or a refusal. What a rule does not read stays for the next that does. */
export function checkTraining(asked: TrainingSet): TrainingSet {
  const { rule, lr, momentum, weightDecay, lrDecay, nesterov } = asked;
  keyOf("rule", TRAINING_RULES, rule);
  if (momentum >= 1)
    throw new ConvError("momentum", `${momentum} never lets a velocity fade`, "0 to below 1");
  const checked = checkSgd({ rule, lr: lr ?? 1, momentum, weightDecay, lrDecay, nesterov });
  return { rule, lr, momentum, weightDecay, lrDecay, nesterov: checked.nesterov };
}

/**
 * The document after the update that its way back leads to.
 * @throws ConvError where a number would pass all bounds: the document stands.
 */
export function takeUpdate(document: Document, { update }: Backward): Document {
  const { w, b } = update;
  checkFinite("W", w.after.parameters);
  checkFinite("b", b.after.parameters);
  return {
    ...document,
    kernel: drawn(w.after.parameters),
    bias: b.after.parameters,
    training: { ...trainingOf(document), motion: motionAfter(update) },
  };
}

function checkFinite(field: string, { data }: Tensor): void {
  if (data.every(Number.isFinite)) return;
  throw new ConvError(
    field,
    "would hold a number too large to be one after this update",
    "a smaller step length",
  );
}

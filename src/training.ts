import type { SgdOptions, SgdRule } from "./sgd.ts";
import type { Tensor } from "./tensor.ts";

/** The numbers of a rule that a person sets besides the step length. */
type Number = "momentum" | "weightDecay" | "lrDecay";

interface TrainingRow {
  /** The numbers the rule reads. */
  readonly numbers: readonly Number[];
  /** Whether it can look ahead along the velocity: a switch, not a rule of its own. */
  readonly nesterov: boolean;
}

/** The rules a layer can be trained by, of those in `SGD_RULES`, and what there is to set about each. */
export const TRAINING_RULES = {
  torch: { numbers: ["momentum", "weightDecay", "lrDecay"], nesterov: true },
  "numpynet-momentum": { numbers: ["momentum", "lrDecay"], nesterov: false },
  "numpynet-nesterov": { numbers: ["momentum", "lrDecay"], nesterov: false },
} as const satisfies Partial<Record<SgdRule, TrainingRow>>;

export type TrainingRule = keyof typeof TRAINING_RULES;

/** What is left of the updates made so far, besides the weights: velocities, and how far the step has decayed. */
export interface Motion {
  readonly w: Tensor;
  readonly b: Tensor;
  readonly updates: number;
  /** What the step length is multiplied by. */
  readonly decayed: number;
}

/** How W and b are updated. */
export interface Training
  extends Pick<SgdOptions, "momentum" | "weightDecay" | "lrDecay" | "nesterov"> {
  readonly rule: TrainingRule;
  /** The step length; null: as long as the input allows (`fittingStep`). */
  readonly lr: number | null;
  /** null: at rest, as before the first update. */
  readonly motion: Motion | null;
}

/** What holds while nothing has been set. */
export const DEFAULT_TRAINING: Training = {
  rule: "torch",
  lr: null,
  momentum: 0.9,
  weightDecay: 0,
  lrDecay: 0,
  nesterov: false,
  motion: null,
};

/** The same, at rest. */
export function rested(training: Training | null): Training | null {
  return training?.motion ? { ...training, motion: null } : training;
}

import type { Dataset } from "./dataset.ts";
import { nextStep, type Run, type Stepped } from "./run.ts";
import type { Metrics } from "./step.ts";

/** What can leave the numbers, in the order in which it is met. */
const WATCHED = {
  loss: "the loss",
  gradientNorm: "the gradient",
  parameterNorm: "the parameters",
} as const satisfies Partial<Record<keyof Metrics, string>>;

/** A step that was not taken, because a number would not have been finite. */
export interface Stop {
  /** The step that would have been, from 1. */
  readonly step: number;
  readonly what: (typeof WATCHED)[keyof typeof WATCHED];
  /** What it would have been: NaN or an infinity. */
  readonly value: number;
  /** The last run of finite numbers: where it stands now. */
  readonly run: Run;
}

export type Attempt =
  | { readonly kind: "stepped"; readonly stepped: Stepped }
  | { readonly kind: "stopped"; readonly stop: Stop };

/** The next step, or why it is not taken: a run never holds a number that is not finite. */
export function attemptStep(run: Run, data: Dataset): Attempt {
  const stepped = nextStep(run, data);
  for (const name of Object.keys(WATCHED) as (keyof typeof WATCHED)[]) {
    const value = stepped.metrics[name];
    if (!Number.isFinite(value))
      return { kind: "stopped", stop: { step: run.step + 1, what: WATCHED[name], value, run } };
  }
  return { kind: "stepped", stepped };
}

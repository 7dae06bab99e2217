import { ConvError, shown } from "../errors.ts";
import { checkDataset, checkNetwork, checkRun } from "../network/checkRun.ts";
import { type Dataset, sliceOf } from "../network/dataset.ts";
import { type DeadUnits, deadUnits } from "../network/dead.ts";
import { type Evaluation, evaluate } from "../network/evaluate.ts";
import type { Network } from "../network/network.ts";
import { forwardPass, logitsOf, type Pass } from "../network/pass.ts";
import type { Run, Stepped } from "../network/run.ts";
import { softmax } from "../network/softmax.ts";
import type { Metrics } from "../network/step.ts";
import { attemptStep, type Stop } from "../network/stop.ts";
import { whole } from "../spec.ts";
import type { Tensor } from "../tensor.ts";

// The jobs of a training run. A run is part of the question and of the answer; the worker keeps nothing of it.

/** Labelled images to keep under a name, or null to let go of them. */
export interface Keep {
  readonly name: string;
  readonly data: Dataset | null;
  /** Which name is let go of in the same breath. */
  readonly instead?: string | null;
}

/** Samples from `first` up to, not including, `end` of what is kept under a name. */
export interface Part {
  readonly of: string;
  readonly first: number;
  readonly end: number;
}

/** How far one question goes: so many steps, or as many as are begun within so many ms, at least one. */
export type Until = { readonly steps: number } | { readonly ms: number };

export interface Train {
  readonly run: Run;
  readonly data: Part;
  readonly until: Until;
}

/** A step with the run it set out from, whose parameters are those that made what it holds. */
export interface LastStep extends Stepped {
  readonly before: Run;
}

export interface Trained {
  readonly run: Run;
  /** Of every step, oldest first. */
  readonly metrics: readonly Metrics[];
  /** The last step with all its intermediates; null where none could be taken. */
  readonly last: LastStep | null;
  /** Why the run stands where it does, if no step could be taken from there. */
  readonly stop: Stop | null;
}

export interface Evaluate {
  readonly network: Network;
  readonly data: Part;
}

export interface Evaluated {
  readonly evaluation: Evaluation;
  readonly dead: readonly DeadUnits[];
}

export interface Predict {
  readonly network: Network;
  /** 1 1 H W. */
  readonly image: Tensor;
}

export interface Predicted extends Pass {
  /** 1 K. */
  readonly probabilities: Tensor;
}

/** More than this would keep a pause waiting. */
const MOST = { steps: 100_000, ms: 1_000 } as const;

/** Data by its name: the one thing this worker keeps. One that takes its place is sent it again. */
const kept = new Map<string, Dataset>();

export function keep({ name, data, instead = null }: Keep): { readonly samples: number } {
  if (typeof name !== "string" || name === "")
    throw new ConvError("name", `${shown(name)} names nothing`, "a word");
  if (data === null) kept.delete(name);
  else kept.set(name, checkDataset(data));
  if (instead !== null && instead !== name) kept.delete(instead);
  return { samples: data?.labels.length ?? 0 };
}

function partOf(part: Part): Dataset {
  const { of, first, end } = part ?? {};
  const data = kept.get(of);
  if (!data) throw new ConvError("data", `${shown(of)} is not known`, "what has been sent before");
  return sliceOf(data, first, end);
}

/** Whether another step is to be taken after `taken` of them. */
function limitOf(until: Until, now: () => number): (taken: number) => boolean {
  if (until && "steps" in until) {
    const steps = whole("steps", until.steps, 1);
    if (steps <= MOST.steps) return (taken) => taken < steps;
  } else if (until && until.ms >= 0 && until.ms <= MOST.ms) {
    const end = now() + until.ms;
    return () => now() < end;
  }
  throw new ConvError("until", "is no end", `up to ${MOST.steps} steps, or up to ${MOST.ms} ms`);
}

/** Takes steps until it is told to end, or the next one would leave the numbers. */
export function train(asked: Train, now: () => number = () => performance.now()): Trained {
  const data = partOf(asked.data);
  const goesOn = limitOf(asked.until, now);
  let run = checkRun(asked.run, data);
  const metrics: Metrics[] = [];
  let last: LastStep | null = null;
  do {
    const attempt = attemptStep(run, data);
    if (attempt.kind === "stopped") return { run, metrics, last, stop: attempt.stop };
    last = { ...attempt.stepped, before: run };
    metrics.push(last.metrics);
    run = last.run;
  } while (goesOn(metrics.length));
  return { run, metrics, last, stop: null };
}

export function evaluated(asked: Evaluate): Evaluated {
  const data = partOf(asked.data);
  const network = checkNetwork(asked.network);
  return { evaluation: evaluate(network, data), dead: deadUnits(network, data) };
}

export function predict(asked: Predict): Predicted {
  const pass = forwardPass(checkNetwork(asked.network), asked.image);
  return { ...pass, probabilities: softmax(logitsOf(pass), 1) };
}

import { ConvError } from "../errors.ts";
import { checkSgd, type SgdOptions } from "../sgd.ts";
import { whole } from "../spec.ts";
import { type Dataset, orderOf, pick } from "./dataset.ts";
import type { Network } from "./network.ts";
import { type Optimiser, slowed, startOptimiser } from "./optimiser.ts";
import { type Step, trainStep } from "./step.ts";

/** How a run goes through its samples. */
export interface Course {
  /** Samples of a step; the last of an epoch takes what is left. */
  readonly batch: number;
  /** Seed of the shuffling; null: in file order, every epoch the same. */
  readonly shuffle: number | null;
  /** The step length is multiplied by this from one epoch to the next. */
  readonly epochFactor: number;
}

/** A run between two steps. Never changed in place: whoever keeps one can go on from there. */
export interface Run {
  readonly course: Course;
  readonly network: Network;
  readonly optimiser: Optimiser;
  /** Steps made. */
  readonly step: number;
  /** The order of the samples in this epoch. */
  readonly order: Uint32Array;
}

/** A step of a run: the run after it, and all that was computed. */
export interface Stepped extends Omit<Step, "network" | "optimiser"> {
  readonly run: Run;
  /** What the step learned from. */
  readonly batch: Dataset;
  /** Which samples of the training set those are. */
  readonly indices: Uint32Array;
}

/** @throws ConvError naming the field, why, and what is accepted. */
export function checkCourse({ batch, shuffle, epochFactor }: Course): Course {
  if (!Number.isFinite(epochFactor) || epochFactor <= 0)
    throw new ConvError("epochFactor", `${epochFactor} is no factor`, "a number above 0");
  if (shuffle !== null && !Number.isSafeInteger(shuffle))
    throw new ConvError("shuffle", `${shuffle} is no seed`, "a whole number, or null");
  return { batch: whole("batch", batch, 1), shuffle, epochFactor };
}

/** A run before its first step. */
export function startRun(
  network: Network,
  sgd: SgdOptions,
  course: Course,
  { labels }: Dataset,
): Run {
  const checked = checkCourse(course);
  const optimiser = startOptimiser(checkSgd(sgd), network);
  const order = orderOf(labels.length, checked.shuffle, 0);
  return { course: checked, network, optimiser, step: 0, order };
}

/** Steps of one epoch. */
export function stepsPerEpoch({ course, order }: Run): number {
  return Math.ceil(order.length / course.batch);
}

/** Which epoch the next step belongs to, from 0, and which of its steps it is, from 0. */
export function placeOfStep(run: Run): { readonly epoch: number; readonly at: number } {
  const steps = stepsPerEpoch(run);
  return { epoch: Math.floor(run.step / steps), at: run.step % steps };
}

/** The run at the beginning of an epoch: shuffled anew, the step length decayed. */
function entered(run: Run): Run {
  const { course, order, optimiser } = run;
  const { epoch, at } = placeOfStep(run);
  if (at > 0 || epoch === 0) return run;
  return {
    ...run,
    order: orderOf(order.length, course.shuffle, epoch),
    optimiser: slowed(optimiser, course.epochFactor),
  };
}

/** The next step over `data`, the training set. Pure: the same run and data give the same step to the last bit. */
export function nextStep(before: Run, data: Dataset): Stepped {
  const run = entered(before);
  const { course, order } = run;
  const first = placeOfStep(run).at * course.batch;
  const indices = order.slice(first, first + course.batch);
  const batch = pick(data, indices);
  const { network, optimiser, ...rest } = trainStep(run.network, run.optimiser, batch);
  return {
    ...rest,
    ...{ batch, indices },
    run: { ...run, network, optimiser, step: run.step + 1 },
  };
}

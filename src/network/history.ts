import { ConvError } from "../errors.ts";
import type { Dataset } from "./dataset.ts";
import { nextStep, type Run } from "./run.ts";

/** A run kept at one of its steps. */
interface Checkpoint {
  readonly run: Run;
  /** Kept whatever the budget: the beginning, and where something was set anew. */
  readonly pinned: boolean;
}

/**
 * What is kept of a run so that it can be gone back to: never more than `budget` bytes. The longer the run, the
 * wider apart its checkpoints; any step between two is computed again from the one before, to the same last bit.
 */
export interface History {
  readonly budget: number;
  /** Steps from one checkpoint to the next. */
  readonly every: number;
  /** Oldest first. */
  readonly kept: readonly Checkpoint[];
}

/** Bytes of the numbers of a run: parameters, velocities, order. */
export function bytesOf({ network, optimiser, order }: Run): number {
  const tensors = [...network.parameters, ...optimiser.velocities].flatMap(({ w, b }) => [w, b]);
  return tensors.reduce((sum, { data }) => sum + data.byteLength, order.byteLength);
}

function bytesKept({ kept }: History): number {
  return kept.reduce((sum, { run }) => sum + bytesOf(run), 0);
}

/** The history of a run that begins. @throws ConvError when the budget does not hold one checkpoint. */
export function startHistory(run: Run, budget: number): History {
  return pin({ budget, every: 1, kept: [] }, run);
}

/** What is kept for good, and of the others as many as stand `every` steps or more behind the one before. */
function apart(kept: History["kept"], every: number): Checkpoint[] {
  const far: Checkpoint[] = [];
  for (const one of kept)
    if (one.pinned || one.run.step - far.at(-1)!.run.step >= every) far.push(one);
  return far;
}

/** Sets checkpoints twice as far apart until they fit; the last one may be dropped, too. */
function thinned(history: History): History {
  let { every, kept } = history;
  while (bytesKept({ ...history, kept }) > history.budget && kept.some(({ pinned }) => !pinned)) {
    every *= 2;
    kept = apart(kept, every);
  }
  return { ...history, every, kept };
}

/** The history with `run` in it, if it is far enough from the last that is kept. Not every step need come by here. */
export function remember(history: History, run: Run): History {
  if (run.step - history.kept.at(-1)!.run.step < history.every) return history;
  return thinned({ ...history, kept: [...history.kept, { run, pinned: false }] });
}

/** The history without what was kept after `step`: the run goes on from there, and may become another. */
export function upTo(history: History, step: number): History {
  return { ...history, kept: history.kept.filter(({ run }) => run.step <= step) };
}

/**
 * The history that goes on from `run`, which differs from what would have been computed (another learning rate,
 * another beginning): what was kept from its step on is forgotten, and `run` is kept for good.
 * @throws ConvError when the budget does not hold it.
 */
export function pin(history: History, run: Run): History {
  const before = history.kept.filter((one) => one.run.step < run.step);
  const next = thinned({ ...history, kept: [...before, { run, pinned: true }] });
  if (bytesKept(next) <= history.budget) return next;
  throw new ConvError(
    "history",
    `${history.budget} bytes do not hold what has to be kept`,
    `${bytesKept(next)} bytes or more`,
  );
}

/** The last run kept at `step` or before it. @throws ConvError when nothing that early is kept, or `step` is no step. */
export function checkpointAt({ kept }: History, step: number): Run {
  const from = kept.findLast(({ run }) => run.step <= step);
  if (from && Number.isInteger(step)) return from.run;
  throw new ConvError(
    "step",
    `${step} is none of this run`,
    `whole numbers from ${kept[0]?.run.step ?? 0}`,
  );
}

/** The run as it was at `step`, computed again over `data` from the checkpoint before it. @throws as `checkpointAt`. */
export function runAt(history: History, data: Dataset, step: number): Run {
  let run = checkpointAt(history, step);
  while (run.step < step) run = nextStep(run, data).run;
  return run;
}

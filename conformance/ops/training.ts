import {
  type Dataset,
  evaluate,
  nextStep,
  pick,
  type Run,
  type Stepped,
  sliceOf,
  startRun,
  stepsPerEpoch,
  tensor,
} from "#engine";
import type { Case, Numbers } from "../case.ts";
import { type Comparison, compare } from "../compare.ts";
import { listOf, type Op } from "./ask.ts";
import {
  byName,
  type Config,
  courseOf,
  recordedNetwork,
  scalar,
  sgdOf,
  shippedDigits,
  traceComparer,
} from "./network.ts";

/** Whole runs on the digits: every loss, the parameters at the marked steps, the accuracy at the end. */
export const training: Op = { compare: compareRun };

interface Question {
  readonly config: Config;
  readonly data: { readonly trainCount: number; readonly testCount: number };
  readonly init: unknown;
  readonly order?: Numbers;
  readonly tolerance: {
    readonly gradStep0: number;
    readonly paramsAfterStep1: number;
    readonly lossFirst20: number;
    readonly lossPerStep: readonly number[];
    readonly lossPerEpoch: number;
  };
}

/** Steps after which the parameters were recorded, and what they were recorded as. */
const MARKS: Readonly<Record<number, string>> = { 1: "paramsAfterStep1", 20: "paramsAfterStep20" };

/** The training set as it is gone through in an epoch: in a recorded order, or as it lies. */
function inOrder(train: Dataset, order: Numbers | undefined, epoch: number): Dataset {
  if (!order) return train;
  const [, count = 0] = order.shape;
  return pick(train, order.data.slice(epoch * count, (epoch + 1) * count));
}

/** Every step of the run, one after the other. */
function* steps({ config, init, order }: Question, train: Dataset): Generator<Stepped> {
  const network = recordedNetwork(config, 8, init);
  let run: Run = startRun(network, sgdOf(config), courseOf(config), train);
  const count = stepsPerEpoch(run);
  for (let epoch = 0; epoch < config.epochs; epoch++) {
    const samples = inOrder(train, order, epoch);
    for (let i = 0; i < count; i++) {
      const stepped = nextStep(run, samples);
      run = stepped.run;
      yield stepped;
    }
  }
}

function compareRun(recorded: Case): Comparison[] {
  const question = recorded.attrs as unknown as Question;
  const { data, tolerance } = question;
  const digits = shippedDigits();
  const train = sliceOf(digits, 0, data.trainCount);
  const { done, add } = traceComparer("training", recorded);
  const losses: number[] = [];
  const epochs: number[] = [];
  let last: Run | undefined;
  let sum = 0;
  for (const { run, metrics, back } of steps(question, train)) {
    if (run.step === 1)
      for (const [name, gradient] of byName(run.network, back.gradients))
        add(`gradStep0/${name}`, gradient, tolerance.gradStep0);
    const mark = MARKS[run.step];
    if (mark) addParameters(mark, run, toleranceOf(tolerance, run.step), add);
    losses.push(metrics.loss);
    sum += metrics.loss * metrics.samples;
    if (run.step % stepsPerEpoch(run) === 0) {
      epochs.push(sum / data.trainCount);
      sum = 0;
    }
    last = run;
  }
  done.push(...compareLosses(recorded, losses, tolerance.lossPerStep));
  add("lossPerEpoch", tensor([epochs.length], epochs), tolerance.lossPerEpoch);
  addParameters("paramsFinal", last!, tolerance.lossFirst20, add);
  const splits: [string, Dataset][] = [["train", train]];
  const end = data.trainCount + data.testCount;
  if (data.testCount > 0) splits.push(["test", sliceOf(digits, data.trainCount, end)]);
  for (const [name, split] of splits) {
    const found = evaluate(last!.network, split);
    for (const count of ["correct", "total", "accuracy"] as const)
      add(`${name}/${count}`, scalar(found[count]), 0);
    add(`${name}/loss`, scalar(found.loss), tolerance.lossPerEpoch);
    add(`${name}/minMargin`, scalar(found.minMargin), tolerance.lossFirst20);
  }
  return done;
}

type Add = (output: string, found: ReturnType<typeof scalar>, tolerance: number) => void;

/** Of later steps no tolerance of the parameters was recorded: they get that of the losses of the first twenty. */
function toleranceOf(tolerance: Question["tolerance"], step: number): number {
  return step === 1 ? tolerance.paramsAfterStep1 : tolerance.lossFirst20;
}

function addParameters(output: string, { network }: Run, tolerance: number, add: Add): void {
  for (const [name, parameters] of byName(network, network.parameters))
    add(`${output}/${name}`, parameters, tolerance);
}

/** Every loss with a tolerance of its own. */
function compareLosses(
  { outputs = {} }: Case,
  found: readonly number[],
  tolerances: readonly number[],
): Comparison[] {
  const { data } = outputs.lossPerStep!;
  const count = compare(
    "training",
    "lossPerStep",
    listOf([data.length]),
    listOf([found.length]),
    0,
  );
  const losses = data.map((expected, i) =>
    compare("training", "lossPerStep", listOf([expected]), listOf([found[i]!]), tolerances[i]!),
  );
  return [count, ...losses].map((one, i) =>
    one.fault === null || i === 0 ? one : { ...one, fault: `of step ${i}: ${one.fault}` },
  );
}

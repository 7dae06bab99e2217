import type { DeadUnits } from "./dead.ts";
import type { Evaluation } from "./evaluate.ts";
import type { Metrics } from "./step.ts";
import type { Stop } from "./stop.ts";

/** What a diagnosis is made from. */
export interface Evidence {
  /** What was said of the steps so far, oldest first. */
  readonly metrics: readonly Metrics[];
  readonly stepsPerEpoch: number;
  /** The loss of what is held out after some of the steps, oldest first. */
  readonly heldOut: readonly { readonly step: number; readonly loss: number }[];
  readonly evaluation: Evaluation;
  readonly dead: readonly DeadUnits[];
  readonly stop: Stop | null;
}

/** Something a run suffers from, in a sentence with the number that says so. */
export interface Finding {
  readonly name: Ailment;
  readonly sentence: string;
}

interface AilmentRow {
  readonly label: string;
  /** The sentence, or null where there is nothing to say. */
  readonly find: (evidence: Evidence) => string | null;
}

const percent = (share: number) => `${Math.round(100 * share)} %`;
const short = (value: number) => String(Number(value.toPrecision(3)));

function mean(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0) / numbers.length;
}

/** The mean loss of the last epoch that is whole, and of the one before; undefined where there is none. */
function epochLosses({
  metrics,
  stepsPerEpoch,
}: Evidence): readonly [before?: number, last?: number] {
  const epochs = Math.floor(metrics.length / stepsPerEpoch);
  const of = (epoch: number) => {
    const steps = metrics.slice(epoch * stepsPerEpoch, (epoch + 1) * stepsPerEpoch);
    return mean(steps.map(({ loss }) => loss));
  };
  return epochs < 2 ? [] : [of(epochs - 2), of(epochs - 1)];
}

/** The middle of |update| / |parameters| over the last epoch, or what there is of one. */
function typicalUpdate({ metrics, stepsPerEpoch }: Evidence): number {
  const last = metrics.slice(-stepsPerEpoch).map(({ relativeUpdate }) => relativeUpdate);
  return last.sort((a, b) => a - b)[Math.floor(last.length / 2)] ?? 0;
}

/** The loss of guessing: ln K. */
function guessing({ evaluation }: Evidence): number {
  return Math.log(evaluation.confusion.shape[0]!);
}

/** From this share of dead units on, a layer is said to be dying. */
const MANY_DEAD = 0.4;

/** A step that moves the weights by this much of their size throws them about: 0.1 is the most of a run that learns. */
const LARGE_UPDATE = 0.25;

/** Below this they hardly move. A thousandth is usual (CS231n, "Ratio of weights:updates"). */
const SMALL_UPDATE = 3e-4;

/**
 * Held out, the loss has risen by this much over its lowest: the generalization loss GL₅ of L. Prechelt, "Early Stopping –
 * But When?" (1998).
 */
const RISEN = 0.05;

/** Ours besides: what is trained on has at most this part of the held-out loss, and the lowest is an epoch ago. */
const BY_HEART = 1 / 2;

/** Whether the last epoch still has a good part of the loss of guessing: before, no rate is to blame. */
const isFarOff = (evidence: Evidence): boolean =>
  (epochLosses(evidence)[1] ?? 0) >= guessing(evidence) / 4;

const worstDead = ({ dead }: Evidence): DeadUnits | undefined =>
  dead.toSorted((a, b) => b.dead / b.units - a.dead / a.units)[0];

const hasManyDead = (evidence: Evidence): boolean => {
  const worst = worstDead(evidence);
  return worst !== undefined && worst.dead / worst.units >= MANY_DEAD;
};

/** All that is looked for, the gravest first. */
export const AILMENTS = {
  notFinite: {
    label: "not a number",
    find: ({ stop }) =>
      stop &&
      `The run stands before step ${stop.step}, in which ${stop.what} would have become ${stop.value}.`,
  },
  exploding: {
    label: "exploding loss",
    find(evidence) {
      const [, last] = epochLosses(evidence);
      const first = evidence.metrics[0]?.loss ?? 0;
      if (last === undefined || last <= 2 * Math.max(first, guessing(evidence))) return null;
      return `The loss has grown from ${short(first)} to ${short(last)}; guessing alone has ${short(guessing(evidence))}.`;
    },
  },
  deadUnits: {
    label: "dead ReLUs",
    find(evidence) {
      const worst = worstDead(evidence);
      if (!worst || !hasManyDead(evidence)) return null;
      const { dead, units, unit, samples } = worst;
      return `${dead} of ${units} ${unit} (${percent(dead / units)}) are 0 for all ${samples} samples: a ReLU that is never open sends nothing back, and learns no more.`;
    },
  },
  rateTooHigh: {
    label: "learning rate too high",
    find(evidence) {
      const [before, last] = epochLosses(evidence);
      if (before === undefined || last === undefined || !isFarOff(evidence)) return null;
      const updates = evidence.metrics.map(({ relativeUpdate }) => relativeUpdate);
      const longest = updates.reduce((a, b) => Math.max(a, b), 0); // spread out, a long run would be too many arguments
      if (longest >= LARGE_UPDATE)
        return `Step ${updates.indexOf(longest) + 1} moved the weights by ${percent(longest)} of their size: the learning rate is too high.`;
      if (last <= 1.05 * before) return null;
      return `The loss of an epoch has risen from ${short(before)} to ${short(last)}: the learning rate is too high.`;
    },
  },
  rateTooLow: {
    label: "learning rate too low",
    find(evidence) {
      const [, last] = epochLosses(evidence);
      const update = typicalUpdate(evidence);
      if (last === undefined || !isFarOff(evidence) || hasManyDead(evidence)) return null;
      if (update >= SMALL_UPDATE) return null;
      return `A step moves the weights by ${short(100 * update)} % of their size, and the loss is still ${short(last)}: the learning rate is too low.`;
    },
  },
  overfitting: {
    label: "overfitting",
    find(evidence) {
      const { heldOut, evaluation, metrics, stepsPerEpoch } = evidence;
      const [, train] = epochLosses(evidence);
      if (train === undefined || heldOut.length === 0) return null;
      const lowest = heldOut.reduce((a, b) => (b.loss < a.loss ? b : a));
      const risen = evaluation.loss / lowest.loss - 1;
      if (!(risen > RISEN) || train > BY_HEART * evaluation.loss) return null;
      if (metrics.length - lowest.step < stepsPerEpoch) return null;
      return `The loss is ${short(train)} on what it trains on, but ${short(evaluation.loss)} on what is held out, up from ${short(lowest.loss)} after step ${lowest.step}: it overfits.`;
    },
  },
  neverPredicted: {
    label: "a class never predicted",
    find({ evaluation: { confusion } }) {
      const K = confusion.shape[0]!;
      const classes = Array.from({ length: K }, (_, k) => k);
      const sum = (cells: readonly number[]) => cells.reduce((a, i) => a + confusion.data[i]!, 0);
      const never = classes.filter((k) => sum(classes.map((label) => label * K + k)) === 0);
      const missed = sum(never.flatMap((label) => classes.map((k) => label * K + k)));
      if (missed === 0) return null;
      return `No sample is taken for ${never.join(", ")}, though ${missed} ${missed === 1 ? "is one" : "are"}.`;
    },
  },
} as const satisfies Record<string, AilmentRow>;

export type Ailment = keyof typeof AILMENTS;

/** What a run suffers from, the gravest first; nothing where it does well. */
export function diagnose(evidence: Evidence): Finding[] {
  return (Object.keys(AILMENTS) as Ailment[]).flatMap((name) => {
    const sentence = AILMENTS[name].find(evidence);
    return sentence === null ? [] : [{ name, sentence }];
  });
}

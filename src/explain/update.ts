import type { CellRef, TensorName } from "../cell.ts";
import type { Backward } from "../forward.ts";
import type { SgdOptions } from "../sgd.ts";
import type { TrainingRule } from "../training.ts";
import type { Update } from "../update.ts";

// A rule as two sums: what the velocity becomes, and what the parameter becomes. `sgd.ts` has the rules themselves;
// these say what of a rule takes part, and how it is written. Tests hold them to each other.

/** What takes part in an update: parameter, gradient, velocity before and after. */
type Part = "p" | "g" | "v" | "v2";

type Constant = "lr" | "momentum" | "weightDecay";

/** “− lr·µ·V′”: a sign, constants, and the cell they are multiplied with. */
interface Term {
  readonly sign: 1 | -1;
  readonly by: readonly Constant[];
  readonly of: Part;
}

interface RuleSums {
  readonly velocity: (o: SgdOptions, isFirst: boolean) => readonly Term[];
  readonly parameter: (o: SgdOptions) => readonly Term[];
}

function term(sign: 1 | -1, by: readonly Constant[], of: Part): Term {
  return { sign, by, of };
}

const P = term(1, [], "p");
const DECAY = term(1, ["weightDecay"], "p");
const KEPT = term(1, ["momentum"], "v");
/** The velocities of NumPyNet have the step length in them. */
const NUMPYNET: RuleSums["velocity"] = () => [KEPT, term(-1, ["lr"], "g")];

const RULE_SUMS = {
  torch: {
    // at first v = g; without momentum there is no velocity to keep
    velocity: (o, isFirst) => [
      ...(isFirst || o.momentum === 0 ? [] : [KEPT]),
      term(1, [], "g"),
      DECAY,
    ],
    parameter: (o) =>
      o.nesterov
        ? [
            P,
            term(-1, ["lr"], "g"),
            term(-1, ["lr", "weightDecay"], "p"),
            term(-1, ["lr", "momentum"], "v2"),
          ]
        : [P, term(-1, ["lr"], "v2")],
  },
  "numpynet-momentum": { velocity: NUMPYNET, parameter: () => [P, term(1, [], "v2")] },
  "numpynet-nesterov": {
    velocity: NUMPYNET,
    parameter: () => [P, term(1, ["momentum"], "v2"), term(-1, ["lr"], "g")],
  },
} as const satisfies Record<TrainingRule, RuleSums>;

const SYMBOLS: Readonly<Record<Constant, string>> = { lr: "lr", momentum: "µ", weightDecay: "λ" };

/** The tensors of an update: those of the weights, and of the biases. */
const TENSORS_OF = {
  W: { p: "W", g: "DW", v: "V", v2: "V2", p2: "W2" },
  b: { p: "b", g: "DB", v: "VB", v2: "VB2", p2: "B2" },
} as const satisfies Record<"W" | "b", Record<Part | "p2", TensorName>>;

/** One term of an update at one cell: the constants in letters and in numbers, and the cell with its number. */
export interface UpdateTerm {
  readonly sign: 1 | -1;
  readonly symbols: readonly string[];
  readonly constants: readonly number[];
  readonly ref: CellRef;
  readonly value: number;
  /** sign · constants · value. */
  readonly amount: number;
}

export interface UpdateSum {
  readonly ref: CellRef;
  readonly terms: readonly UpdateTerm[];
  readonly value: number;
}

/** What is done to one weight or one bias: first to its velocity, then to itself. */
export interface UpdateSums {
  readonly velocity: UpdateSum;
  readonly parameter: UpdateSum;
}

/** The two sums of an update at a weight, or a bias. */
export function updateSums(back: Backward, of: "W" | "b", index: number): UpdateSums {
  const { update } = back;
  const { before, after } = of === "W" ? update.w : update.b;
  const values: Readonly<Record<Part, number>> = {
    p: before.parameters.data[index]!,
    g: (of === "W" ? back.dw : back.db).data[index]!,
    v: before.velocity.data[index]!,
    v2: after.velocity.data[index]!,
  };
  const tensors = TENSORS_OF[of];
  const constants = constantsOf(update);
  const sums = RULE_SUMS[update.options.rule as TrainingRule];
  const written = (terms: readonly Term[]): UpdateTerm[] =>
    terms
      .filter(({ by }) => by.every((constant) => constant === "lr" || constants[constant] > 0))
      .map(({ sign, by, of: part }) => ({
        sign,
        symbols: by.map((constant) => SYMBOLS[constant]),
        constants: by.map((constant) => constants[constant]),
        ref: { tensor: tensors[part], index },
        value: values[part],
        amount: by.reduce((amount, constant) => amount * constants[constant], sign * values[part]),
      }));
  return {
    velocity: {
      ref: { tensor: tensors.v2, index },
      terms: written(sums.velocity(update.options, before.updates === 0)),
      value: values.v2,
    },
    parameter: {
      ref: { tensor: tensors.p2, index },
      terms: written(sums.parameter(update.options)),
      value: after.parameters.data[index]!,
    },
  };
}

function constantsOf({ options, w }: Update): Readonly<Record<Constant, number>> {
  return { lr: w.before.lr, momentum: options.momentum, weightDecay: options.weightDecay };
}

/** The same sums in letters: “µ·V + dW”. `nameOf` says what a cell is called. */
export function inLetters({ terms }: UpdateSum, nameOf: (ref: CellRef) => string): string {
  return terms
    .map(({ sign, symbols, ref }, i) => {
      const text = [...symbols, nameOf(ref)].join("·");
      if (i === 0) return sign < 0 ? `−${text}` : text;
      return `${sign < 0 ? "−" : "+"} ${text}`;
    })
    .join(" ");
}

/** A step length or a decay: small numbers of few digits, for which four decimals would not do. */
export function constantText(v: number): string {
  const rounded = Number(v.toPrecision(4));
  const text = rounded !== 0 && rounded < 1e-4 ? rounded.toExponential() : String(rounded);
  return text.replaceAll("-", "−");
}

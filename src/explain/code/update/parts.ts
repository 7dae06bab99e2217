import { ConvError } from "../../../errors.ts";
import type { Answer } from "../../../forward.ts";
import type { SgdOptions } from "../../../sgd.ts";
import type { Tensor } from "../../../tensor.ts";
import type { TrainingRule } from "../../../training.ts";
import type { Update } from "../../../update.ts";
import { literal, marked } from "../languages.ts";
import { checkTensors, largest, tolerancesFor } from "../limits.ts";
import type { CodeLine } from "../program.ts";

// What the programs of an update have in common: W, dW and V are given (and b, db, Vb), the new ones asked for.

/** A rule as source text that all three languages read, of p, g, v and the constants lr, mu, decay. */
interface RuleText {
  /** What is done to the gradient first; null: nothing. */
  readonly gradient: string | null;
  readonly velocity: string;
  readonly parameter: string;
  /** Whether the velocity before takes part. */
  readonly keeps: boolean;
}

const NUMPYNET = { gradient: null, velocity: "mu * v - lr * g", keeps: true } as const;

const RULES = {
  torch(o, isFirst) {
    const keeps = !isFirst && o.momentum > 0;
    return {
      gradient: o.weightDecay > 0 ? "g + decay * p" : null,
      velocity: keeps ? "mu * v + g" : "g",
      parameter: o.nesterov ? "p - lr * (g + mu * v)" : "p - lr * v",
      keeps,
    };
  },
  "numpynet-momentum": () => ({ ...NUMPYNET, parameter: "p + v" }),
  "numpynet-nesterov": () => ({ ...NUMPYNET, parameter: "p + mu * v - lr * g" }),
} as const satisfies Record<TrainingRule, (o: SgdOptions, isFirst: boolean) => RuleText>;

export interface Parts extends RuleText {
  readonly update: Update;
  readonly dw: Tensor;
  readonly db: Tensor;
  /** “lr, mu” with their numbers, as far as the rule has them. */
  readonly constants: readonly (readonly [name: string, value: string])[];
  /** What the step length is divided by afterwards, as source text; null where it stays. */
  readonly divisor: string | null;
}

/** @throws ConvError where they are too many or not finite, or the way back has not been gone. */
export function partsOf({ back }: Answer): Parts {
  if (!back) throw new ConvError("dW", "the way back has not been gone", "an answer with it");
  const { update, dw, db } = back;
  const { options, w, b } = update;
  checkTensors({ W: w.before.parameters, dW: dw, db, "W′": w.after.parameters });
  checkTensors({ V: w.before.velocity, "V′": w.after.velocity, "b′": b.after.parameters });
  const rule: RuleText = RULES[options.rule as TrainingRule](options, w.before.updates === 0);
  const text = `${rule.velocity} ${rule.parameter} ${rule.gradient}`;
  const values = { lr: w.before.lr, mu: options.momentum, decay: options.weightDecay };
  const constants = Object.entries(values)
    .filter(([name]) => text.includes(`${name} `))
    .map(([name, value]) => [name, literal(value)] as const);
  const divisor =
    options.lrDecay > 0 ? `${literal(options.lrDecay)} * ${w.after.updates} + 1` : null;
  return { ...rule, update, dw, db, constants, divisor };
}

/** How far another order of adding may lead: a relative and an absolute tolerance, as source text. */
export function tolerancesOf({ update: { w, b }, dw, db }: Parts) {
  const tensors = [dw, db, ...[w, b].flatMap(({ before, after }) => [before, after])].flatMap(
    (it) => ("parameters" in it ? [it.parameters, it.velocity] : [it]),
  );
  return tolerancesFor(Math.max(1, ...tensors.map(largest)));
}

/** The rule as a function of Python, and its two calls. */
export function pythonRule({
  gradient,
  velocity,
  parameter,
  keeps,
  constants,
  divisor,
}: Parts): CodeLine[] {
  const [names, values] = [0, 1].map((i) => constants.map((constant) => constant[i]).join(", "));
  const given = keeps ? ["p", "g", "v"] : ["p", "g"];
  const call = (p: string, g: string, v: string) =>
    `${p}, ${v} = update(${[p, g, ...(keeps ? [v] : [])].join(", ")})`;
  return [
    marked(`${names} = ${values}`),
    marked(`def update(${given.join(", ")}):`),
    ...(gradient === null ? [] : [marked(`  g = ${gradient}`, "multiply")]),
    marked(`  v = ${velocity}`, "multiply"),
    marked(`  return ${parameter}, v`, "write"),
    marked(call("W", "dW", "V"), "gather"),
    marked(call("b", "db", "Vb"), "bias"),
    ...(divisor === null ? [] : [marked(`lr /= ${divisor}`)]),
  ];
}

/** The tensors that are given, by their names. */
export function givenTensors({
  update: { w, b },
  dw,
  db,
  keeps,
}: Parts): [name: string, tensor: Tensor][] {
  return [
    ["W", w.before.parameters],
    ["dW", dw],
    ...(keeps ? [["V", w.before.velocity] as [string, Tensor]] : []),
    ["b", b.before.parameters],
    ["db", db],
    ...(keeps ? [["Vb", b.before.velocity] as [string, Tensor]] : []),
  ];
}

/** Those that are asked for. */
export function askedTensors({ update: { w, b } }: Parts): [name: string, tensor: Tensor][] {
  return [
    ["W", w.after.parameters],
    ["V", w.after.velocity],
    ["b", b.after.parameters],
    ["Vb", b.after.velocity],
  ];
}

import { ConvError, keyOf, shown } from "./errors.ts";
import { checkShape } from "./shapes.ts";
import { type Tensor, tensor } from "./tensor.ts";

/** How parameters are updated; what a rule does not name, it does not use. */
export interface SgdOptions {
  readonly rule: SgdRule;
  /** Step length of the first update. */
  readonly lr: number;
  readonly momentum: number;
  /** Pulls every parameter towards 0. */
  readonly weightDecay: number;
  /** The part of a gradient that does not enter the velocity, from the second update on. */
  readonly dampening: number;
  readonly nesterov: boolean;
  /** The step length is multiplied by this after every update. */
  readonly lrFactor: number;
  /** After update t = 1, 2, … the step length is divided by lrDecay·t + 1; this compounds. */
  readonly lrDecay: number;
  /** Multiplies the step length (a layer's own, in Darknet). */
  readonly lrScale: number;
  /** Samples over which the gradient was summed. */
  readonly batch: number;
}

/** One parameter on its way through an update. */
interface Cell {
  readonly p: number;
  readonly v: number;
  readonly g: number;
  /** What `rateOf` says. */
  readonly rate: number;
  readonly isFirst: boolean;
}

export interface SgdRow {
  readonly label: string;
  readonly formula: string;
  readonly source: string;
  /** The new velocity. */
  readonly velocity: (o: SgdOptions, cell: Cell) => number;
  /** The new parameter; `cell.v` is the new velocity. */
  readonly parameter: (o: SgdOptions, cell: Cell) => number;
}

const decayed = ({ weightDecay }: SgdOptions, { p, g }: Cell) => g + weightDecay * p;

/** p −= rate·v, or as if one velocity further on. */
function descend(o: SgdOptions, cell: Cell): number {
  const { p, v, rate } = cell;
  return p - rate * (o.nesterov ? decayed(o, cell) + o.momentum * v : v);
}

export const SGD_RULES = {
  torch: {
    label: "SGD",
    formula:
      "g += λ·p;  v = µ·v + (1 − τ)·g, at first v = g;  p −= lr·v, nesterov: p −= lr·(g + µ·v)",
    source: "PyTorch, torch.optim.SGD",
    velocity(o, cell) {
      const keeps = cell.isFirst || o.momentum === 0; // without momentum there is no velocity to damp
      return (keeps ? 0 : o.momentum * cell.v) + (keeps ? 1 : 1 - o.dampening) * decayed(o, cell);
    },
    parameter: descend,
  },
  onnx: {
    label: "Momentum (ONNX)",
    formula:
      "g += λ·p;  v = µ·v + (1 − τ)·g, at first v = µ·v + g;  p −= lr·v, nesterov: p −= lr·(g + µ·v)",
    source: "ONNX, ai.onnx.preview.training.Momentum",
    velocity: (o, cell) =>
      o.momentum * cell.v + (cell.isFirst ? 1 : 1 - o.dampening) * decayed(o, cell),
    parameter: descend,
  },
  "numpynet-sgd": {
    label: "SGD (NumPyNet)",
    formula: "p −= lr·g",
    source: "NumPyNet, optimizer SGD",
    velocity: (_o, { v }) => v,
    parameter: (_o, { p, g, rate }) => p - rate * g,
  },
  "numpynet-momentum": {
    label: "momentum (NumPyNet)",
    formula: "v = µ·v − lr·g;  p += v",
    source: "NumPyNet, optimizer Momentum",
    velocity: (o, { v, g, rate }) => o.momentum * v - rate * g,
    parameter: (_o, { p, v }) => p + v,
  },
  "numpynet-nesterov": {
    label: "Nesterov momentum (NumPyNet)",
    formula: "v = µ·v − lr·g;  p += µ·v − lr·g",
    source: "NumPyNet, optimizer NesterovMomentum",
    velocity: (o, { v, g, rate }) => o.momentum * v - rate * g,
    parameter: (o, { p, v, g, rate }) => p + o.momentum * v - rate * g,
  },
  darknet: {
    label: "Darknet",
    formula: "v = µ·v − g − λ·batch·p;  p += lr/batch·v",
    source: "Darknet, update_convolutional_layer",
    velocity: (o, { p, v, g }) => o.momentum * v - g - o.weightDecay * o.batch * p,
    parameter: (_o, { p, v, rate }) => p + rate * v,
  },
} as const satisfies Record<string, SgdRow>;

export type SgdRule = keyof typeof SGD_RULES;

/** What a rule does when nothing else is said. The step length has no default. */
const DEFAULTS = {
  momentum: 0,
  weightDecay: 0,
  dampening: 0,
  lrFactor: 1,
  lrDecay: 0,
  lrScale: 1,
  batch: 1,
};

/**
 * The options in `value`, whatever it is; what is missing is filled in (rule torch, no momentum, no decay).
 * @throws ConvError naming the field, why, and what is accepted.
 */
export function checkSgd(value: unknown): SgdOptions {
  if (typeof value !== "object" || value === null)
    throw new ConvError("optimizer", `${shown(value)} is none`, "an object with lr");
  const asked = value as Record<string, unknown>;
  const number = (name: keyof typeof DEFAULTS) => amount(name, asked[name] ?? DEFAULTS[name]);
  const options: SgdOptions = {
    rule: keyOf("rule", SGD_RULES, asked.rule ?? "torch"),
    lr: amount("lr", asked.lr),
    momentum: number("momentum"),
    weightDecay: number("weightDecay"),
    dampening: number("dampening"),
    nesterov: asked.nesterov === true,
    lrFactor: number("lrFactor"),
    lrDecay: number("lrDecay"),
    lrScale: number("lrScale"),
    batch: number("batch"),
  };
  if (asked.nesterov !== undefined && typeof asked.nesterov !== "boolean")
    throw new ConvError("nesterov", `${shown(asked.nesterov)} is neither`, "true or false");
  if (!Number.isInteger(options.batch) || options.batch < 1)
    throw new ConvError(
      "batch",
      `${options.batch} is no number of samples`,
      "a whole number from 1",
    );
  const { rule, nesterov, momentum, dampening } = options;
  if (rule === "torch" && nesterov && (momentum === 0 || dampening !== 0))
    throw new ConvError(
      "nesterov",
      "looks ahead along the velocity, which is not kept whole here",
      "with a momentum above 0 and a dampening of 0",
    );
  return options;
}

function amount(field: string, value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new ConvError(
    field,
    value === undefined ? "is missing" : `${shown(value)} is not an amount`,
    "a finite number from 0",
  );
}

/** Parameters between two updates. Never changed in place. */
export interface SgdState {
  readonly parameters: Tensor;
  /** Shaped like the parameters. */
  readonly velocity: Tensor;
  readonly lr: number;
  /** Updates made. */
  readonly updates: number;
}

/** Parameters before the first update, at rest or with a velocity. */
export function startSgd(
  { lr }: SgdOptions,
  parameters: Tensor,
  velocity: Tensor = tensor(parameters.shape),
): SgdState {
  checkShape("velocity", velocity, parameters.shape);
  return { parameters, velocity, lr, updates: 0 };
}

/** What multiplies the velocity or the gradient in the next update. */
export function rateOf({ rule, lrScale, batch }: SgdOptions, { lr }: SgdState): number {
  return rule === "darknet" ? (lr * lrScale) / batch : lr;
}

/**
 * The state after one update by `gradient` (shaped like the parameters).
 * @throws ConvError when the gradient has another shape.
 */
export function stepSgd(options: SgdOptions, state: SgdState, gradient: Tensor): SgdState {
  const { shape } = state.parameters;
  checkShape("gradient", gradient, shape);
  const row: SgdRow = SGD_RULES[options.rule];
  const rate = rateOf(options, state);
  const isFirst = state.updates === 0;
  const parameters = tensor(shape);
  const velocity = tensor(shape);
  for (let i = 0; i < parameters.data.length; i++) {
    const p = state.parameters.data[i]!;
    const g = gradient.data[i]!;
    const v = row.velocity(options, { p, v: state.velocity.data[i]!, g, rate, isFirst });
    velocity.data[i] = v;
    parameters.data[i] = row.parameter(options, { p, v, g, rate, isFirst });
  }
  const updates = state.updates + 1;
  const { lrFactor, lrDecay } = options;
  return {
    parameters,
    velocity,
    lr: state.lr * lrFactor * (1 / (lrDecay * updates + 1)),
    updates,
  };
}

/** An activation is a function of one number, beside its derivative. */
export interface Activation {
  readonly label: string;
  /** `alpha` in what follows; absent where the function has no parameter. */
  readonly alpha?: { readonly initial: number; readonly meaning: string };
  readonly value: (z: number, alpha: number) => number;
  /** dy/dz at z; `y` = value(z) saves the exponentials a second time. */
  readonly slope: (z: number, alpha: number, y: number) => number;
  /** Where the slope jumps, if anywhere: there it is one of the two, and no difference quotient confirms it. */
  readonly kink?: number;
  readonly formula: string;
}

/** Overflow-safe: the exponential is always of a number ≤ 0. */
function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** What a layer can be given: the list, the links and the programs have them all. */
export const ACTIVATIONS = {
  linear: {
    label: "linear (none)",
    value: (z) => z,
    slope: () => 1,
    formula: "y = z",
  },
  relu: {
    label: "ReLU",
    value: (z) => Math.max(z, 0),
    slope: (z) => (z > 0 ? 1 : 0), // 0 at the kink, as every library has it
    kink: 0,
    formula: "y = max(z, 0)",
  },
  "leaky-relu": {
    label: "leaky ReLU",
    alpha: { initial: 0.1, meaning: "slope below 0" },
    value: (z, alpha) => (z > 0 ? z : alpha * z),
    slope: (z, alpha) => (z > 0 ? 1 : alpha),
    kink: 0,
    formula: "y = z > 0 ? z : α·z",
  },
  sigmoid: {
    label: "sigmoid",
    value: sigmoid,
    slope: (z) => sigmoid(z) * sigmoid(-z), // 1 − y would lose every digit for large z
    formula: "y = 1 / (1 + e⁻ᶻ)",
  },
  tanh: {
    label: "tanh",
    value: Math.tanh,
    slope: (_z, _alpha, y) => 1 - y * y,
    formula: "y = tanh z",
  },
} as const satisfies Record<string, Activation>;

/** Known to the engine, held against other libraries, but not offered: they would teach nothing new here. */
export const FURTHER_ACTIVATIONS = {
  elu: {
    label: "ELU",
    alpha: { initial: 1, meaning: "−limit far below 0" },
    value: (z, alpha) => (z > 0 ? z : alpha * Math.expm1(z)),
    slope: (z, alpha) => (z > 0 ? 1 : alpha * Math.exp(z)),
    kink: 0, // for any α but 1
    formula: "y = z > 0 ? z : α·(eᶻ − 1)",
  },
  softplus: {
    label: "softplus",
    value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), // eᶻ itself would overflow
    slope: sigmoid,
    formula: "y = ln(1 + eᶻ)",
  },
} as const satisfies Record<string, Activation>;

export type ActivationName = keyof typeof ACTIVATIONS;

/** Which activation a layer has, and its parameter (unused by most). */
export interface ActivationChoice {
  readonly name: ActivationName;
  readonly alpha: number;
}

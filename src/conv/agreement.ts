import { activate, deltaOf } from "../activate.ts";
import { ACTIVATIONS, type Activation, type ActivationName } from "../activation.ts";
import type { Geometry } from "../geometry.ts";
import { checkLayer, type Layer } from "../layer.ts";
import { maxDifference, type Tensor, tensor } from "../tensor.ts";
import { FORWARD, INPUT_GRADIENTS, WEIGHT_GRADIENTS } from "./algorithms.ts";
import { gradientsByTaps } from "./gradients.ts";

/** How well everything that computes the same thing agrees, for one layer. */
export interface Agreement {
  /** One entry a table of algorithms; empty where the layer is too large to compare them while it is looked at. */
  readonly compared: readonly Compared[];
  /** null: the layer is too large, every sample is two forward passes. */
  readonly differences: CentralDifferences | null;
}

/** Algorithms that compute the same, held against the first of them. */
export interface Compared {
  /** What they compute. */
  readonly what: string;
  readonly labels: readonly string[];
  /** max |a − b|. */
  readonly difference: number;
  /** max |a|: what a difference has to be seen against. */
  readonly scale: number;
}

/** dX, dW and db held against central differences of L = Σ c·Y, through the activation. */
export interface CentralDifferences {
  /** max |difference quotient − gradient| over the samples away from the kink. */
  readonly difference: number;
  /** What the terms of a gradient can add up to, before they cancel: what a difference has to be seen against. */
  readonly scale: number;
  /** Cells of X, W and b that were nudged. */
  readonly samples: number;
  /** Of these, where the nudge takes some Z across the kink of the activation: there is no derivative to compare. */
  readonly atKink: number;
}

/** Multiply-adds up to which all algorithms are run: within a second, since the next picture waits for it. */
export const MOST_COMPARED = 1_000_000;
/** Multiply-adds up to which a layer is differentiated numerically. */
export const MOST_DIFFERENTIATED = 100_000;

/** Cells of each tensor that are nudged. */
const SAMPLES = 24;
/** Half the gap between 1 and the next number: what a Z is rounded by, times the size of its terms. */
const ROUNDING = 2 ** -53;
/** What reaches less, or not at all, need not be nudged further: a nudge must stay a number. */
const LEAST_REACH = 2 ** -500;

/** Runs every algorithm on the layer and compares. */
export function agreementOf(layer: Layer): Agreement {
  const g = checkLayer(layer);
  return {
    compared: g.multiplyAdds <= MOST_COMPARED ? compareAll(g, layer) : [],
    differences: g.multiplyAdds <= MOST_DIFFERENTIATED ? differentiate(g, layer) : null,
  };
}

function compareAll(g: Geometry, layer: Layer): Compared[] {
  const delta = coefficients(g);
  return [
    compare("Z", FORWARD, ({ run }) => [run(g, layer)]),
    compare("dX", INPUT_GRADIENTS, ({ run }) => [run(g, layer, delta)]),
    compare("dW and db", WEIGHT_GRADIENTS, ({ run }) => {
      const { dw, db } = run(g, layer, delta);
      return [dw, db];
    }),
  ];
}

/** Runs every row of a table, whose first is the definition. `run` gives what is compared, tensor by tensor. */
export function compare<Row extends { readonly label: string }>(
  what: string,
  table: Readonly<Record<string, Row>>,
  run: (row: Row) => Tensor[],
): Compared {
  const rows = Object.values(table);
  const [definition, ...others] = rows.map(run);
  const differences = others.flatMap((found) =>
    found.map(({ data }, i) => maxDifference(definition![i]!.data, data)),
  );
  return {
    what,
    labels: rows.map(({ label }) => label),
    difference: Math.max(0, ...differences),
    scale: Math.max(...definition!.map(largest)),
  };
}

/** Nudges cells of X, W and b up and down, and compares how L = Σ c·Y follows with what the gradients say. */
function differentiate(g: Geometry, layer: Layer): CentralDifferences {
  const { activation } = layer.spec;
  const { kink }: Activation = ACTIVATIONS[activation.name];
  const c = coefficients(g);
  const z = FORWARD.direct.run(g, layer);
  const delta = deltaOf(activation, z, c);
  const { dx, dw, db } = gradientsByTaps(g, layer, delta);
  const [x, w, b] = [largest(layer.x), largest(layer.w), largest(layer.b)];
  const move = moveFor(activation.name, g.window * x * w + b);
  // What a nudge of 1 does to a Z: at most the largest weight, the largest input, 1.
  const sides = [
    { name: "x", gradient: dx, reach: w },
    { name: "w", gradient: dw, reach: x },
    { name: "b", gradient: db, reach: 1 },
  ] as const;
  const found = { difference: 0, scale: 0, samples: 0, atKink: 0 };
  for (const { name, gradient, reach } of sides) {
    const nudge = powerOfTwo(move / Math.max(reach, LEAST_REACH));
    for (const i of spread(gradient.data.length, SAMPLES)) {
      found.samples++;
      const [up, down] = [nudge, -nudge].map((by) =>
        FORWARD.direct.run(g, { ...layer, [name]: nudged(layer[name], i, by) }),
      ) as [Tensor, Tensor];
      if (kink !== undefined && crosses(up, down, kink)) {
        found.atKink++;
        continue;
      }
      const [high, low] = [activate(activation, up), activate(activation, down)];
      let change = 0;
      let terms = 0;
      for (let y = 0; y < c.data.length; y++) {
        if (up.data[y] === down.data[y]) continue;
        change += c.data[y]! * (high.data[y]! - low.data[y]!); // one by one: the rest of L would drown it
        terms += Math.abs(delta.data[y]!) * reach;
      }
      const error = Math.abs(change / (2 * nudge) - gradient.data[i]!);
      found.difference = Math.max(found.difference, error);
      found.scale = Math.max(found.scale, terms);
    }
  }
  return found;
}

/**
 * How far a nudge should move a Z whose terms are of this size. Curvature spoils a central difference by the square of
 * the step, rounding by `terms · ROUNDING` over the step: the best is the cube root. Where the function is straight
 * only rounding counts; and with a kink, a short step meets it less often.
 */
function moveFor(name: ActivationName, terms: number): number {
  const { kink }: Activation = ACTIVATIONS[name];
  const size = Math.max(1, terms);
  if (name === "linear") return size;
  return kink === undefined ? Math.cbrt(size * ROUNDING) : size * 2 ** -20;
}

/** Whether some number of `a` and `b` lies on different sides of the kink, or one of the two on it. */
function crosses(a: Tensor, b: Tensor, kink: number): boolean {
  return a.data.some((v, i) => Math.sign(v - kink) !== Math.sign(b.data[i]! - kink));
}

/** Eighths from −1 to 1, shaped like Y, in an order without a pattern: no two neighbours cancel. */
function coefficients(g: Geometry): Tensor {
  const c = tensor(g.shapes.Y);
  for (let i = 0; i < c.data.length; i++) c.data[i] = (((i * 7 + 3) % 17) - 8) / 8;
  return c;
}

function nudged({ shape, data }: Tensor, index: number, by: number): Tensor {
  const moved = data.slice();
  moved[index] = moved[index]! + by;
  return { shape, data: moved };
}

function largest({ data }: Tensor): number {
  return data.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
}

/** The largest power of two that is no more: dyadic numbers nudged by it stay dyadic. */
function powerOfTwo(n: number): number {
  return 2 ** Math.floor(Math.log2(n));
}

/** Up to `most` indices of 0…n−1, evenly spread. */
function spread(n: number, most: number): number[] {
  const count = Math.min(n, most);
  return Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
}

import type { Numbers } from "#engine";
import {
  backwardPass,
  forwardPass,
  logitsOf,
  type Network,
  type Parameters,
  type Pass,
  pick,
  softmaxCrossEntropy,
  type Tensor,
} from "#engine";
import type { Case } from "../case.ts";
import type { Comparison } from "../compare.ts";
import type { Op } from "./ask.ts";
import {
  byName,
  type Config,
  recordedNetwork,
  scalar,
  shippedDigits,
  traceComparer,
} from "./network.ts";

/** Loss and gradients of the classifier on eight digits, and how far central differences are from them. */
export const gradcheck: Op = { compare: compareGradients };

interface Question {
  readonly config: Config;
  readonly batchIndices: readonly number[];
  readonly init: unknown;
  readonly tolerance: { readonly loss: number; readonly grads: number };
}

interface Asked {
  readonly network: Network;
  readonly images: Tensor;
  readonly labels: Uint8Array;
}

const entropyOf = ({ network, images, labels }: Asked) =>
  softmaxCrossEntropy(logitsOf(forwardPass(network, images)), labels);

function compareGradients(recorded: Case): Comparison[] {
  const { config, batchIndices, init, tolerance } = recorded.attrs as unknown as Question;
  const network = recordedNetwork(config, 8, init);
  const asked = { network, ...pick(shippedDigits(), batchIndices) };
  const { done, add } = traceComparer("training", recorded);
  const pass = forwardPass(network, asked.images);
  const { loss, dlogits } = entropyOf(asked);
  const gradients = byName(network, backwardPass(network, pass, dlogits).gradients);
  add("loss", loss, tolerance.loss);
  for (const [name, gradient] of gradients) add(`grads/${name}`, gradient, tolerance.grads);

  const kinks = [...network.layers.keys()].filter((i) => network.layers[i]!.kind === "activation");
  const zeros = kinks.flatMap((i) => [...pass.values[i]!.data].filter((z) => z === 0));
  add("preActivationsExactlyZero", scalar(zeros.length), 0);
  const opened = byName(network, backwardPass(network, openAtZero(pass, kinks), dlogits).gradients);
  for (const [i, [name, gradient]] of gradients.entries()) {
    const output = `maxGradChangeIfReluGradientAtZeroWere1/${name}`;
    const changes = gradient.data.map((g, j) => Math.abs(g - opened[i]![1].data[j]!));
    if (recorded.outputs?.[output]) add(output, scalar(Math.max(...changes)), tolerance.grads);
  }
  return [...done, ...compareDifferences(recorded, asked, loss.data[0]!, gradients)];
}

/** The pass with every pre-activation of exactly 0 moved to the least number above it: there a ReLU is open. */
function openAtZero({ values }: Pass, kinks: readonly number[]): Pass {
  const above = (t: Tensor) => ({
    ...t,
    data: t.data.map((z) => (z === 0 ? Number.MIN_VALUE : z)),
  });
  return { values: values.map((value, i) => (kinks.includes(i) ? above(value) : value)) };
}

/** (L(p + eps) − L(p − eps)) / 2 eps for every parameter, in the order of `byName`. */
function centralDifferences(asked: Asked, eps: number): number[] {
  const { network } = asked;
  const parameters = network.parameters.map(
    ({ w, b }): Parameters => ({
      w: { ...w, data: w.data.slice() },
      b: { ...b, data: b.data.slice() },
    }),
  );
  const moved = { ...asked, network: { ...network, parameters } };
  const lossAt = (data: Numbers, i: number, value: number) => {
    const before = data[i]!;
    data[i] = value;
    const loss = entropyOf(moved).loss.data[0]!;
    data[i] = before;
    return loss;
  };
  return byName(network, parameters).flatMap(([, { data }]) =>
    Array.from(data, (p, i) => (lossAt(data, i, p + eps) - lossAt(data, i, p - eps)) / (2 * eps)),
  );
}

/** What NumPy's `percentile` says: between two numbers, in proportion. */
function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low + (high - low) * (at % 1);
}

const norm = (v: readonly number[]) => Math.hypot(...v);

/** How far differences `n` are from gradients `a`, if every difference were farther off by `by`. All grow with it. */
function statistics(a: readonly number[], n: readonly number[], by: number) {
  const off = a.map((v, i) => Math.max(Math.abs(v - n[i]!) + by, 0));
  const size = a.map((v, i) => Math.max(Math.abs(v) + Math.abs(n[i]!) - by, 1e-8));
  const relative = off.map((v, i) => Math.min(v / size[i]!, 1));
  return {
    maxAbs: Math.max(...off),
    medianAbs: percentile(off, 0.5),
    p99Abs: percentile(off, 0.99),
    maxRel: Math.max(...relative),
    p99Rel: percentile(relative, 0.99),
    "shareAbsAbove1e-6": off.filter((v) => v > 1e-6).length / off.length,
    normRel: norm(off) / (norm(a) + norm(n)),
  };
}

/** Recorded to two digits. */
const ROUNDING = 0.051;

/**
 * The recorded engine and this one each lose up to loss · 2⁻⁵² / eps of a difference to rounding, and not the same: a
 * statistic may be off by what twice that makes of it. With a large eps that is nothing, with a small one all there is.
 */
function compareDifferences(
  recorded: Case,
  asked: Asked,
  loss: number,
  gradients: readonly (readonly [string, Tensor])[],
): Comparison[] {
  const { outputs = {} } = recorded;
  const { done, add } = traceComparer("central differences", recorded);
  const analytic = gradients.flatMap(([, { data }]) => [...data]);
  for (let i = 0; outputs[`centralDifferenceFloat64/${i}/eps`]; i++) {
    const under = `centralDifferenceFloat64/${i}`;
    const eps = outputs[`${under}/eps`]!.data[0]!;
    add(`${under}/eps`, scalar(eps), 0);
    const noise = (2 * loss * Number.EPSILON) / eps;
    const differences = centralDifferences(asked, eps);
    const [low, found, high] = [-noise, 0, noise].map((by) =>
      statistics(analytic, differences, by),
    );
    for (const name of Object.keys(found!) as (keyof typeof found)[]) {
      const value = found![name];
      const room = Math.max(high![name] - value, value - low![name]);
      const expected = outputs[`${under}/${name}`]?.data[0] ?? 0;
      add(`${under}/${name}`, scalar(value), room + ROUNDING * expected);
    }
  }
  return done;
}

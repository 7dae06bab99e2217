import type { Contender } from "./contender.ts";
import { channelsLast, kernelLast } from "./layouts.ts";
import { forwardInto, inputGradientInto, weightGradientInto } from "./naive.ts";
import type { Op, Workload } from "./workloads.ts";

/** The results in float64, channels first: what every contender is held against before it is timed. */
export function rightAnswer(load: Workload, op: Op): Float64Array {
  if (op === "forward") return forwardInto(new Float64Array(load.delta.length), load);
  if (op === "inputGradient") return inputGradientInto(new Float64Array(load.x.length), load);
  return weightGradientInto(new Float64Array(load.w.length), load);
}

/** Of the largest value: sums of up to four million float32 products, in whatever order. */
const MOST_WRONG = 2e-4;

/** Why a result is wrong, in words; null where it is right. */
export function faultOf(
  found: ArrayLike<number>,
  right: Float64Array,
  load: Workload,
  op: Op,
  layout: Contender["layout"],
): string | null {
  if (found.length !== right.length) return `${found.length} numbers instead of ${right.length}`;
  const { X, W, Y } = load.g.shapes;
  const shape = { forward: Y, inputGradient: X, weightGradient: W }[op];
  const turn = op === "weightGradient" ? kernelLast : channelsLast;
  const expected = layout === "channels last" ? turn(right, shape) : right;
  let largest = 0;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    const error = Math.abs(found[i]! - expected[i]!);
    if (!(error <= worst)) worst = error; // NaN stays NaN
  }
  return worst <= MOST_WRONG * largest ? null : `off by ${worst} of ${largest}`;
}

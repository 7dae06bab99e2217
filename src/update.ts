import { type Axis, visitReaders } from "./axis.ts";
import type { Gradients } from "./conv/gradients.ts";
import type { Geometry } from "./geometry.ts";
import type { Layer } from "./layer.ts";
import { checkSgd, type SgdOptions, type SgdState, stepSgd } from "./sgd.ts";
import { sizeOf, type Tensor, tensor } from "./tensor.ts";
import { DEFAULT_TRAINING, type Motion, type Training } from "./training.ts";

/** Parameters before and after. */
interface Moved {
  readonly before: SgdState;
  readonly after: SgdState;
}

/** What one update does to W and to b. */
export interface Update {
  readonly options: SgdOptions;
  readonly w: Moved;
  readonly b: Moved;
}

/** The update that follows from these gradients; null stands for the training nobody has changed. */
export function updateOf(
  g: Geometry,
  layer: Layer,
  { dw, db }: Gradients,
  training: Training | null,
): Update {
  const { lr, motion, ...set } = training ?? DEFAULT_TRAINING;
  const options = checkSgd({ ...set, lr: lr ?? fittingStep(g, layer) });
  const moved = (parameters: Tensor, velocity: Tensor | undefined, gradient: Tensor): Moved => {
    const before: SgdState = {
      parameters,
      velocity: velocity ?? tensor(parameters.shape),
      lr: options.lr * (motion?.decayed ?? 1),
      updates: motion?.updates ?? 0,
    };
    return { before, after: stepSgd(options, before, gradient) };
  };
  return {
    options,
    w: moved(layer.w, motion?.w, dw),
    b: moved(layer.b, motion?.b, db),
  };
}

/** What is left of an update for the next one. */
export function motionAfter({ options, w, b }: Update): Motion {
  const { velocity, updates, lr } = w.after;
  // a step length of 0 stays one, however it decays
  return {
    w: velocity,
    b: b.after.velocity,
    updates,
    decayed: options.lr > 0 ? lr / options.lr : 1,
  };
}

/**
 * A step length with which ½‖Y − T‖² goes down, whatever T: 1 over the sum of the squares of all that one filter
 * reads, a bias reading 1. That sum is the trace of JᵀJ, so it is at least the steepest curvature of the loss
 * (activations that are nowhere steeper than 1 add none). One digit of it.
 */
export function fittingStep(g: Geometry, { spec, x }: Layer): number {
  const steepest = Math.max(1, Math.abs(spec.activation.alpha)) ** 2;
  const rows = readings(g.rows);
  const columns = readings(g.columns);
  const groups = new Float64Array(spec.groups);
  const plane = g.rows.n * g.columns.n;
  for (let c = 0; c < sizeOf(g.shapes.X) / plane; c++) {
    let sum = 0;
    for (let i = 0; i < plane; i++) {
      const often = rows[Math.floor(i / g.columns.n)]! * columns[i % g.columns.n]!;
      sum += often * x.data[c * plane + i]! ** 2;
    }
    const group = Math.floor((c % spec.C) / g.depth);
    groups[group] = groups[group]! + sum;
  }
  const biases = spec.N * g.rows.out * g.columns.out;
  return Number((1 / ((Math.max(...groups) + biases) * steepest)).toPrecision(1));
}

/** How often each row (or column) of the input is read, in all its copies. */
function readings(axis: Axis): Float64Array {
  const often = new Float64Array(axis.n);
  for (let p = 0; p < axis.padded; p++) {
    const i = axis.source[p]!;
    if (i >= 0) visitReaders(axis, p, () => often[i]!++);
  }
  return often;
}

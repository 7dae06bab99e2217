import { channelSums } from "../conv/gradients.ts";
import { type Geometry, inputOfPadded } from "../geometry.ts";
import { extremes } from "../range.ts";
import { sizeOf } from "../tensor.ts";
import { forwardCorrelation, gradientCorrelation } from "./correlation.ts";
import {
  lengthsOf,
  type PassKind,
  type Plan,
  type PlanTensor,
  planned,
  TENSORS_OF_PLAN,
} from "./numbers.ts";
import { correlate, scalarJob, weightSums } from "./scalar.ts";

/** A plan in TypeScript and float32, for browsers without SIMD. */
export function scalarPlan(g: Geometry, passes: readonly PassKind[]): Plan {
  const length = lengthsOf(g, passes);
  const t = Object.fromEntries(
    TENSORS_OF_PLAN.map((name) => [name, new Float32Array(length[name])]),
  ) as unknown as Record<PlanTensor, Float32Array>;
  const forward = scalarJob(forwardCorrelation(g));
  const folds = g.spec.padMode !== "zeros";
  const gradient = passes.includes("inputGradient")
    ? scalarJob(gradientCorrelation(g, folds))
    : null;
  const padded = new Float32Array(folds && gradient ? sizeOf(g.shapes.P) : 0);
  const noBias = new Float32Array(g.spec.C);
  const sums = new Float64Array(length.dw);
  const arrays = [...Object.values(t), forward.band, gradient?.band, padded, sums];
  const check = (pass: PassKind) => planned(passes.includes(pass) || null, pass);
  let taps = 0;
  return {
    ...t,
    geometry: g,
    kernels: "scalar",
    bytes: arrays.reduce((all, array) => all + (array?.byteLength ?? 0), 0),
    forward() {
      check("forward");
      taps = correlate(forward, t.x, t.w, t.b, t.z);
    },
    range: () => extremes(t.z),
    inputGradient() {
      const job = planned(gradient, "inputGradient");
      if (!folds) return void correlate(job, t.delta, t.w, noBias, t.dx);
      correlate(job, t.delta, t.w, noBias, padded);
      t.dx.fill(0);
      for (let p = 0; p < padded.length; p++) {
        const i = inputOfPadded(g, p);
        if (i >= 0) t.dx[i]! += padded[p]!;
      }
    },
    weightGradient() {
      check("weightGradient");
      weightSums(forward, t.x, t.delta, sums);
      t.dw.set(sums);
    },
    biasGradient() {
      check("biasGradient");
      const data = Float64Array.from(t.delta);
      t.db.set(channelSums({ shape: g.shapes.Y, data }).data);
    },
    get work() {
      return { taps, of: g.window, method: "direct" as const };
    },
  };
}

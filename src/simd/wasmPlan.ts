import type { Geometry } from "../geometry.ts";
import { sizeOf } from "../tensor.ts";
import { longest } from "./axes.ts";
import { forwardCorrelation, gradientCorrelation, tapsOfPhase } from "./correlation.ts";
import { isForStrips, layOut, offsetOf } from "./job.ts";
import { type Fields, Layout } from "./layout.ts";
import { methodOf } from "./methods.ts";
import { kernelsOn, type ModuleName } from "./module.ts";
import {
  lengthsOf,
  type PassKind,
  type Plan,
  type PlanTensor,
  planned,
  TENSORS_OF_PLAN,
} from "./numbers.ts";
import type { Tier } from "./tiers.ts";

/** Cells of a plane of δ that are summed at once: short sums lose less, and three planes stay in the nearest cache. */
const NEAR_CELLS = 2048;

/** Pairs of planes of a group up to which dW is summed in strips; with more of them the band is copied for many. */
const MOST_PAIRS = 16;

/** The addresses of the tensors. */
type Places = Readonly<Record<PlanTensor, number>>;

/** A plan by the WebAssembly kernels: one memory, laid out here and never grown. */
export function wasmPlan(
  g: Geometry,
  module: ModuleName,
  passes: readonly PassKind[],
  tier: Tier,
): Plan {
  const layout = new Layout();
  const length = lengthsOf(g, passes);
  const at = Object.fromEntries(
    TENSORS_OF_PLAN.map((name) => [name, layout.take(length[name] * 4)]),
  ) as Places;
  const has = (...of: PassKind[]) => of.some((pass) => passes.includes(pass));
  const forward = has("forward")
    ? methodOf(layout, forwardCorrelation(g), forwardPlaces(at), tier)
    : null;
  const gradient = has("inputGradient") ? gradientOf(layout, g, at, tier) : null;
  const sums = has("weightGradient", "biasGradient") ? weightJobs(layout, g, at) : null;

  const extremes = layout.take(8);

  const memory = layout.make();
  const { buffer } = memory;
  const kernels = kernelsOn(module, memory);
  const views = Object.fromEntries(
    TENSORS_OF_PLAN.map((name) => [name, new Float32Array(buffer, at[name], length[name])]),
  ) as unknown as Record<PlanTensor, Float32Array>;

  return {
    ...views,
    geometry: g,
    kernels: module,
    bytes: buffer.byteLength,
    forward: () => planned(forward, "forward").run(kernels, buffer),
    range() {
      kernels.extremes(at.z, length.z, extremes);
      const [low, high] = new Float32Array(buffer, extremes, 2);
      return [low!, high!];
    },
    inputGradient: () => {
      const { method, fold } = planned(gradient, "inputGradient");
      method.run(kernels, buffer);
      if (fold) kernels.fold(fold);
    },
    weightGradient: () => {
      const { job, parts } = planned(has("weightGradient") ? sums : null, "weightGradient");
      kernels.weightGradient(job, parts);
    },
    biasGradient: () => {
      const { job, parts } = planned(has("biasGradient") ? sums : null, "biasGradient");
      kernels.biasGradient(job, parts);
    },
    get work() {
      return planned(forward, "forward").work(buffer);
    },
  };
}

function forwardPlaces(at: Places) {
  return { source: at.x, target: at.z, weights: at.w, bias: at.b };
}

/** dX: for a ring of zeros at once, else of the padded input first, which is folded back. */
function gradientOf(layout: Layout, g: Geometry, at: Places, tier: Tier) {
  const folds = g.spec.padMode !== "zeros";
  const [N, C, rows, columns] = g.shapes.P as [number, number, number, number];
  const target = folds ? layout.take(sizeOf(g.shapes.P) * 4) : at.dx;
  const bias = layout.take(C * 4); // zeros
  const places = { source: at.delta, target, weights: at.w, bias };
  const method = methodOf(layout, gradientCorrelation(g, folds), places, tier);
  if (!folds) return { method, fold: 0 };
  const fold: Fields<"Fold"> = {
    planes: N * C,
    padded: target,
    rows,
    columns,
    rowTable: layout.ints(g.rows.source),
    columnTable: layout.ints(g.columns.source),
    dx: at.dx,
    dxRows: g.rows.n,
    dxColumns: g.columns.n,
    before: g.columns.before,
  };
  return { method, fold: layout.records("Fold", [fold]) };
}

/** dW and db. They read X through a band of their own: where the forward pass needs none, they do. */
function weightJobs(layout: Layout, g: Geometry, at: Places) {
  const c = forwardCorrelation(g);
  const job = layOut(layout, c, forwardPlaces(at), false);
  // In the order of W, so that the sums stand where the weights do, also of a flipped kernel.
  const taps = tapsOfPhase(c, 0, 0).sort((a, b) => a.weight - b.weight);
  const sums: Fields<"Sums"> = {
    delta: at.delta,
    taps: layout.ints(taps.map((tap) => offsetOf(job, tap))),
    count: taps.length,
    sums: layout.take(g.spec.F * taps.length * 16),
    dw: at.dw,
    db: at.db,
    nearRows: Math.max(1, Math.floor(NEAR_CELLS / longest(c.columns))),
    strips:
      isForStrips(c) && g.depth * g.filtersPerGroup <= MOST_PAIRS ? (g.spec.flip ? -16 : 16) : 0,
  };
  return { job: layout.records("Job", [job]), parts: layout.records("Sums", [sums]) };
}

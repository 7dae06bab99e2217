import { type Gradients, gradientsByTaps } from "../conv/gradients.ts";
import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { type Tensor, tensor } from "../tensor.ts";
import {
  PASSES,
  type PassKind,
  type Plan,
  type PlanTensor,
  shapeOf,
  type Work,
} from "./numbers.ts";
import { planOf } from "./plan.ts";
import type { Kernels, Tier } from "./tiers.ts";

/** Beyond these a product of two numbers may leave what float32 can hold. */
const LARGEST = 1e15;
const SMALLEST = 1e-15;

/** Whether float32 loses nothing of these numbers but their last digits. */
export function fitsFloat32(...tensors: readonly Tensor[]): boolean {
  return tensors.every(({ data }) => {
    for (let i = 0; i < data.length; i++) {
      const size = Math.abs(data[i]!);
      if (!(size <= LARGEST && (size >= SMALLEST || size === 0))) return false;
    }
    return true;
  });
}

/** By what a forward pass was computed. */
export interface Computed extends Work {
  readonly tier: Tier;
  readonly kernels: Kernels;
}

/**
 * The two ways through a layer in a tier. The plan of the last layer is kept: the next one mostly differs from it in
 * its numbers alone. What float32 could not hold is computed exactly.
 */
export interface Means {
  /** Z before the activation, N F oH oW. */
  readonly forward: (g: Geometry, layer: Layer) => Tensor;
  /** dX, dW and db from δ = ∂L/∂Z. */
  readonly gradients: (g: Geometry, layer: Layer, delta: Tensor) => Gradients;
  /** By what the last forward pass was computed. */
  readonly computed: () => Computed;
}

export function meansOf(tier: Tier): Means {
  let plan: Plan | null = null;
  let key = "";
  let planned: readonly PassKind[] = [];
  const planFor = (g: Geometry, passes: readonly PassKind[]): Plan => {
    const wanted = JSON.stringify(g.spec);
    if (plan && wanted === key && passes.every((pass) => planned.includes(pass))) return plan;
    plan = null; // its memory may be what the next one needs
    plan = planOf(g, tier, { passes });
    key = wanted;
    planned = passes;
    return plan;
  };
  return {
    forward(g, { x, w, b }) {
      const p = planFor(g, ["forward"]);
      put(p, { x, w, b });
      p.forward();
      return taken(p, "z");
    },
    gradients(g, layer, delta) {
      if (!fitsFloat32(delta)) return gradientsByTaps(g, layer, delta);
      const p = planFor(g, PASSES);
      put(p, { x: layer.x, w: layer.w, delta });
      p.inputGradient();
      p.weightGradient();
      p.biasGradient();
      return { dx: taken(p, "dx"), dw: taken(p, "dw"), db: taken(p, "db") };
    },
    computed() {
      const { kernels, work } = plan!;
      return { tier, kernels, ...work };
    },
  };
}

function put(plan: Plan, tensors: Partial<Record<PlanTensor, Tensor>>): void {
  for (const [name, { data }] of Object.entries(tensors)) plan[name as PlanTensor].set(data);
}

/** Out of the plan's memory, which the next pass writes over. */
function taken(plan: Plan, name: PlanTensor): Tensor {
  return tensor(shapeOf(plan.geometry, name), new Float64Array(plan[name]));
}

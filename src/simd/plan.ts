import { ConvError } from "../errors.ts";
import type { Geometry } from "../geometry.ts";
import { exactPlan } from "./exactPlan.ts";
import { type Features, featuresHere } from "./features.ts";
import { PASSES, type PassKind, type Plan } from "./numbers.ts";
import { scalarPlan } from "./scalarPlan.ts";
import { type Kernels, kernelsOf, type Tier, tierOf } from "./tiers.ts";
import { wasmPlan } from "./wasmPlan.ts";

/** By what a plan is carried out. */
const PLANS = {
  float64: exactPlan,
  scalar: scalarPlan,
  strict: (g, passes, tier) => wasmPlan(g, "strict", passes, tier),
  fused: (g, passes, tier) => wasmPlan(g, "fused", passes, tier),
} as const satisfies Record<
  Kernels,
  (g: Geometry, passes: readonly PassKind[], tier: Tier) => Plan
>;

export interface PlanOptions {
  /** What will be asked; all of it, if nothing is said. Less takes less memory. */
  readonly passes?: readonly PassKind[];
  /** What WebAssembly can do here, if not to be found out. */
  readonly features?: Features;
}

/**
 * A layer of this geometry made ready in a tier (`auto`: by its size). Takes all the memory that it will ever use.
 * @throws ConvError where the browser will not give that much.
 */
export function planOf(
  g: Geometry,
  tier: Tier | "auto" = "auto",
  { passes = PASSES, features = featuresHere() }: PlanOptions = {},
): Plan {
  const chosen = tierOf(g, tier);
  try {
    return PLANS[kernelsOf(chosen, features)](g, passes, chosen);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ConvError("memory", "this layer needs more than there is", "a smaller layer");
  }
}

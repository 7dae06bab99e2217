import { ConvError } from "../errors.ts";
import type { Geometry } from "../geometry.ts";
import type { Range } from "../range.ts";
import { type Numbers, sizeOf } from "../tensor.ts";
import type { Kernels } from "./tiers.ts";

/** What can be asked of a plan. */
export const PASSES = ["forward", "inputGradient", "weightGradient", "biasGradient"] as const;
export type PassKind = (typeof PASSES)[number];

/** The tensors of a plan: X, W, b, δ = ∂L/∂Z and what is made of them. */
export const TENSORS_OF_PLAN = ["x", "w", "b", "delta", "z", "dx", "dw", "db"] as const;
export type PlanTensor = (typeof TENSORS_OF_PLAN)[number];

/** Which tensors a pass reads, and the one it writes. */
const USES = {
  forward: { reads: ["x", "w", "b"], writes: "z" },
  inputGradient: { reads: ["w", "delta"], writes: "dx" },
  weightGradient: { reads: ["x", "delta"], writes: "dw" },
  biasGradient: { reads: ["delta"], writes: "db" },
} as const satisfies Record<
  PassKind,
  { readonly reads: readonly PlanTensor[]; readonly writes: PlanTensor }
>;

/** The shape of each tensor. */
export function shapeOf(g: Geometry, name: PlanTensor): readonly number[] {
  const shapes = {
    x: g.shapes.X,
    w: g.shapes.W,
    b: g.shapes.b,
    delta: g.shapes.Y,
    z: g.shapes.Y,
    dx: g.shapes.X,
    dw: g.shapes.W,
    db: g.shapes.b,
  };
  return shapes[name];
}

/** Cells of each tensor; none where no planned pass uses it. */
export function lengthsOf(g: Geometry, passes: readonly PassKind[]): Record<PlanTensor, number> {
  const used = new Set<PlanTensor>(
    passes.flatMap((pass) => [...USES[pass].reads, USES[pass].writes]),
  );
  return Object.fromEntries(
    TENSORS_OF_PLAN.map((name) => [name, used.has(name) ? sizeOf(shapeOf(g, name)) : 0]),
  ) as Record<PlanTensor, number>;
}

/**
 * A layer made ready to be computed again and again. All memory is taken when it is made: write into `x`, `w`, `b`,
 * `delta`, call a pass, read what it wrote. The arrays stay the same for as long as the plan lives; those that no
 * planned pass uses have length 0. Row-major; shapes as in `Layer`. A pass that was not planned throws a ConvError.
 */
export interface Plan extends Readonly<Record<PlanTensor, Numbers>> {
  readonly geometry: Geometry;
  readonly kernels: Kernels;
  /** Bytes taken. */
  readonly bytes: number;
  /** z = x ⋆ w + b, before the activation. */
  forward(): void;
  /** The least and the largest number that stand in z now; of none, those of `EMPTY`. */
  range(): Range;
  /** dx from w and delta. */
  inputGradient(): void;
  /** dw from x and delta. */
  weightGradient(): void;
  /** db from delta. */
  biasGradient(): void;
  /** How the forward pass goes about it, as found at its last run. */
  readonly work: Work;
}

/** What is saved, to be told: "6 of 9 taps". */
export interface Work {
  /** Products of one output cell that are multiplied out, in the filter that needs most of them. */
  readonly taps: number;
  /** Products of one output cell by definition: C/groups · kH · kW. */
  readonly of: number;
  /** "direct", "winograd" (F(2×2, 3×3)) or "separable" (two passes). */
  readonly method: "direct" | "winograd" | "separable";
}

/** What a pass needs, or the refusal of a pass for which no memory was taken. */
export function planned<Ready>(ready: Ready | null, pass: PassKind): Ready {
  if (ready === null)
    throw new ConvError(pass, "was not planned", "the passes that the plan was made for");
  return ready;
}

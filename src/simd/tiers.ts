import { keyOf } from "../errors.ts";
import type { Geometry } from "../geometry.ts";
import type { Feature, Features } from "./features.ts";

/** What computes: each kind is one implementation of `Plan`. */
export type Kernels = "float64" | "scalar" | "strict" | "fused";

interface TierRow {
  readonly label: string;
  readonly why: string;
  /** In the order of preference; the first whose feature exists is taken. */
  readonly kernels: readonly { readonly kernels: Kernels; readonly needs?: Feature }[];
}

const SCALAR = { kernels: "scalar" } as const;

/** How exactly a layer is computed, and by what. */
export const TIERS = {
  exact: {
    label: "exact",
    why: "float64, one cell after the other: what is printed adds up.",
    kernels: [{ kernels: "float64" }],
  },
  strict: {
    label: "strict",
    why: "float32, four at a time, every product and every sum rounded: the same bits everywhere.",
    kernels: [{ kernels: "strict", needs: "simd" }, SCALAR],
  },
  fast: {
    label: "fast",
    why: "float32 by the fewest operations: fused multiply-adds, Winograd; the last bits are the machine's.",
    kernels: [
      { kernels: "fused", needs: "relaxedSimd" },
      { kernels: "strict", needs: "simd" },
      SCALAR,
    ],
  },
} as const satisfies Record<string, TierRow>;

export type Tier = keyof typeof TIERS;

export const TIER_NAMES = Object.keys(TIERS) as readonly Tier[];

/** Multiply-adds up to which a layer is computed exactly unless another tier is asked for: some milliseconds. */
export const MOST_EXACT = 1_000_000;

/** @throws ConvError for anything but a tier or "auto". */
export function checkTier(asked: unknown): Tier | "auto" {
  return keyOf("tier", { auto: true, ...TIERS }, asked);
}

/** The tier of a layer: the one asked for, or by its size. */
export function tierOf({ multiplyAdds }: Geometry, asked: Tier | "auto"): Tier {
  if (asked !== "auto") return asked;
  return multiplyAdds <= MOST_EXACT ? "exact" : "strict";
}

/** What computes a tier where these features exist. */
export function kernelsOf(tier: Tier, features: Features): Kernels {
  const rows: readonly TierRow["kernels"][number][] = TIERS[tier].kernels;
  return rows.find(({ needs }) => needs === undefined || features[needs])!.kernels;
}

import { ACTIVATIONS } from "../activation.ts";
import type { Geometry } from "../geometry.ts";
import type { PadMode } from "../padding.ts";
import type { ConvSpec } from "../spec.ts";
import type { Sentence } from "./text.ts";
import { count } from "./words.ts";

/** What the ring is made of. */
const RING: Readonly<Record<PadMode, string>> = {
  zeros: "zero",
  reflect: "reflected cell",
  replicate: "repeated cell",
  circular: "wrapped cell",
};

/** The shape of X and what stands around it: 1 × 1 × 8 × 8, inside a ring of 1 zero. */
export function shapeLine(g: Geometry): string {
  const shape = g.shapes.X.join(" × ");
  const sides = {
    above: g.rows.before,
    right: g.columns.after,
    below: g.rows.after,
    left: g.columns.before,
  };
  const depths = Object.values(sides);
  const ring = RING[g.spec.padMode];
  if (depths.every((p) => p === 0)) return shape;
  if (depths.every((p) => p === sides.above))
    return `${shape}, inside a ring of ${count(sides.above, ring)}`;
  const named = Object.entries(sides)
    .filter(([, p]) => p > 0)
    .map(([side, p]) => `${p} ${side}`);
  return `${shape}, padded with ${ring}s: ${named.join(", ")}`;
}

/** ⋆ is cross-correlation, ∗ true convolution. */
export function operatorOf({ flip }: Pick<ConvSpec, "flip">): "⋆" | "∗" {
  return flip ? "∗" : "⋆";
}

/** Y = X ⋆ W + b, and what the sign means; with the kernel drawn turned, the other sign gives the same numbers. */
export function equation(
  spec: Pick<ConvSpec, "flip" | "activation">,
  turned = false,
): {
  readonly line: Sentence;
  readonly subtitle: string;
} {
  const { name } = spec.activation;
  const flip = spec.flip !== turned;
  const sum: Sentence = [
    { text: "X", role: "X" },
    { text: ` ${operatorOf({ flip })} ` },
    { text: turned ? "W̃" : "W", role: "W" },
    { text: " + b" },
  ];
  return {
    line: [
      { text: "Y", role: "Y" },
      { text: " = " },
      ...(name === "linear"
        ? sum
        : [{ text: `${ACTIVATIONS[name].label}(` }, ...sum, { text: ")" }]),
    ],
    subtitle: flip
      ? "true convolution: the kernel is turned by 180°"
      : "cross-correlation, which deep-learning libraries call convolution",
  };
}

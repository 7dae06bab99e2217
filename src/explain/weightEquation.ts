import { type Axis, positionOf } from "../axis.ts";
import type { Geometry } from "../geometry.ts";
import { slotOfWeight } from "../provenance.ts";
import { unravel } from "../tensor.ts";
import { hasPadding, nameOf } from "./cell.ts";
import type { Sentence } from "./text.ts";

/** "1:9:2": from the first position that tap `t` reads on, a stride at a time, as many as there are outputs. */
function strided(axis: Axis, t: number): string {
  const from = positionOf(axis, 0, t);
  const step = positionOf(axis, 1, t) - from;
  return `${from}:${from + step * axis.out}${step > 1 ? `:${step}` : ""}`;
}

/** The inputs that weight `w` met, as a slice of the padded input: "Xp[0:8:2, 1:9:2]". */
export function sliceOfWeight(g: Geometry, w: number): string {
  const { N, C } = g.spec;
  const [f, local] = unravel(g.shapes.W, w) as [number, number];
  const [, t, u] = unravel([g.depth, g.rows.k, g.columns.k], slotOfWeight(g, w)) as [
    number,
    number,
    number,
  ];
  const channel = Math.floor(f / g.filtersPerGroup) * g.depth + local;
  const at = [
    ...(N > 1 ? [":"] : []),
    ...(N > 1 || C > 1 ? [String(channel)] : []),
    strided(g.rows, t),
    strided(g.columns, u),
  ];
  return `${hasPadding(g) ? "Xp" : "X"}[${at.join(", ")}]`;
}

/** The δ of filter `f`: "δ", "δ[1]", with samples "δ[:, 1]". */
function deltaOf({ spec: { N, F } }: Geometry, f: number): string {
  if (N > 1) return `δ[:, ${f}]`;
  return F > 1 ? `δ[${f}]` : "δ";
}

/** dW[0, 1] = Σ δ ⊙ Xp[0:8:2, 1:9:2], and what the slice is. */
export function weightEquation(g: Geometry, w: number): { line: Sentence; subtitle: string } {
  const [f] = unravel(g.shapes.W, w) as [number];
  return {
    line: [
      { text: nameOf(g, { tensor: "DW", index: w }), role: "W" },
      { text: " = Σ " },
      { text: deltaOf(g, f), role: "delta" },
      { text: " ⊙ " },
      { text: sliceOfWeight(g, w), role: "X" },
    ],
    subtitle: "what the weight met, times δ: the slice is the same strided one that im2col takes",
  };
}

/** db = Σ δ, and why. */
export function biasEquation(g: Geometry, f: number): { line: Sentence; subtitle: string } {
  return {
    line: [
      { text: nameOf(g, { tensor: "DB", index: f }), role: "W" },
      { text: " = Σ " },
      { text: deltaOf(g, f), role: "delta" },
    ],
    subtitle: "the bias was added once to every output, so every δ comes back to it once",
  };
}

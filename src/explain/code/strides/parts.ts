import type { Geometry } from "../../../geometry.ts";
import { hasPadding } from "../../cell.ts";
import { einsumOf } from "../../view.ts";
import { scaled } from "../window/nest.ts";

// What the two programs with an einsum have in common. The strides are asked of the array: the same lines hold
// whichever way it lies in memory.

/** The array that is viewed. */
export function viewed(g: Geometry): "Xp" | "X" {
  return hasPadding(g) ? "Xp" : "X";
}

/** The names that the array's own strides get; a single plane has but two. */
export function ownStrides(plain: boolean): string {
  return plain ? "sh, sw" : "sn, sc, sh, sw";
}

/** Lengths and strides of the view's axes; groups split the axis of channels, which takes no copy either. */
export function viewArguments(
  g: Geometry,
  plain: boolean,
): { readonly shape: string; readonly strides: string } {
  const { rows, columns, depth, spec } = g;
  const place = [scaled(rows.stride, "sh", "*"), scaled(columns.stride, "sw", "*")];
  const within = [scaled(rows.dilation, "sh", "*"), scaled(columns.dilation, "sw", "*")];
  const kernel = [rows.k, columns.k];
  const tuple = (...parts: readonly (string | number)[]) => `(${parts.join(", ")})`;
  if (plain)
    return {
      shape: tuple("out_h", "out_w", ...kernel),
      strides: tuple(...place, ...within),
    };
  const channels = spec.groups === 1 ? [spec.C] : [spec.groups, depth];
  const byChannel = spec.groups === 1 ? ["sc"] : [scaled(depth, "sc", "*"), "sc"];
  return {
    shape: tuple(spec.N, "out_h", "out_w", ...channels, ...kernel),
    strides: tuple("sn", ...place, ...byChannel, ...within),
  };
}

/** The letters of the einsum: of a single plane, those of rows and columns alone. */
export function letters(g: Geometry, plain: boolean): string {
  return plain ? "hwij,ij->hw" : einsumOf(g, "NCHW");
}

/** The kernels as the einsum wants them: those of a group under an axis of their own. */
export function kernels(g: Geometry): string {
  const w = g.spec.flip ? "flipped" : "W";
  if (g.spec.groups === 1) return w;
  return `${w}.reshape(${g.spec.groups}, -1, ${g.shapes.W.slice(1).join(", ")})`;
}

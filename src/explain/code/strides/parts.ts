import type { MemoryName } from "../../../conv/view.ts";
import type { Geometry } from "../../../geometry.ts";
import { hasPadding } from "../../cell.ts";
import { memoryIn, type WeightsName, weightsIn } from "../../conventions.ts";
import { einsumOf } from "../../view.ts";
import type { ProgramOptions } from "../program.ts";
import { scaled } from "../window/nest.ts";

// What the two programs with an einsum have in common. The strides are asked of the array, never worked out.

/** How a program is written: a single plane with two axes, else four, in the order in which they lie in memory. */
export interface Way {
  readonly plain: boolean;
  readonly memory: MemoryName;
  readonly weights: WeightsName;
}

/** The way that the switches ask for; of a single channel both memories are one, and of a single kernel both orders. */
export function wayOf(g: Geometry, plain: boolean, options: ProgramOptions): Way {
  const memory = g.spec.C > 1 ? memoryIn(options) : "NCHW";
  return { plain, memory, weights: plain ? "OIHW" : weightsIn(options) };
}

/** The padded input, or X itself where nothing is padded. */
export function padded(g: Geometry): "Xp" | "X" {
  return hasPadding(g) ? "Xp" : "X";
}

/** The array that is viewed. */
export function viewed(g: Geometry, { memory }: Way): string {
  return memory === "NHWC" ? "memory" : padded(g);
}

/** The axis of the viewed array that is its rows; columns follow. */
export function rowAxis({ plain, memory }: Way): number {
  return plain ? 0 : memory === "NHWC" ? 1 : 2;
}

/** The names that the array's own strides get; a single plane has but two. */
export function ownStrides({ plain, memory }: Way): string {
  if (plain) return "sh, sw";
  return memory === "NHWC" ? "sn, sh, sw, sc" : "sn, sc, sh, sw";
}

/** Lengths and strides of the view's axes; groups split the axis of channels, which takes no copy either. */
export function viewArguments(
  g: Geometry,
  { plain, memory }: Way,
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
  const ordered = <Part>(channel: Part[], window: Part[]) =>
    memory === "NHWC" ? [...window, ...channel] : [...channel, ...window];
  return {
    shape: tuple(spec.N, "out_h", "out_w", ...ordered(channels, kernel)),
    strides: tuple("sn", ...place, ...ordered(byChannel, within)),
  };
}

/** The letters of the einsum: of a single plane, those of rows and columns alone. */
export function letters(g: Geometry, { plain, memory, weights }: Way): string {
  return plain ? "hwij,ij->hw" : einsumOf(g, memory, weights);
}

/** The kernels as the einsum wants them: those of a group under an axis of their own. */
export function kernels(g: Geometry, { weights }: Way): string {
  const w = g.spec.flip ? "flipped" : weights === "HWIO" ? "hwio" : "W";
  if (g.spec.groups === 1) return w;
  if (weights === "HWIO")
    return `${w}.reshape(${[g.rows.k, g.columns.k, g.depth, g.spec.groups, -1].join(", ")})`;
  return `${w}.reshape(${g.spec.groups}, -1, ${g.shapes.W.slice(1).join(", ")})`;
}

import { ConvError } from "../../errors.ts";
import type { Answer } from "../../forward.ts";
import type { Geometry } from "../../geometry.ts";
import type { Layer } from "../../layer.ts";
import type { Tensor } from "../../tensor.ts";

/** More numbers than this in one tensor make no program that anyone reads. */
const MOST_NUMBERS = 16_384;

/**
 * Refuses a layer that cannot be written out: too many numbers, or one that no source text can hold.
 * @throws ConvError naming the tensor, its size and one that would fit.
 */
export function checkWritable(layer: Layer, answer: Answer): void {
  checkTensors({ X: layer.x, W: layer.w, b: layer.b, Y: answer.y });
}

/** The same for tensors by their names. */
export function checkTensors(tensors: Readonly<Record<string, Tensor>>): void {
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    if (data.length > MOST_NUMBERS)
      throw new ConvError(
        name,
        `the ${data.length} numbers of ${shape.join(" × ")} are too many to write out as a program`,
        `up to ${MOST_NUMBERS} numbers${fitting(shape)}`,
      );
    const odd = data.find((v) => !Number.isFinite(v));
    if (odd !== undefined)
      throw new ConvError(name, `holds ${odd}, which a program cannot check`, "finite numbers");
  }
}

/** The same number of matrices, small enough: ", such as 1 × 3 × 73 × 73". */
function fitting(shape: readonly number[]): string {
  const leading = shape.slice(0, -2);
  const side = Math.floor(Math.sqrt(MOST_NUMBERS / leading.reduce((a, b) => a * b, 1)));
  return side > 0 && shape.length > 2 ? `, such as ${[...leading, side, side].join(" × ")}` : "";
}

/** The farthest a tensor goes from 0. */
export function largest({ data }: Tensor): number {
  return data.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
}

/** No sum of products, in whatever order, can be larger than this. */
function bound(g: Geometry, { x, w, b }: Layer): number {
  return largest(x) * largest(w) * g.window + largest(b);
}

/** Whether every sum is exact: whole numbers that stay below 2⁵³. A program may then ask for equality. */
export function isWhole(g: Geometry, layer: Layer, answer: Answer): boolean {
  return areWhole([layer.x, layer.w, layer.b, answer.y], bound(g, layer));
}

/** Whether tensors hold whole numbers only, and no sum of their products, which stay below `bound`, is rounded. */
export function areWhole(tensors: readonly Tensor[], bound: number): boolean {
  const whole = tensors.every(({ data }) => data.every(Number.isInteger));
  return whole && bound <= Number.MAX_SAFE_INTEGER;
}

/** How far another order of adding may lead: a relative and an absolute tolerance, as source text. */
export function tolerances(g: Geometry, layer: Layer): { relative: string; absolute: string } {
  const steepest = Math.max(1, Math.abs(g.spec.activation.alpha));
  return tolerancesFor(bound(g, layer) * steepest);
}

/** The same for sums that stay below `bound`. */
export function tolerancesFor(bound: number): { relative: string; absolute: string } {
  const power = Math.ceil(Math.log10(bound * 1e-11 || 1e-12));
  return { relative: "1e-9", absolute: `1e${power}` };
}

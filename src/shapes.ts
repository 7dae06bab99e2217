import { ConvError } from "./errors.ts";
import type { Tensor } from "./tensor.ts";

/** Refuses a tensor of another shape, under the name given. */
export function checkShape(field: string, found: Tensor, shape: readonly number[]): void {
  if (found.shape.length === shape.length && found.shape.every((n, axis) => n === shape[axis]))
    return;
  throw new ConvError(
    field,
    `has the shape ${found.shape.join(" × ") || "of a scalar"}`,
    `a tensor of ${shape.join(" × ")}`,
  );
}

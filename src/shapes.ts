import { ConvError, shown } from "./errors.ts";
import { sizeOf, type Tensor } from "./tensor.ts";

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

/** Refuses what is no tensor of that shape, whatever it is: from a message, a file. */
export function checkTensor(name: string, value: unknown, shape: readonly number[]): void {
  const accepted = `a tensor of ${shape.join(" × ")}`;
  if (typeof value !== "object" || value === null)
    throw new ConvError(name, `${shown(value)} is not a tensor`, accepted);
  const { shape: found, data } = value as Partial<Tensor>;
  if (!Array.isArray(found) || !(data instanceof Float64Array || data instanceof Float32Array))
    throw new ConvError(name, "has no shape or no numbers", accepted);
  if (found.length !== shape.length || found.some((n, axis) => n !== shape[axis]))
    throw new ConvError(name, `has the shape ${found.join(" × ") || "of a scalar"}`, accepted);
  if (data.length !== sizeOf(shape))
    throw new ConvError(name, `holds ${data.length} numbers`, `${sizeOf(shape)} numbers`);
}

import { ConvError } from "../errors.ts";
import { checkShape } from "../shapes.ts";
import { type Numbers, sizeOf, type Tensor, tensor } from "../tensor.ts";

/** Calls back for every line along `axis`: its first cell and the step to the next. */
function visitLines(
  { shape }: Tensor,
  axis: number,
  visit: (first: number, step: number, n: number) => void,
): void {
  if (!Number.isInteger(axis) || axis < 0 || axis >= shape.length)
    throw new ConvError("axis", `${axis} is none of ${shape.length}`, `0 to ${shape.length - 1}`);
  const n = shape[axis]!;
  const step = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  for (let i = 0; i < outer; i++) for (let j = 0; j < step; j++) visit(i * n * step + j, step, n);
}

/** What is subtracted before the exponential: no exponential is then larger than 1. */
function largest(z: Numbers, first: number, step: number, n: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < n; k++) most = Math.max(most, z[first + k * step]!);
  return most;
}

/**
 * y = exp(z) / Σ exp(z) along `axis`, shaped like z; no offset of z overflows it.
 * @throws ConvError when there is no such axis.
 */
export function softmax(z: Tensor, axis: number): Tensor {
  const y = tensor(z.shape);
  visitLines(z, axis, (first, step, n) => {
    const most = largest(z.data, first, step, n);
    let sum = 0;
    for (let k = 0; k < n; k++) {
      const e = Math.exp(z.data[first + k * step]! - most);
      y.data[first + k * step] = e;
      sum += e;
    }
    for (let k = 0; k < n; k++) {
      const at = first + k * step;
      y.data[at] = y.data[at]! / sum;
    }
  });
  return y;
}

/** ∂L/∂z = y ⊙ (dy − Σ dy·y) along `axis`, from y = softmax(z) and `dy` = ∂L/∂y. All three shaped alike. */
export function softmaxGradient(y: Tensor, dy: Tensor, axis: number): Tensor {
  checkShape("∂L/∂Y", dy, y.shape);
  const dz = tensor(y.shape);
  visitLines(y, axis, (first, step, n) => {
    let inner = 0;
    for (let k = 0; k < n; k++) inner += y.data[first + k * step]! * dy.data[first + k * step]!;
    for (let k = 0; k < n; k++) {
      const at = first + k * step;
      dz.data[at] = y.data[at]! * (dy.data[at]! - inner);
    }
  });
  return dz;
}

/** ln softmax(z) = z − ln Σ exp(z) along `axis`, in nats; never −∞ where z is finite. Shaped like z. */
export function logSoftmax(z: Tensor, axis: number): Tensor {
  const y = tensor(z.shape);
  visitLines(z, axis, (first, step, n) => {
    const most = largest(z.data, first, step, n);
    let sum = 0;
    for (let k = 0; k < n; k++) sum += Math.exp(z.data[first + k * step]! - most);
    const log = Math.log(sum);
    for (let k = 0; k < n; k++) y.data[first + k * step] = z.data[first + k * step]! - most - log;
  });
  return y;
}

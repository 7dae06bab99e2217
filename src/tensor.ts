import { ConvError } from "./errors.ts";

/** Numbers in row-major order (last axis fastest). X is N C H W, W is F C/groups kH kW, b is F. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** More cells than this are refused everywhere: an index must fit a signed 32-bit integer. */
export const MOST_CELLS = 2 ** 31 - 1;

/** The number of cells of a shape; 1 for the empty shape (a scalar). */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, n) => size * n, 1);
}

/**
 * A tensor of `shape`, holding `data` as it is, or zeros.
 * @throws ConvError when the shape has an axis that is not a whole number ≥ 0, or the data do not fill it.
 */
export function tensor(
  shape: readonly number[],
  data?: ArrayLike<number>,
  field = "tensor",
): Tensor {
  for (const n of shape)
    if (!Number.isInteger(n) || n < 0)
      throw new ConvError(field, `${n} is not a length`, "whole numbers from 0");
  const size = sizeOf(shape);
  if (size > MOST_CELLS)
    throw new ConvError(field, `${shape.join(" × ")} is too many cells`, `up to ${MOST_CELLS}`);
  if (data !== undefined && data.length !== size)
    throw new ConvError(
      field,
      `${data.length} numbers do not fill ${shape.join(" × ")}`,
      `exactly ${size} numbers`,
    );
  return {
    shape,
    data:
      data === undefined
        ? new Float64Array(size)
        : data instanceof Float64Array
          ? data
          : Float64Array.from(data),
  };
}

/** The coordinates of the `index`-th cell of `shape`, first axis first. */
export function unravel(shape: readonly number[], index: number): number[] {
  const at = new Array<number>(shape.length);
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const n = shape[axis]!;
    at[axis] = rest % n;
    rest = Math.floor(rest / n);
  }
  return at;
}

/** The index of the cell at `at`: the inverse of `unravel`. */
export function ravel(shape: readonly number[], at: readonly number[]): number {
  return shape.reduce((index, n, axis) => index * n + at[axis]!, 0);
}

/** max |a − b|, NaN where either holds one; the two must have the same length. */
export function maxDifference(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length)
    throw new ConvError("difference", `${a.length} and ${b.length} numbers`, "equal lengths");
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const d = Math.abs(a[i]! - b[i]!);
    if (!(d <= most)) most = d;
    if (Number.isNaN(most)) return Number.NaN;
  }
  return most;
}

import { ConvError } from "./errors.ts";

/**
 * What a tensor holds: a Float64Array, or a Float32Array where a tier computed it in float32 and where it is millions of
 * pixels. Said as what both of them can do, since a union of the two cannot be called.
 */
export interface Numbers extends Iterable<number> {
  readonly length: number;
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
  [index: number]: number;
  set(from: ArrayLike<number>, at?: number): void;
  fill(value: number, start?: number, end?: number): this;
  slice(start?: number, end?: number): Numbers;
  subarray(start?: number, end?: number): Numbers;
  map(each: (value: number, index: number) => number): Numbers;
  forEach(each: (value: number, index: number) => void): void;
  reduce(each: (so: number, value: number, index: number) => number): number;
  reduce<Value>(each: (so: Value, value: number, index: number) => Value, first: Value): Value;
  every(each: (value: number, index: number) => boolean): boolean;
  some(each: (value: number, index: number) => boolean): boolean;
  filter(each: (value: number, index: number) => boolean): Numbers;
  find(each: (value: number, index: number) => boolean): number | undefined;
  findIndex(each: (value: number, index: number) => boolean): number;
  indexOf(value: number): number;
  includes(value: number): boolean;
  join(between?: string): string;
  with(index: number, value: number): Numbers;
  keys(): IterableIterator<number>;
  entries(): IterableIterator<[index: number, value: number]>;
}

/** Numbers in row-major order (last axis fastest). X is N C H W, W is F C/groups kH kW, b is F. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Numbers;
  /** Its least and its largest number, where whoever made it has told: see `rangeOf`. */
  readonly range?: readonly [low: number, high: number];
}

/** So many zeros, in the width of these numbers. */
export function zerosLike(data: Numbers, length = data.length): Numbers {
  return data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
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
        : data instanceof Float64Array || data instanceof Float32Array
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
export function maxDifference(a: Numbers, b: Numbers): number {
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

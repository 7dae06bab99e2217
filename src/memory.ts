import type { Geometry } from "./geometry.ts";
import { type Numbers, sizeOf, type Tensor, tensor } from "./tensor.ts";

// What a layer takes in memory, and how much it may. Matrices that a lens shows (im2col, the strided view, dcol, the
// dilated δ) take none: a cell of theirs is looked up when it is seen.

const MB = 2 ** 20;

/** How much a figure may take, in bytes, as it can be chosen. */
export const MEMORY_BUDGETS = [256 * MB, 512 * MB, 1024 * MB, 2048 * MB, 4096 * MB] as const;

/** What a tab has on most machines, phones but the smallest included. */
const USUAL = 1024 * MB;

let budget: number = USUAL;

/** What a figure may take, in bytes. */
export function memoryBudget(): number {
  return budget;
}

/** For all figures of a page: its memory is one. */
export function setMemoryBudget(bytes: number): void {
  budget = bytes;
}

/** A layer that is large enough to count is computed in float32. */
const NUMBER = Float32Array.BYTES_PER_ELEMENT;

/**
 * What a layer takes, in bytes, both ways: X, of which the numbers take `x`, in the page and in the worker; what the
 * kernels hold; and every tensor of the answer, beside that of the answer before.
 */
export function bytesOf({ shapes }: Geometry, x: number): number {
  const [X, Y] = [sizeOf(shapes.X), sizeOf(shapes.Y)];
  const kernels = NUMBER * 2 * (X + Y); // X and dX, the next Z and δ
  const answer = NUMBER * (4 * Y + X); // Z, Y, ∂L/∂Y, δ and dX
  return 2 * x + kernels + 2 * answer;
}

/** So many bytes in words: "938 MB", "1.5 GB". */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000 * MB) return `${Math.ceil(bytes / MB)} MB`;
  return `${Number((bytes / 1024 / MB).toPrecision(2))} GB`;
}

/** What of the budget an input may take, counted before it is made, in float64: the rest follows from it. */
export function mostInputCells(): number {
  return Math.floor(budget / 4 / Float64Array.BYTES_PER_ELEMENT);
}

/** Beyond so many numbers it is worth going over them to store them in half the room. */
const MANY = 2 ** 20;

/** These numbers in float32 where there are many and none of them loses anything by it: the pixels of a photograph. */
export function narrowed(numbers: Tensor): Tensor {
  const { shape, data } = numbers;
  if (data.length <= MANY || data instanceof Float32Array || !allFloat32(data)) return numbers;
  return tensor(shape, Float32Array.from(data));
}

function allFloat32(data: Numbers): boolean {
  for (let i = 0; i < data.length; i++) if (Math.fround(data[i]!) !== data[i]) return false;
  return true;
}

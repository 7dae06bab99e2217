import type { Document, Upstream } from "../document.ts";
import { DEFAULTS } from "../spec.ts";
import { tensor } from "../tensor.ts";

/** What stands for an input and a kernel that no one named. */
export const OPENING_INPUT = "digit:7";
export const OPENING_KERNEL = "sobel-x";

/** Small whole numbers of both signs: sums that can be checked in one's head. */
export const OPENING_UPSTREAM: Upstream = { word: "random", tensor: null };

/** What the two words make, written out: the tables of all images and kernels need not come with the first picture. */
const SEVEN = [..."0000000009999990000000900000090000009000000080000009000000090000"].map(Number);
const SOBEL = [-1, 0, 1, -2, 0, 2, -1, 0, 1];

/**
 * What a first visitor sees: small whole numbers, a negative weight, padding, overlap, and a row and a column
 * that no window reads.
 */
export function openingDocument(): Document {
  return {
    input: { word: OPENING_INPUT, tensor: tensor([1, 1, 8, 8], Float64Array.from(SEVEN)) },
    kernel: { word: OPENING_KERNEL, tensor: tensor([1, 1, 3, 3], Float64Array.from(SOBEL)) },
    bias: tensor([1]),
    settings: { ...DEFAULTS, stride: [2, 2], padding: 1 },
    upstream: OPENING_UPSTREAM,
    training: null,
  };
}

import type { Document, Upstream } from "../document.ts";
import { makeInput, makeKernel } from "../presets/words.ts";
import { DEFAULTS } from "../spec.ts";
import { tensor } from "../tensor.ts";

/** What stands for an input and a kernel that no one named. */
export const OPENING_INPUT = "digit:7";
export const OPENING_KERNEL = "sobel-x";

/** Small whole numbers of both signs: sums that can be checked in one's head. */
export const OPENING_UPSTREAM: Upstream = { word: "random", tensor: null };

/**
 * What a first visitor sees: small whole numbers, a negative weight, padding, overlap, and a row and a column
 * that no window reads.
 */
export function openingDocument(): Document {
  return {
    input: makeInput(OPENING_INPUT, { N: 1, C: 1 }),
    kernel: makeKernel(OPENING_KERNEL, { F: 1, depth: 1 }),
    bias: tensor([1]),
    settings: { ...DEFAULTS, stride: [2, 2], padding: 1 },
    upstream: OPENING_UPSTREAM,
    training: null,
  };
}

import type { Numbers } from "./case.ts";

/** One output of one case by one algorithm, held against what was recorded. */
export interface Comparison {
  readonly algorithm: string;
  readonly output: string;
  /** max |found − expected|. */
  readonly error: number;
  readonly tolerance: number;
  /** What is wrong, in words; null when the output is right. */
  readonly fault: string | null;
}

/** A tensor of the engine. */
export interface Found {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/**
 * Holds `found` against `expected`. A tolerance is absolute, and 0 asks for equality (−0 equals 0);
 * a NaN, another shape, a missing or an extra number is a fault whatever the tolerance.
 */
export function compare(
  algorithm: string,
  output: string,
  expected: Numbers,
  found: Found,
  tolerance: number,
): Comparison {
  const row = { algorithm, output, tolerance };
  const shapes = [expected.shape, found.shape].map((shape) => `[${shape.join(" ")}]`);
  if (shapes[0] !== shapes[1])
    return {
      ...row,
      error: Number.NaN,
      fault: `has the shape ${shapes[1]}, expected ${shapes[0]}`,
    };
  if (expected.data.length !== found.data.length)
    return {
      ...row,
      error: Number.NaN,
      fault: `holds ${found.data.length} numbers, expected ${expected.data.length}`,
    };
  let error = 0;
  let fault: string | null = null;
  for (const [i, want] of expected.data.entries()) {
    const have = found.data[i]!;
    const difference = have === want ? 0 : Math.abs(have - want);
    error = Math.max(error, difference); // NaN stays NaN
    if (fault === null && !(difference <= tolerance))
      fault = `number ${i} is ${have}, expected ${want} (tolerance ${tolerance})`;
  }
  return { ...row, error, fault };
}

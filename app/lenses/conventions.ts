import type { LensOption } from "./lens.ts";

/**
 * Ways to write the same numbers down, on which the field has not agreed. A lens whose picture depends on one lists it
 * among its options under the name it has here: one choice then holds for all lenses.
 */
export const CONVENTIONS = {
  /** How X lies in memory: which axis is the fastest. */
  data: { label: "X in memory", choices: { nchw: "NCHW", nhwc: "NHWC" } },
  /** Whether a window is a row of col, or a column. */
  col: { label: "Windows as", choices: { rows: "rows", columns: "columns" } },
} as const satisfies Record<string, LensOption>;

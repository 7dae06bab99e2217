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
  /** The order of the axes of W. */
  weights: { label: "W in memory", choices: { oihw: "OIHW", hwio: "HWIO" } },
  /** Whether the kernel is drawn as it is stored, or turned by 180°: correlation or convolution for the same numbers. */
  turn: { label: "Kernel", choices: { stored: "W", turned: "W turned" } },
  /** In whose words the padding is stated. */
  pads: { label: "Padding as in", choices: { pytorch: "torch", tensorflow: "TF" } },
} as const satisfies Record<string, LensOption>;

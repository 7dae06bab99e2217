import type { Numbers } from "../tensor.ts";
// What stands for a window of a plane, and where its δ goes. `cells` are flat indices of X in window order.

/** The cell of a window that holds its largest number: the first of equals, and a NaN before all. */
export function largest(x: Numbers, cells: readonly number[]): number {
  let best = cells[0]!;
  for (const cell of cells) if (x[cell]! > x[best]! || Number.isNaN(x[cell])) best = cell;
  return best;
}

export interface PoolRow {
  readonly label: string;
  readonly formula: string;
  /** The number that stands for a window. */
  readonly value: (x: Numbers, cells: readonly number[], divisor: number) => number;
  /** Adds what δ of that window gives back to each cell it read. */
  readonly giveBack: (
    dx: Numbers,
    x: Numbers,
    cells: readonly number[],
    divisor: number,
    d: number,
  ) => void;
}

export const POOLS = {
  max: {
    label: "max pooling",
    formula: "y = max of the window; its δ goes to the first cell that holds it",
    value: (x, cells) => x[largest(x, cells)]!,
    giveBack(dx, x, cells, _divisor, d) {
      const cell = largest(x, cells);
      dx[cell] = dx[cell]! + d;
    },
  },
  avg: {
    label: "average pooling",
    formula: "y = Σ of the window / its cells; each cell gets δ / cells",
    value(x, cells, divisor) {
      let sum = 0;
      for (const cell of cells) sum += x[cell]!;
      return sum / divisor;
    },
    giveBack(dx, _x, cells, divisor, d) {
      for (const cell of cells) dx[cell] = dx[cell]! + d / divisor;
    },
  },
} as const satisfies Record<string, PoolRow>;

export type PoolKind = keyof typeof POOLS;

import type { Geometry } from "#engine";
import type { Progress } from "../../draw/scene.ts";

/** Of cells that are written one after the other, row by row, so many are. */
export function inReadingOrder(rows: number, columns: number, at: number): Progress {
  return {
    at,
    between(a, b) {
      const first = Math.min(a, b);
      const last = Math.min(Math.max(a, b), rows * columns - 1);
      const [top, bottom] = [Math.floor(first / columns), Math.floor(last / columns) + 1];
      return bottom - top > 1
        ? { top, bottom, left: 0, right: columns }
        : { top, bottom, left: first % columns, right: (last % columns) + 1 };
    },
  };
}

/**
 * A plane of the padded input where windows add up: so many outputs of its sample are done, and one more may be half
 * done. Outputs go plane by plane.
 */
export function inStamps(g: Geometry, at: number): Progress {
  const { rows, columns } = g;
  const area = rows.out * columns.out;
  return {
    at,
    between(a, b) {
      const [first, last] = [Math.min(a, b), Math.max(a, b)];
      if (Math.floor(first / area) !== Math.floor(last / area))
        return { top: 0, bottom: rows.padded, left: 0, right: columns.padded };
      const cells = inReadingOrder(rows.out, columns.out, 0).between(first % area, last % area);
      return {
        top: cells.top * rows.stride,
        bottom: (cells.bottom - 1) * rows.stride + (rows.k - 1) * rows.dilation + 1,
        left: cells.left * columns.stride,
        right: (cells.right - 1) * columns.stride + (columns.k - 1) * columns.dilation + 1,
      };
    },
  };
}

/** The same of a plate whose cells stand so much further down and to the right. */
export function moved({ at, between }: Progress, down: number, across: number): Progress {
  return {
    at,
    between(a, b) {
      const { top, bottom, left, right } = between(a, b);
      return {
        top: top + down,
        bottom: bottom + down,
        left: left + across,
        right: right + across,
      };
    },
  };
}

import { type Geometry, geometryOf } from "../geometry.ts";
import type { Numbers } from "../tensor.ts";

/**
 * A layer that makes `height` rows of another's Y, for `examples` of its batch: the same sums in the same order, from
 * rows of X that are handed to it. It pads no rows; what the padding puts above and below is handed over like the rest.
 */
export function layerOfRows(g: Geometry, height: number, examples = g.spec.N): Geometry {
  const { rows, columns, spec } = g;
  const H = (height - 1) * rows.stride + rows.effective;
  const padding = [0, columns.after, 0, columns.before] as const;
  return geometryOf({ ...spec, N: examples, H, padding });
}

/** Rows that follow one another, at `at` of those that are handed over: `row` … of X, or zeros where it is −1. */
export interface Run {
  readonly at: number;
  readonly row: number;
  readonly count: number;
}

/** What the rows `from` … `from + height − 1` of Y read. */
export function rowsRead({ rows }: Geometry, from: number, height: number): Run[] {
  const first = from * rows.stride;
  const read = rows.source.subarray(first, first + (height - 1) * rows.stride + rows.effective);
  const runs: Run[] = [];
  for (let at = 0; at < read.length; ) {
    const row = read[at]!;
    let count = 1;
    while (at + count < read.length && read[at + count] === (row < 0 ? -1 : row + count)) count++;
    runs.push({ at, row, count });
    at += count;
  }
  return runs;
}

/** Copies these rows, `width` columns each, out of all planes of `height` rows into planes that hold nothing else. */
export function gather(
  from: Numbers,
  height: number,
  width: number,
  runs: readonly Run[],
  to: Numbers,
): void {
  const { at, count } = runs[runs.length - 1]!;
  const taken = at + count;
  const planes = to.length / (taken * width);
  for (let plane = 0; plane < planes; plane++)
    for (const { at, row, count } of runs) {
      const begin = (plane * taken + at) * width;
      const first = (plane * height + row) * width;
      if (row < 0) to.fill(0, begin, begin + count * width);
      else to.set(from.subarray(first, first + count * width), begin);
    }
}

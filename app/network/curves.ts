import { mean, range, ticks } from "d3-array";

export type Point = readonly [step: number, value: number];

/** More points than this cannot be told apart on a curve of its width. */
const MOST = 240;

/** The values of steps 1, 2, … as points; of a long run the means of stretches of equal length. */
export function pointsOf(values: readonly number[]): Point[] {
  const length = Math.ceil(values.length / MOST) || 1;
  return range(0, values.length, length).map((first) => {
    const stretch = values.slice(first, first + length);
    return [first + (stretch.length + 1) / 2, mean(stretch)!];
  });
}

/** Where a value stands between the ends of a line of `length`. */
export interface LinearScale {
  readonly place: (value: number) => number;
  readonly marks: readonly number[];
}

/** From `low` to `high`, with about `count` round numbers marked. */
export function scaleOf(low: number, high: number, length: number, count: number): LinearScale {
  const span = high - low || 1;
  return {
    place: (value) => ((value - low) / span) * length,
    marks: ticks(low, high, count),
  };
}

/** A line through points, as an SVG path. Not-a-number is left out: the line goes on behind it. */
export function pathOf(points: readonly Point[], x: LinearScale, y: LinearScale): string {
  const round = (v: number) => Math.round(v * 10) / 10;
  return points
    .filter(([, value]) => Number.isFinite(value))
    .map(([step, value], i) => `${i ? "L" : "M"}${round(x.place(step))},${round(y.place(value))}`)
    .join("");
}

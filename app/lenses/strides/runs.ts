import {
  type Geometry,
  offsetOf,
  placeOfPadded,
  type Tap,
  type ViewAxisName,
  viewAxes,
} from "#engine";
import type { Place } from "./place.ts";

/** Numbers that lie side by side. */
export interface Run {
  readonly from: number;
  readonly count: number;
}

/** Places in memory as runs of neighbours; a run ends with its line of `line` numbers. */
function runsIn(places: readonly number[], line = Number.POSITIVE_INFINITY): Run[] {
  const runs: { from: number; count: number }[] = [];
  for (const place of [...places].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && place === last.from + last.count && place % line !== 0) last.count++;
    else runs.push({ from: place, count: 1 });
  }
  return runs;
}

/** "3 runs of 3 numbers", "9 single numbers", "one run of 9 numbers". */
export function runsInWords(runs: readonly Run[]): string {
  const all = runs.reduce((sum, run) => sum + run.count, 0);
  const [{ count: each }] = runs as [Run];
  if (runs.length === 1) return all === 1 ? "one number" : `one run of ${all} numbers`;
  if (all === runs.length) return `${all} single numbers`;
  const same = runs.every((run) => run.count === each);
  return `${runs.length} runs of ${same ? `${each} numbers` : `${all} numbers in all`}`;
}

/** How many numbers a line of the picture has: one row of the padded input. */
export function lineLength(g: Geometry, { memory }: Pick<Place, "memory">): number {
  return g.columns.padded * (memory === "NHWC" ? g.spec.C : 1);
}

/** The runs of memory that taps read, line by line. */
export function runsOfTaps(g: Geometry, place: Place, taps: readonly Pick<Tap, "p">[]): Run[] {
  const places = taps.map(({ p }) => placeOfPadded(g, place.memory, p));
  return runsIn(places, lineLength(g, place));
}

/** One axis of the view as a jump along memory, seen from the first number of the window. */
export interface Jump {
  readonly axis: ViewAxisName;
  readonly stride: number;
  /** From where it jumps, counted from the first number of the window. */
  readonly hops: readonly number[];
}

/** What is shown of memory around a window, counted from its first number: the same for every window. */
export interface Stretch {
  readonly jumps: readonly Jump[];
  /** Everything that has to be seen: the numbers of the window, and where the jumps lead. */
  readonly shown: readonly Run[];
  /** The window itself, as many of its rows as are drawn. */
  readonly window: readonly Run[];
  readonly rows: number;
}

/** The window's kernel rows up to `most`, and the jumps from its first number along every axis longer than 1. */
export function stretchOf(g: Geometry, { memory }: Place, most: number): Stretch {
  const axes = new Map(viewAxes(g, memory).map((axis) => [axis.name, axis]));
  const stride = (name: ViewAxisName) => axes.get(name)!.stride;
  const kernelRows = Math.min(most, g.rows.k);
  const places: number[] = [];
  const channels = memory === "NHWC" ? g.depth : 1;
  for (let kh = 0; kh < kernelRows; kh++)
    for (let kw = 0; kw < g.columns.k; kw++)
      for (let c = 0; c < channels; c++)
        places.push(kh * stride("kh") + kw * stride("kw") + c * stride("c"));
  const lengths = {
    kw: g.columns.k,
    kh: kernelRows,
    c: g.depth,
    ow: g.columns.out,
    oh: g.rows.out,
  };
  const names = (["kw", "ow", "kh", "oh", "c"] as const).filter((name) => lengths[name] > 1);
  const jumps = names
    .map((axis) => ({
      axis,
      stride: stride(axis),
      hops: Array.from({ length: axis === "kh" ? kernelRows - 1 : 1 }, (_, t) => t * stride(axis)),
    }))
    .sort((a, b) => a.stride - b.stride);
  const targets = jumps.map((jump) => jump.stride);
  return {
    jumps,
    shown: runsIn([...new Set([...places, ...targets])]),
    window: runsIn(places),
    rows: kernelRows,
  };
}

/** Whether there is a window, or a channel, to jump to from this one. */
export function leadsSomewhere(g: Geometry, place: Place, axis: ViewAxisName): boolean {
  const { terms } = offsetOf(g, place.memory, place.y, place.local * g.rows.k * g.columns.k);
  if (axis === "c") return place.memory === "NHWC" || place.local < g.depth - 1;
  const term = terms.find(({ name }) => name === axis)!;
  return term.index + 1 < term.length;
}

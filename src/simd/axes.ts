import { type Axis, positionOf } from "../axis.ts";

/** A tap along one axis: which row (or column) of the window, and how far from the position a target starts at. */
export interface AxisTap {
  readonly slot: number;
  readonly at: number;
}

/** Target cells phase, phase + s, phase + 2s … of one axis, which are all made from the same taps. */
export interface AxisPhase {
  /** In the order in which they are added. */
  readonly taps: readonly AxisTap[];
  readonly length: number;
}

/**
 * One axis of a correlation as the kernels walk it: cell i of a phase reads position i · stride + tap.at. Positions are
 * not cells of a padded array: `table` says which source cell stands there.
 */
export interface WalkAxis {
  readonly source: number;
  readonly target: number;
  readonly stride: number;
  /** Position → source index, −1 for a zero. */
  readonly table: Int32Array;
  /** Where source cell 0 stands; negative where what stands before is cropped. */
  readonly first: number;
  /** Positions from the first tap to the last, both included. */
  readonly reach: number;
  readonly phases: readonly AxisPhase[];
}

/** Cells of the longest phase. */
export function longest({ phases }: WalkAxis): number {
  return Math.max(...phases.map(({ length }) => length));
}

/** Y from X: one phase, positions are those of the padded axis. */
export function forwardAxis(axis: Axis): WalkAxis {
  const taps = Array.from({ length: axis.k }, (_, t) => ({ slot: t, at: positionOf(axis, 0, t) }));
  return {
    source: axis.n,
    target: axis.out,
    stride: axis.stride,
    table: axis.source,
    first: axis.before,
    reach: axis.effective,
    phases: [{ taps, length: axis.out }],
  };
}

/**
 * dX from δ, without the zeros between: input cell p meets tap t where p − t·dilation is a multiple of the stride, so
 * that cells that stand alike between the strides (a phase) share their taps. Taps run from the last of the window to
 * the first, which is the order of the kernel turned by 180° (Dumoulin & Visin 2016, section 4).
 * `padded`: of every position of the padded axis, else of the input alone.
 */
export function gradientAxis(axis: Axis, padded: boolean): WalkAxis {
  const { stride, dilation } = axis;
  const [before, target] = padded ? [0, axis.padded] : [axis.before, axis.n];
  const lists = Array.from({ length: stride }, (_, r) =>
    Array.from({ length: axis.k }, (_, i) => axis.k - 1 - i)
      .filter((t) => (r + before - t * dilation) % stride === 0)
      .map((slot) => ({ slot, at: (r + before - slot * dilation) / stride })),
  );
  const steps = lists.flat().map(({ at }) => at);
  const least = Math.min(...steps);
  const reach = Math.max(...steps) - least + 1;
  const phases = lists.map((taps, r) => ({
    taps: taps.map(({ slot, at }) => ({ slot, at: at - least })),
    length: Math.max(0, Math.ceil((target - r) / stride)),
  }));
  const table = new Int32Array(phases[0]!.length + reach - 1);
  for (let p = 0; p < table.length; p++) {
    const o = p + least;
    table[p] = o >= 0 && o < axis.out ? o : -1;
  }
  return { source: axis.out, target, stride: 1, table, first: -least, reach, phases };
}

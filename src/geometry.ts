import { type Axis, axisOf, positionOf, positionsOf, visitReaders } from "./axis.ts";
import { axesOf, type ConvSpec } from "./spec.ts";
import { sizeOf } from "./tensor.ts";

/** All that follows from a spec. No one else divides by a stride. */
export interface Geometry {
  readonly spec: ConvSpec;
  readonly rows: Axis;
  readonly columns: Axis;
  /** C / groups: channels a filter reads. */
  readonly depth: number;
  /** F / groups: filters that share those channels. */
  readonly filtersPerGroup: number;
  /** Taps of one output: depth · kH · kW. */
  readonly window: number;
  /** Shapes of X, X padded, W, b, Y, and of the rows of im2col: (n, oh, ow) × (c, kh, kw). */
  readonly shapes: Readonly<Record<"X" | "P" | "W" | "b" | "Y" | "R", readonly number[]>>;
  /** Multiply-adds of the forward pass. */
  readonly multiplyAdds: number;
}

/** The geometry of a spec that `checkSpec` has passed. */
export function geometryOf(spec: ConvSpec): Geometry {
  const { N, C, H, W, F, kH, kW, groups, padMode } = spec;
  const sizes = axesOf(spec);
  const rows = axisOf(sizes.rows, padMode);
  const columns = axisOf(sizes.columns, padMode);
  const depth = C / groups;
  const window = depth * kH * kW;
  const Y = [N, F, rows.out, columns.out];
  return {
    spec,
    rows,
    columns,
    depth,
    filtersPerGroup: F / groups,
    window,
    shapes: {
      X: [N, C, H, W],
      P: [N, C, rows.padded, columns.padded],
      W: [F, depth, kH, kW],
      b: [F],
      Y,
      R: [N * rows.out * columns.out, C * kH * kW],
    },
    multiplyAdds: sizeOf(Y) * window,
  };
}

/**
 * One multiply-add, y += x · w, by flat indices.
 * `p` is the cell of the padded input that was read, `x` the input cell that stands there (−1: a padding zero).
 */
export interface Tap {
  readonly p: number;
  readonly x: number;
  readonly w: number;
  readonly y: number;
}

export type VisitTap = (p: number, x: number, w: number, y: number) => void;

/** The kernel row (or column) that window row `t` meets: the same, or counted from the far end when flipped. */
function kernelIndex(flip: boolean, axis: Axis, t: number): number {
  return flip ? axis.k - 1 - t : t;
}

/** Flat index of the input cell at a padded position, −1 for a padding zero. */
function inputAt(g: Geometry, plane: number, row: number, column: number): number {
  const i = g.rows.source[row]!;
  const j = g.columns.source[column]!;
  return i < 0 || j < 0 ? -1 : (plane * g.rows.n + i) * g.columns.n + j;
}

/** The cell of the im2col matrix (shape R) that holds what output `y` reads through slot `slot`. */
export function readOf(g: Geometry, y: number, slot: number): number {
  const { rows, columns, depth, filtersPerGroup, spec } = g;
  const area = rows.out * columns.out;
  const place = y % area;
  const nf = Math.floor(y / area);
  const group = Math.floor((nf % spec.F) / filtersPerGroup);
  const row = Math.floor(nf / spec.F) * area + place;
  return row * spec.C * rows.k * columns.k + group * depth * rows.k * columns.k + slot;
}

/** The taps through which cell `r` of the im2col matrix is used: one for every filter that reads its channel. */
export function visitRead(g: Geometry, r: number, visit: VisitTap): void {
  const { rows, columns, depth, filtersPerGroup, spec } = g;
  const kernel = rows.k * columns.k;
  const area = rows.out * columns.out;
  const row = Math.floor(r / (spec.C * kernel));
  const column = r % (spec.C * kernel);
  const c = Math.floor(column / kernel);
  const t = Math.floor(column / columns.k) % rows.k;
  const u = column % columns.k;
  const n = Math.floor(row / area);
  const plane = n * spec.C + c;
  const at = positionOf(rows, Math.floor(row / columns.out) % rows.out, t);
  const beside = positionOf(columns, row % columns.out, u);
  const p = (plane * rows.padded + at) * columns.padded + beside;
  const x = inputAt(g, plane, at, beside);
  const kh = kernelIndex(spec.flip, rows, t);
  const kw = kernelIndex(spec.flip, columns, u);
  const group = Math.floor(c / depth);
  for (let i = 0; i < filtersPerGroup; i++) {
    const f = group * filtersPerGroup + i;
    const w = ((f * depth + (c % depth)) * rows.k + kh) * columns.k + kw;
    visit(p, x, w, (n * spec.F + f) * area + (row % area));
  }
}

/** Flat index of the input cell that stands at padded cell `p`, −1 for a padding zero. */
export function inputOfPadded(g: Geometry, p: number): number {
  const row = Math.floor(p / g.columns.padded);
  return inputAt(g, Math.floor(row / g.rows.padded), row % g.rows.padded, p % g.columns.padded);
}

/** The taps of output `y` in window order (c, kh, kw): slot s of the window is the s-th visited. */
export function visitOutput(g: Geometry, y: number, visit: VisitTap): void {
  const { rows, columns, depth, filtersPerGroup, spec } = g;
  const ow = y % columns.out;
  const oh = Math.floor(y / columns.out) % rows.out;
  const nf = Math.floor(y / (columns.out * rows.out));
  const f = nf % spec.F;
  const n = Math.floor(nf / spec.F);
  const firstChannel = Math.floor(f / filtersPerGroup) * depth;
  for (let c = 0; c < depth; c++) {
    const plane = n * spec.C + firstChannel + c;
    for (let t = 0; t < rows.k; t++) {
      const row = positionOf(rows, oh, t);
      const kh = kernelIndex(spec.flip, rows, t);
      for (let u = 0; u < columns.k; u++) {
        const column = positionOf(columns, ow, u);
        const kw = kernelIndex(spec.flip, columns, u);
        visit(
          (plane * rows.padded + row) * columns.padded + column,
          inputAt(g, plane, row, column),
          ((f * depth + c) * rows.k + kh) * columns.k + kw,
          y,
        );
      }
    }
  }
}

/** The taps that read padded cell `p`, by filter, then output row, then output column. */
export function visitPadded(g: Geometry, p: number, visit: VisitTap): void {
  const { rows, columns, depth, filtersPerGroup, spec } = g;
  const column = p % columns.padded;
  const row = Math.floor(p / columns.padded) % rows.padded;
  const plane = Math.floor(p / (columns.padded * rows.padded));
  const x = inputAt(g, plane, row, column);
  const c = plane % spec.C;
  const n = Math.floor(plane / spec.C);
  const group = Math.floor(c / depth);
  for (let i = 0; i < filtersPerGroup; i++) {
    const f = group * filtersPerGroup + i;
    visitReaders(rows, row, (oh, t) => {
      const kh = kernelIndex(spec.flip, rows, t);
      visitReaders(columns, column, (ow, u) => {
        const kw = kernelIndex(spec.flip, columns, u);
        visit(
          p,
          x,
          ((f * depth + (c % depth)) * rows.k + kh) * columns.k + kw,
          ((n * spec.F + f) * rows.out + oh) * columns.out + ow,
        );
      });
    });
  }
}

/** The padded cells at which input `x` stands: one, or more where the ring copies the image. */
export function paddedOfInput(g: Geometry, x: number): number[] {
  const { rows, columns } = g;
  const plane = Math.floor(x / (rows.n * columns.n));
  const columnsOfX = positionsOf(columns, x % columns.n);
  return positionsOf(rows, Math.floor(x / columns.n) % rows.n).flatMap((row) =>
    columnsOfX.map((column) => (plane * rows.padded + row) * columns.padded + column),
  );
}

/** The taps that read input `x`, through the image itself and through every copy of it in the ring. */
export function visitInput(g: Geometry, x: number, visit: VisitTap): void {
  for (const p of paddedOfInput(g, x)) visitPadded(g, p, visit);
}

/** The taps of weight `w`: one an output of its filter, outputs ascending. */
export function visitWeight(g: Geometry, w: number, visit: VisitTap): void {
  const { rows, columns, depth, filtersPerGroup, spec } = g;
  const u = kernelIndex(spec.flip, columns, w % columns.k);
  const t = kernelIndex(spec.flip, rows, Math.floor(w / columns.k) % rows.k);
  const fc = Math.floor(w / (columns.k * rows.k));
  const f = Math.floor(fc / depth);
  const c = Math.floor(f / filtersPerGroup) * depth + (fc % depth);
  for (let n = 0; n < spec.N; n++) {
    const plane = n * spec.C + c;
    for (let oh = 0; oh < rows.out; oh++) {
      const row = positionOf(rows, oh, t);
      for (let ow = 0; ow < columns.out; ow++) {
        const column = positionOf(columns, ow, u);
        visit(
          (plane * rows.padded + row) * columns.padded + column,
          inputAt(g, plane, row, column),
          w,
          ((n * spec.F + f) * rows.out + oh) * columns.out + ow,
        );
      }
    }
  }
}

/** From which side the taps may be asked for. */
const VISITS = {
  X: visitInput,
  P: visitPadded,
  W: visitWeight,
  Y: visitOutput,
  R: visitRead,
} as const satisfies Record<string, (g: Geometry, index: number, visit: VisitTap) => void>;

/** The taps of one cell of X, X padded (P), W, Y or im2col (R), as a list; for whole tensors use the visits above. */
export function tapsOf(g: Geometry, side: keyof typeof VISITS, index: number): Tap[] {
  const taps: Tap[] = [];
  VISITS[side](g, index, (p, x, w, y) => taps.push({ p, x, w, y }));
  return taps;
}

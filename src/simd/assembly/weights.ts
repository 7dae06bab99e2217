import { fillBand } from "./band";
import { Job } from "./job";
import { across, firstLanes, zero } from "./madd";
import { product3x3, product4x1, product4x2 } from "./products";
import { product1x1, product1x9 } from "./products1";
import { stripSums } from "./stripSums";

// dW and db. The job is that of the forward pass; its target is δ.

/** What the gradient of the weights needs beside the forward job. `taps`: offsets in the band, in the order of W. */
@unmanaged
export class Sums {
  delta: usize;
  taps: usize;
  count: i32;
  /** Four lanes a pair of filter and tap. */
  sums: usize;
  dw: usize;
  db: usize;
  /** Rows of δ that are met with all taps of a plane before the next. */
  nearRows: i32;
  /** Where planes are small, with zeros around, and taps 3 × 3: from the sums of a tap to the next; else 0. */
  strips: i32;
}

/** dW: for every filter and tap the sum of δ · x over batch and positions, in one order for ever. */
export function weightGradient(job: Job, parts: Sums): void {
  const count = parts.count;
  const filters = job.groups * job.filters;
  memory.fill(parts.sums, 0, (filters * count) << 4);
  let source = job.source;
  let delta = parts.delta;
  for (let n = 0; n < job.batch; n++)
    for (let g = 0; g < job.groups; g++) {
      const sums = parts.sums + ((g * job.filters * count) << 4);
      if (parts.strips) {
        // Of a flipped kernel the first tap is the last of W.
        planePairs(job, delta, source, parts.strips > 0 ? sums : sums + 128, parts.strips);
        source += job.depth * job.sourcePlane;
        delta += job.filters * job.targetPlane;
        continue;
      }
      const fillings = (job.rows + job.bandRows - 1) / job.bandRows;
      const height = (job.rows + fillings - 1) / fillings;
      const columns = (job.columns - 1) * job.columnStride + job.columnReach;
      for (let y = 0; y < job.rows; y += height) {
        const end = min(y + height, job.rows);
        const reach = (end - y - 1) * job.rowStride + job.rowReach;
        fillBand(job, source, y * job.rowStride, reach, 0, columns);
        rectangle(job, parts, delta, sums, y, end);
      }
      source += job.depth * job.sourcePlane;
      delta += job.filters * job.targetPlane;
    }
  for (let i = 0; i < filters * count; i++)
    store<f32>(parts.dw + (i << 2), across(v128.load(parts.sums + (i << 4))));
}

/** Adds what small planes have to say, each with each. */
function planePairs(job: Job, delta: usize, source: usize, sums: usize, step: usize): void {
  for (let f = 0; f < job.filters; f++, delta += job.targetPlane)
    for (let c = 0; c < job.depth; c++, sums += 144)
      stripSums(job, delta, source + c * job.sourcePlane, sums, step);
}

/** Adds what the rows that stand in the band have to say. */
function rectangle(job: Job, parts: Sums, delta: usize, sums: usize, top: i32, bottom: i32): void {
  const step: usize = job.rowStride * job.bandRow;
  const apart: usize = parts.count << 4;
  for (let y = top; y < bottom; y += parts.nearRows) {
    const rows = min(y + parts.nearRows, bottom) - y;
    const source = job.band + (y - top) * step;
    let from = delta + y * job.targetRow;
    let f = 0;
    let to = sums;
    for (; f + 4 <= job.filters; f += 4, from += 4 * job.targetPlane, to += 4 * apart)
      fourPlanes(job, parts, from, source, step, rows, to, apart);
    for (; f + 3 <= job.filters; f += 3, from += 3 * job.targetPlane, to += 3 * apart)
      threePlanes(job, parts, from, source, step, rows, to, apart);
    for (; f < job.filters; f++, from += job.targetPlane, to += apart)
      onePlane(job, parts, from, 0, source, step, rows, to);
  }
}

function fourPlanes(
  job: Job,
  parts: Sums,
  delta: usize,
  source: usize,
  step: usize,
  rows: i32,
  sums: usize,
  apart: usize,
): void {
  const plane: usize = job.targetPlane;
  const row: usize = job.targetRow;
  let taps = parts.taps;
  const end = taps + (parts.count << 2);
  for (; taps + 8 <= end; taps += 8, sums += 32)
    product4x2(delta, plane, row, source, step, taps, rows, job.columns, sums, apart);
  if (taps < end) product4x1(delta, plane, row, source, step, taps, rows, job.columns, sums, apart);
}

function threePlanes(
  job: Job,
  parts: Sums,
  delta: usize,
  source: usize,
  step: usize,
  rows: i32,
  sums: usize,
  apart: usize,
): void {
  const plane: usize = job.targetPlane;
  const row: usize = job.targetRow;
  let t = 0;
  for (; t + 3 <= parts.count; t += 3) {
    const taps = parts.taps + (t << 2);
    const to = sums + (t << 4);
    product3x3(delta, plane, row, source, step, taps, rows, job.columns, to, apart);
  }
  for (let k = 0; k < 3; k++)
    onePlane(job, parts, delta + k * plane, t, source, step, rows, sums + k * apart);
}

/** One plane of δ with the taps from the `first` on. */
function onePlane(
  job: Job,
  parts: Sums,
  delta: usize,
  first: i32,
  source: usize,
  step: usize,
  rows: i32,
  sums: usize,
): void {
  const row: usize = job.targetRow;
  let t = first;
  for (; t + 9 <= parts.count; t += 9) {
    const taps = parts.taps + (t << 2);
    product1x9(delta, row, source, step, taps, rows, job.columns, sums + (t << 4));
  }
  for (; t < parts.count; t++) {
    const taps = parts.taps + (t << 2);
    product1x1(delta, row, source, step, taps, rows, job.columns, sums + (t << 4));
  }
}

/** Cells that are added before their sum is added to the others: short sums lose less. */
const RUN: i32 = 4096;

/** db: for every filter the sum of its planes of δ. */
export function biasGradient(job: Job, parts: Sums): void {
  const filters = job.groups * job.filters;
  const cells = job.targetPlane >> 2;
  for (let f = 0; f < filters; f++) {
    let sum = zero();
    let delta = parts.delta + f * job.targetPlane;
    for (let n = 0; n < job.batch; n++, delta += filters * job.targetPlane)
      for (let i = 0; i < cells; i += RUN)
        sum = f32x4.add(sum, run(delta + (i << 2), min(RUN, cells - i)));
    store<f32>(parts.db + (f << 2), across(sum));
  }
}

function run(at: usize, cells: i32): v128 {
  let a = zero();
  let b = zero();
  const end = at + ((cells & ~7) << 2);
  for (; at < end; at += 32) {
    a = f32x4.add(a, v128.load(at));
    b = f32x4.add(b, v128.load(at, 16));
  }
  const left = cells & 7;
  a = f32x4.add(a, v128.and(v128.load(at), firstLanes(left)));
  b = f32x4.add(b, v128.and(v128.load(at, 16), firstLanes(left - 4)));
  return f32x4.add(a, b);
}

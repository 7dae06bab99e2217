import { Job } from "./job";
import { lastLanes, madd, zero } from "./madd";
import { gather } from "./products1";
import {
  column0,
  column2,
  Inner,
  isPaddedBehind,
  PaddedBefore,
  PaddedBehind,
  ZEROS,
} from "./strips";

// The gradient of 3 × 3 weights over small planes: strips as in the forward pass, nine sums in registers. A vector of the
// source meets the three rows of δ that are at hand; a row of δ that is not there is zeros.

/** One plane of δ by one source plane; adds to nine times four lanes, which stand `step` apart. */
export function stripSums(job: Job, delta: usize, source: usize, sums: usize, step: usize): void {
  const begin = job.columnFirst;
  const last = job.columns - 4;
  for (let x = 0; ; x = min(x + 4, last)) {
    const from = source + ((x - begin) << 2);
    const to = delta + (x << 2);
    // What the last strip, moved left until it fits, has in common with the one before it, is not added again.
    const mask = lastLanes(x === last ? ((job.columns - 1) & 3) + 1 : 4);
    if (x < begin) strip<PaddedBefore>(job, to, from, sums, step, mask);
    else if (x === last && isPaddedBehind(job))
      strip<PaddedBehind>(job, to, from, sums, step, mask);
    else strip<Inner>(job, to, from, sums, step, mask);
    if (x === last) break;
  }
}

function strip<Edge>(
  job: Job,
  delta: usize,
  source: usize,
  sums: usize,
  apart: usize,
  mask: v128,
): void {
  let a0 = zero();
  let a1 = zero();
  let a2 = zero();
  let a3 = zero();
  let a4 = zero();
  let a5 = zero();
  let a6 = zero();
  let a7 = zero();
  let a8 = zero();
  const step: usize = job.sourceRow;
  const row: usize = job.targetRow;
  const behind = delta + job.rows * row;
  const top = job.rowFirst;
  let d1 = zero();
  let d2 = zero();
  if (top > 1) {
    d2 = v128.and(v128.load(delta), mask);
    delta += row;
  }
  if (top > 0) {
    d1 = v128.and(v128.load(delta), mask);
    delta += row;
  }
  for (const end = source + job.rowCount * step; source < end; source += step, delta += row) {
    const d0 = v128.and(v128.load(delta < behind ? delta : ZEROS), mask);
    let v = column0<Edge>(source);
    a0 = madd(d0, v, a0);
    a3 = madd(d1, v, a3);
    a6 = madd(d2, v, a6);
    v = v128.load(source, 4);
    a1 = madd(d0, v, a1);
    a4 = madd(d1, v, a4);
    a7 = madd(d2, v, a7);
    v = column2<Edge>(source);
    a2 = madd(d0, v, a2);
    a5 = madd(d1, v, a5);
    a8 = madd(d2, v, a8);
    d2 = d1;
    d1 = d0;
  }
  gather(sums, a0);
  gather(sums + apart, a1);
  gather(sums + 2 * apart, a2);
  gather(sums + 3 * apart, a3);
  gather(sums + 4 * apart, a4);
  gather(sums + 5 * apart, a5);
  gather(sums + 6 * apart, a6);
  gather(sums + 7 * apart, a7);
  gather(sums + 8 * apart, a8);
}

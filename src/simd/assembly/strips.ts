import { Block, Job } from "./job";
import { finish, firstLanes, lastLanes, madd } from "./madd";

// Small planes and 3 × 3 weights, read where they stand. A plane is gone through from top to bottom in strips of four
// columns, so that the nine weights stay in registers; rows of padding are skipped, and of the columns of padding, which
// are one at most, the one lane is masked. A target plane of several source planes is made by adding one after the other
// to what stands there.

/** Four bytes times four in the first line of the memory, which nobody writes. */
export const ZEROS: usize = 0;

/** What of a strip is padding: three types that the compiler tells apart by their size, and so three times its code. */
export type Inner = u8;
/** The first column that is read. */
export type PaddedBefore = u16;
/** The last. */
export type PaddedBehind = u32;

/** The one target plane of a group from all its source planes. */
export function stripPlanes(
  job: Job,
  block: Block,
  source: usize,
  target: usize,
  bias: usize,
): void {
  const begin = job.columnFirst;
  const last = job.columns - 4;
  // A strip at the edge without padding is one like those between. The last is moved left until it fits.
  for (let x = 0; ; x = min(x + 4, last)) {
    const from = source + ((x - begin) << 2);
    const to = target + (x << 2);
    if (x < begin) planes<PaddedBefore>(job, block, from, to, bias);
    else if (x === last && isPaddedBehind(job)) planes<PaddedBehind>(job, block, from, to, bias);
    else planes<Inner>(job, block, from, to, bias);
    if (x === last) break;
  }
}

/** A strip of all source planes. */
function planes<Edge>(job: Job, block: Block, source: usize, target: usize, bias: usize): void {
  let taps = block.records;
  strip<Edge>(job, taps, source, target, true, job.depth === 1 ? bias : ZEROS);
  for (let c = 1; c < job.depth; c++) {
    taps += 72;
    source += job.sourcePlane;
    strip<Edge>(job, taps, source, target, false, c === job.depth - 1 ? bias : ZEROS);
  }
}

/** Four columns of one source plane, and `bias`; `first`: written, else added. */
function strip<Edge>(
  job: Job,
  taps: usize,
  source: usize,
  target: usize,
  first: bool,
  bias: usize,
): void {
  const w0 = v128.load32_splat(taps, 4);
  const w1 = v128.load32_splat(taps, 12);
  const w2 = v128.load32_splat(taps, 20);
  const w3 = v128.load32_splat(taps, 28);
  const w4 = v128.load32_splat(taps, 36);
  const w5 = v128.load32_splat(taps, 44);
  const w6 = v128.load32_splat(taps, 52);
  const w7 = v128.load32_splat(taps, 60);
  const w8 = v128.load32_splat(taps, 68);
  const step: usize = job.sourceRow;
  const row: usize = job.targetRow;
  const end = source + job.rowCount * step;
  const rows = job.rows;
  const top = job.rowFirst;
  // What stands in the target already, or zeros again and again.
  let from = first ? ZEROS : target;
  const again: usize = first ? 0 : row;
  let y = top - 2;
  let a = v128.load(from);
  let b = a;
  if (top === 1) from += again;
  if (top === 2) {
    b = v128.load(from + again);
    from += 2 * again;
  }
  let c = a;
  let v = a;
  // Rows above the first that is finished: their lowest taps are padding.
  for (; y < 0; y++, source += step, from += again) {
    c = v128.load(from);
    v = column0<Edge>(source);
    b = madd(v, w3, b);
    c = madd(v, w0, c);
    v = v128.load(source, 4);
    b = madd(v, w4, b);
    c = madd(v, w1, c);
    v = column2<Edge>(source);
    b = madd(v, w5, b);
    c = madd(v, w2, c);
    a = b;
    b = c;
  }
  for (; y < rows - 2; y++, source += step, from += again, target += row) {
    c = v128.load(from);
    v = column0<Edge>(source);
    a = madd(v, w6, a);
    b = madd(v, w3, b);
    c = madd(v, w0, c);
    v = v128.load(source, 4);
    a = madd(v, w7, a);
    b = madd(v, w4, b);
    c = madd(v, w1, c);
    v = column2<Edge>(source);
    a = madd(v, w8, a);
    b = madd(v, w5, b);
    c = madd(v, w2, c);
    finish(target, a, v128.load32_splat(bias));
    a = b;
    b = c;
  }
  // Rows whose taps at the top belong to none that is made.
  for (; source < end; y++, source += step, target += row) {
    v = column0<Edge>(source);
    a = madd(v, w6, a);
    b = madd(v, w3, b);
    v = v128.load(source, 4);
    a = madd(v, w7, a);
    b = madd(v, w4, b);
    v = column2<Edge>(source);
    a = madd(v, w8, a);
    b = madd(v, w5, b);
    finish(target, a, v128.load32_splat(bias));
    a = b;
  }
  // And what reads padding alone from there on.
  for (; y < rows; y++, target += row, a = b) finish(target, a, v128.load32_splat(bias));
}

export function isPaddedBehind(job: Job): bool {
  return job.columnFirst + job.columnCount < job.columns + 2;
}

export function column0<Edge>(at: usize): v128 {
  return sizeof<Edge>() === sizeof<PaddedBefore>()
    ? v128.and(v128.load(at), lastLanes(3))
    : v128.load(at);
}

export function column2<Edge>(at: usize): v128 {
  return sizeof<Edge>() === sizeof<PaddedBehind>()
    ? v128.and(v128.load(at, 8), firstLanes(3))
    : v128.load(at, 8);
}

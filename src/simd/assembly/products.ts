import { firstLanes, madd, zero } from "./madd";
import { gather } from "./products1";

// Sums of δ · x over a rectangle, for a few target planes by a few taps at once. Lanes run along the row; what a row has
// beyond its last whole vector is masked on both sides, so that nothing from behind it comes in. The sums are added to
// those of the rectangles before, four lanes a pair of plane and tap, at `sums`.

/**
 * Four planes by two taps: eight sums, two vectors of the source and four of δ fill the registers there are; with nine
 * sums the compiler keeps one in memory, and every step waits for it. `plane`: from one plane of δ to the next; `apart`:
 * from the sums of one plane to the next.
 */
export function product4x2(
  delta: usize,
  plane: usize,
  deltaRow: usize,
  source: usize,
  step: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  sums: usize,
  apart: usize,
): void {
  let a0 = zero();
  let a1 = zero();
  let b0 = zero();
  let b1 = zero();
  let c0 = zero();
  let c1 = zero();
  let d0 = zero();
  let d1 = zero();
  const whole = (columns & ~3) << 2;
  const mask = firstLanes(columns & 3);
  const tap0 = load<u32>(taps);
  const tap1 = load<u32>(taps, 4);
  for (let y = 0; y < rows; y++, delta += deltaRow, source += step) {
    let d = delta;
    let s0 = source + tap0;
    let s1 = source + tap1;
    for (const end = delta + whole; d < end; d += 16, s0 += 16, s1 += 16) {
      const x0 = v128.load(s0);
      const x1 = v128.load(s1);
      let v = v128.load(d);
      a0 = madd(v, x0, a0);
      a1 = madd(v, x1, a1);
      v = v128.load(d + plane);
      b0 = madd(v, x0, b0);
      b1 = madd(v, x1, b1);
      v = v128.load(d + 2 * plane);
      c0 = madd(v, x0, c0);
      c1 = madd(v, x1, c1);
      v = v128.load(d + 3 * plane);
      d0 = madd(v, x0, d0);
      d1 = madd(v, x1, d1);
    }
    if (columns & 3) {
      const x0 = v128.and(v128.load(s0), mask);
      const x1 = v128.and(v128.load(s1), mask);
      let v = v128.and(v128.load(d), mask);
      a0 = madd(v, x0, a0);
      a1 = madd(v, x1, a1);
      v = v128.and(v128.load(d + plane), mask);
      b0 = madd(v, x0, b0);
      b1 = madd(v, x1, b1);
      v = v128.and(v128.load(d + 2 * plane), mask);
      c0 = madd(v, x0, c0);
      c1 = madd(v, x1, c1);
      v = v128.and(v128.load(d + 3 * plane), mask);
      d0 = madd(v, x0, d0);
      d1 = madd(v, x1, d1);
    }
  }
  gather(sums, a0);
  gather(sums + 16, a1);
  gather(sums + apart, b0);
  gather(sums + apart + 16, b1);
  gather(sums + 2 * apart, c0);
  gather(sums + 2 * apart + 16, c1);
  gather(sums + 3 * apart, d0);
  gather(sums + 3 * apart + 16, d1);
}

/** Four planes by one tap: what is left. */
export function product4x1(
  delta: usize,
  plane: usize,
  deltaRow: usize,
  source: usize,
  step: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  sums: usize,
  apart: usize,
): void {
  let a0 = zero();
  let b0 = zero();
  let c0 = zero();
  let d0 = zero();
  const whole = (columns & ~3) << 2;
  const mask = firstLanes(columns & 3);
  const tap0 = load<u32>(taps);
  for (let y = 0; y < rows; y++, delta += deltaRow, source += step) {
    let d = delta;
    let s0 = source + tap0;
    for (const end = delta + whole; d < end; d += 16, s0 += 16) {
      const x0 = v128.load(s0);
      let v = v128.load(d);
      a0 = madd(v, x0, a0);
      v = v128.load(d + plane);
      b0 = madd(v, x0, b0);
      v = v128.load(d + 2 * plane);
      c0 = madd(v, x0, c0);
      v = v128.load(d + 3 * plane);
      d0 = madd(v, x0, d0);
    }
    if (columns & 3) {
      const x0 = v128.and(v128.load(s0), mask);
      let v = v128.and(v128.load(d), mask);
      a0 = madd(v, x0, a0);
      v = v128.and(v128.load(d + plane), mask);
      b0 = madd(v, x0, b0);
      v = v128.and(v128.load(d + 2 * plane), mask);
      c0 = madd(v, x0, c0);
      v = v128.and(v128.load(d + 3 * plane), mask);
      d0 = madd(v, x0, d0);
    }
  }
  gather(sums, a0);
  gather(sums + apart, b0);
  gather(sums + 2 * apart, c0);
  gather(sums + 3 * apart, d0);
}

/** Three planes by three taps. */
export function product3x3(
  delta: usize,
  plane: usize,
  deltaRow: usize,
  source: usize,
  step: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  sums: usize,
  apart: usize,
): void {
  let a0 = zero();
  let a1 = zero();
  let a2 = zero();
  let b0 = zero();
  let b1 = zero();
  let b2 = zero();
  let c0 = zero();
  let c1 = zero();
  let c2 = zero();
  const whole = (columns & ~3) << 2;
  const mask = firstLanes(columns & 3);
  const tap0 = load<u32>(taps);
  const tap1 = load<u32>(taps, 4);
  const tap2 = load<u32>(taps, 8);
  for (let y = 0; y < rows; y++, delta += deltaRow, source += step) {
    let d = delta;
    let s0 = source + tap0;
    let s1 = source + tap1;
    let s2 = source + tap2;
    for (const end = delta + whole; d < end; d += 16, s0 += 16, s1 += 16, s2 += 16) {
      const x0 = v128.load(s0);
      const x1 = v128.load(s1);
      const x2 = v128.load(s2);
      let v = v128.load(d);
      a0 = madd(v, x0, a0);
      a1 = madd(v, x1, a1);
      a2 = madd(v, x2, a2);
      v = v128.load(d + plane);
      b0 = madd(v, x0, b0);
      b1 = madd(v, x1, b1);
      b2 = madd(v, x2, b2);
      v = v128.load(d + 2 * plane);
      c0 = madd(v, x0, c0);
      c1 = madd(v, x1, c1);
      c2 = madd(v, x2, c2);
    }
    if (columns & 3) {
      const x0 = v128.and(v128.load(s0), mask);
      const x1 = v128.and(v128.load(s1), mask);
      const x2 = v128.and(v128.load(s2), mask);
      let v = v128.and(v128.load(d), mask);
      a0 = madd(v, x0, a0);
      a1 = madd(v, x1, a1);
      a2 = madd(v, x2, a2);
      v = v128.and(v128.load(d + plane), mask);
      b0 = madd(v, x0, b0);
      b1 = madd(v, x1, b1);
      b2 = madd(v, x2, b2);
      v = v128.and(v128.load(d + 2 * plane), mask);
      c0 = madd(v, x0, c0);
      c1 = madd(v, x1, c1);
      c2 = madd(v, x2, c2);
    }
  }
  gather(sums, a0);
  gather(sums + 16, a1);
  gather(sums + 32, a2);
  gather(sums + apart, b0);
  gather(sums + apart + 16, b1);
  gather(sums + apart + 32, b2);
  gather(sums + 2 * apart, c0);
  gather(sums + 2 * apart + 16, c1);
  gather(sums + 2 * apart + 32, c2);
}

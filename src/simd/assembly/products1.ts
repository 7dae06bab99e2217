import { firstLanes, madd, zero } from "./madd";

// Sums of δ · x for one plane of δ: see products.ts.

/** One plane by nine taps. */
export function product1x9(
  delta: usize,
  deltaRow: usize,
  source: usize,
  step: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  sums: usize,
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
  const mask = firstLanes(columns & 3);
  const whole = columns & ~3;
  for (let y = 0; y < rows; y++, delta += deltaRow, source += step)
    for (let x = 0; x < columns; x += 4) {
      let v = v128.load(delta + (x << 2));
      const at = source + (x << 2);
      let s0 = v128.load(at + load<u32>(taps));
      let s1 = v128.load(at + load<u32>(taps, 4));
      let s2 = v128.load(at + load<u32>(taps, 8));
      let s3 = v128.load(at + load<u32>(taps, 12));
      let s4 = v128.load(at + load<u32>(taps, 16));
      if (x === whole) {
        v = v128.and(v, mask);
        s0 = v128.and(s0, mask);
        s1 = v128.and(s1, mask);
        s2 = v128.and(s2, mask);
        s3 = v128.and(s3, mask);
        s4 = v128.and(s4, mask);
      }
      a0 = madd(v, s0, a0);
      a1 = madd(v, s1, a1);
      a2 = madd(v, s2, a2);
      a3 = madd(v, s3, a3);
      a4 = madd(v, s4, a4);
      s0 = v128.load(at + load<u32>(taps, 20));
      s1 = v128.load(at + load<u32>(taps, 24));
      s2 = v128.load(at + load<u32>(taps, 28));
      s3 = v128.load(at + load<u32>(taps, 32));
      if (x === whole) {
        s0 = v128.and(s0, mask);
        s1 = v128.and(s1, mask);
        s2 = v128.and(s2, mask);
        s3 = v128.and(s3, mask);
      }
      a5 = madd(v, s0, a5);
      a6 = madd(v, s1, a6);
      a7 = madd(v, s2, a7);
      a8 = madd(v, s3, a8);
    }
  gather(sums, a0);
  gather(sums + 16, a1);
  gather(sums + 32, a2);
  gather(sums + 48, a3);
  gather(sums + 64, a4);
  gather(sums + 80, a5);
  gather(sums + 96, a6);
  gather(sums + 112, a7);
  gather(sums + 128, a8);
}

/** One plane by one tap: what is left. */
export function product1x1(
  delta: usize,
  deltaRow: usize,
  source: usize,
  step: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  sums: usize,
): void {
  let a = zero();
  const mask = firstLanes(columns & 3);
  const whole = columns & ~3;
  source += load<u32>(taps);
  for (let y = 0; y < rows; y++, delta += deltaRow, source += step) {
    for (let x = 0; x < whole; x += 4)
      a = madd(v128.load(delta + (x << 2)), v128.load(source + (x << 2)), a);
    if (whole < columns)
      a = madd(
        v128.and(v128.load(delta + (whole << 2)), mask),
        v128.and(v128.load(source + (whole << 2)), mask),
        a,
      );
  }
  gather(sums, a);
}

/** Adds four lanes to those that stand there. */
export function gather(at: usize, sums: v128): void {
  v128.store(at, f32x4.add(v128.load(at), sums));
}

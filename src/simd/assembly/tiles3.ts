import { finish, madd, zero } from "./madd";

// Three target planes: 3 × 12 columns are nine sums, which with three loads and one weight fill the sixteen vector
// registers of x86-64. One tap a step: unrolled by hand the compiler issues the loads first and spills.

const RECORD: usize = 16;

/** `count` tiles side by side: one call a row, since a call costs as much as a tap. */
export function tile3x12(
  taps: usize,
  end: usize,
  source: usize,
  target: usize,
  plane: usize,
  bias: usize,
  count: i32,
): void {
  for (; count > 0; count--, source += 48, target += 48) {
    let a0 = zero();
    let a1 = zero();
    let a2 = zero();
    let b0 = zero();
    let b1 = zero();
    let b2 = zero();
    let c0 = zero();
    let c1 = zero();
    let c2 = zero();
    for (let tap = taps; tap < end; tap += RECORD) {
      const at = source + load<u32>(tap);
      const x0 = v128.load(at);
      const x1 = v128.load(at, 16);
      const x2 = v128.load(at, 32);
      const weights = v128.load(tap);
      const u = v128.shuffle<f32>(weights, weights, 1, 1, 1, 1);
      a0 = madd(x0, u, a0);
      a1 = madd(x1, u, a1);
      a2 = madd(x2, u, a2);
      const v = v128.shuffle<f32>(weights, weights, 2, 2, 2, 2);
      b0 = madd(x0, v, b0);
      b1 = madd(x1, v, b1);
      b2 = madd(x2, v, b2);
      const w = v128.shuffle<f32>(weights, weights, 3, 3, 3, 3);
      c0 = madd(x0, w, c0);
      c1 = madd(x1, w, c1);
      c2 = madd(x2, w, c2);
    }
    let to = target;
    let b = v128.load32_splat(bias);
    finish(to, a0, b);
    finish(to + 16, a1, b);
    finish(to + 32, a2, b);
    to += plane;
    b = v128.load32_splat(bias, 4);
    finish(to, b0, b);
    finish(to + 16, b1, b);
    finish(to + 32, b2, b);
    to += plane;
    b = v128.load32_splat(bias, 8);
    finish(to, c0, b);
    finish(to + 16, c1, b);
    finish(to + 32, c2, b);
  }
}

export function tile3x8(
  taps: usize,
  end: usize,
  source: usize,
  target: usize,
  plane: usize,
  bias: usize,
): void {
  let a0 = zero();
  let a1 = zero();
  let b0 = zero();
  let b1 = zero();
  let c0 = zero();
  let c1 = zero();
  for (; taps < end; taps += RECORD) {
    const at = source + load<u32>(taps);
    const x0 = v128.load(at);
    const x1 = v128.load(at, 16);
    const u = v128.load32_splat(taps, 4);
    a0 = madd(x0, u, a0);
    a1 = madd(x1, u, a1);
    const v = v128.load32_splat(taps, 8);
    b0 = madd(x0, v, b0);
    b1 = madd(x1, v, b1);
    const w = v128.load32_splat(taps, 12);
    c0 = madd(x0, w, c0);
    c1 = madd(x1, w, c1);
  }
  let b = v128.load32_splat(bias);
  finish(target, a0, b);
  finish(target + 16, a1, b);
  target += plane;
  b = v128.load32_splat(bias, 4);
  finish(target, b0, b);
  finish(target + 16, b1, b);
  target += plane;
  b = v128.load32_splat(bias, 8);
  finish(target, c0, b);
  finish(target + 16, c1, b);
}

export function tile3x4(
  taps: usize,
  end: usize,
  source: usize,
  target: usize,
  plane: usize,
  bias: usize,
): void {
  let a = zero();
  let b = zero();
  let c = zero();
  for (; taps < end; taps += RECORD) {
    const x = v128.load(source + load<u32>(taps));
    a = madd(x, v128.load32_splat(taps, 4), a);
    b = madd(x, v128.load32_splat(taps, 8), b);
    c = madd(x, v128.load32_splat(taps, 12), c);
  }
  finish(target, a, v128.load32_splat(bias));
  target += plane;
  finish(target, b, v128.load32_splat(bias, 4));
  target += plane;
  finish(target, c, v128.load32_splat(bias, 8));
}

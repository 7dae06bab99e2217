import { finish, madd, zero } from "./madd";

// Two target planes.

const RECORD: usize = 12;

export function tile2x16(
  taps: usize,
  end: usize,
  source: usize,
  target: usize,
  plane: usize,
  bias: usize,
  count: i32,
): void {
  for (; count > 0; count--, source += 64, target += 64) {
    let a0 = zero();
    let a1 = zero();
    let a2 = zero();
    let a3 = zero();
    let b0 = zero();
    let b1 = zero();
    let b2 = zero();
    let b3 = zero();
    for (let tap = taps; tap < end; tap += RECORD) {
      const at = source + load<u32>(tap);
      const u = v128.load32_splat(tap, 4);
      const v = v128.load32_splat(tap, 8);
      let x = v128.load(at);
      a0 = madd(x, u, a0);
      b0 = madd(x, v, b0);
      x = v128.load(at, 16);
      a1 = madd(x, u, a1);
      b1 = madd(x, v, b1);
      x = v128.load(at, 32);
      a2 = madd(x, u, a2);
      b2 = madd(x, v, b2);
      x = v128.load(at, 48);
      a3 = madd(x, u, a3);
      b3 = madd(x, v, b3);
    }
    let to = target;
    let b = v128.load32_splat(bias);
    finish(to, a0, b);
    finish(to + 16, a1, b);
    finish(to + 32, a2, b);
    finish(to + 48, a3, b);
    to += plane;
    b = v128.load32_splat(bias, 4);
    finish(to, b0, b);
    finish(to + 16, b1, b);
    finish(to + 32, b2, b);
    finish(to + 48, b3, b);
  }
}

export function tile2x8(
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
  for (; taps < end; taps += RECORD) {
    const at = source + load<u32>(taps);
    const u = v128.load32_splat(taps, 4);
    const v = v128.load32_splat(taps, 8);
    let x = v128.load(at);
    a0 = madd(x, u, a0);
    b0 = madd(x, v, b0);
    x = v128.load(at, 16);
    a1 = madd(x, u, a1);
    b1 = madd(x, v, b1);
  }
  let b = v128.load32_splat(bias);
  finish(target, a0, b);
  finish(target + 16, a1, b);
  target += plane;
  b = v128.load32_splat(bias, 4);
  finish(target, b0, b);
  finish(target + 16, b1, b);
}

export function tile2x4(
  taps: usize,
  end: usize,
  source: usize,
  target: usize,
  plane: usize,
  bias: usize,
): void {
  let a = zero();
  let b = zero();
  for (; taps < end; taps += RECORD) {
    const x = v128.load(source + load<u32>(taps));
    a = madd(x, v128.load32_splat(taps, 4), a);
    b = madd(x, v128.load32_splat(taps, 8), b);
  }
  finish(target, a, v128.load32_splat(bias));
  finish(target + plane, b, v128.load32_splat(bias, 4));
}

import { finish, madd, zero } from "./madd";

// Four target planes: what is left where the planes are no multiple of three.

const RECORD: usize = 20;

export function tile4x8(
  taps: usize,
  end: usize,
  source: usize,
  target: usize,
  plane: usize,
  bias: usize,
  count: i32,
): void {
  for (; count > 0; count--, source += 32, target += 32) {
    let a0 = zero();
    let a1 = zero();
    let b0 = zero();
    let b1 = zero();
    let c0 = zero();
    let c1 = zero();
    let d0 = zero();
    let d1 = zero();
    for (let tap = taps; tap < end; tap += RECORD) {
      const at = source + load<u32>(tap);
      const x0 = v128.load(at);
      const x1 = v128.load(at, 16);
      const weights = v128.load(tap, 4);
      const u = v128.shuffle<f32>(weights, weights, 0, 0, 0, 0);
      a0 = madd(x0, u, a0);
      a1 = madd(x1, u, a1);
      const v = v128.shuffle<f32>(weights, weights, 1, 1, 1, 1);
      b0 = madd(x0, v, b0);
      b1 = madd(x1, v, b1);
      const w = v128.shuffle<f32>(weights, weights, 2, 2, 2, 2);
      c0 = madd(x0, w, c0);
      c1 = madd(x1, w, c1);
      const z = v128.shuffle<f32>(weights, weights, 3, 3, 3, 3);
      d0 = madd(x0, z, d0);
      d1 = madd(x1, z, d1);
    }
    let to = target;
    let b = v128.load32_splat(bias);
    finish(to, a0, b);
    finish(to + 16, a1, b);
    to += plane;
    b = v128.load32_splat(bias, 4);
    finish(to, b0, b);
    finish(to + 16, b1, b);
    to += plane;
    b = v128.load32_splat(bias, 8);
    finish(to, c0, b);
    finish(to + 16, c1, b);
    to += plane;
    b = v128.load32_splat(bias, 12);
    finish(to, d0, b);
    finish(to + 16, d1, b);
  }
}

export function tile4x4(
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
  let d = zero();
  for (; taps < end; taps += RECORD) {
    const x = v128.load(source + load<u32>(taps));
    a = madd(x, v128.load32_splat(taps, 4), a);
    b = madd(x, v128.load32_splat(taps, 8), b);
    c = madd(x, v128.load32_splat(taps, 12), c);
    d = madd(x, v128.load32_splat(taps, 16), d);
  }
  finish(target, a, v128.load32_splat(bias));
  target += plane;
  finish(target, b, v128.load32_splat(bias, 4));
  target += plane;
  finish(target, c, v128.load32_splat(bias, 8));
  target += plane;
  finish(target, d, v128.load32_splat(bias, 12));
}

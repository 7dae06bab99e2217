import { finish, madd, zero } from "./madd";

// One target plane: long rows by 24 columns, short ones by four rows at once, so that there are always eight sums or
// more between an addition and the next that needs it. `step` is from one row of the source to the next that is made.

const RECORD: usize = 8;

export function tile1x24(
  taps: usize,
  end: usize,
  source: usize,
  target: usize,
  bias: usize,
  count: i32,
): void {
  for (; count > 0; count--, source += 96, target += 96) {
    let a0 = zero();
    let a1 = zero();
    let a2 = zero();
    let a3 = zero();
    let a4 = zero();
    let a5 = zero();
    for (let tap = taps; tap < end; tap += RECORD) {
      const at = source + load<u32>(tap);
      const w = v128.load32_splat(tap, 4);
      a0 = madd(v128.load(at), w, a0);
      a1 = madd(v128.load(at, 16), w, a1);
      a2 = madd(v128.load(at, 32), w, a2);
      a3 = madd(v128.load(at, 48), w, a3);
      a4 = madd(v128.load(at, 64), w, a4);
      a5 = madd(v128.load(at, 80), w, a5);
    }
    const b = v128.load32_splat(bias);
    finish(target, a0, b);
    finish(target + 16, a1, b);
    finish(target + 32, a2, b);
    finish(target + 48, a3, b);
    finish(target + 64, a4, b);
    finish(target + 80, a5, b);
  }
}

export function tile1x4(taps: usize, end: usize, source: usize, target: usize, bias: usize): void {
  let a = zero();
  for (; taps < end; taps += RECORD)
    a = madd(v128.load(source + load<u32>(taps)), v128.load32_splat(taps, 4), a);
  finish(target, a, v128.load32_splat(bias));
}

export function tile4rows8(
  taps: usize,
  end: usize,
  source: usize,
  step: usize,
  target: usize,
  row: usize,
  bias: usize,
): void {
  let a0 = zero();
  let a1 = zero();
  let b0 = zero();
  let b1 = zero();
  let c0 = zero();
  let c1 = zero();
  let d0 = zero();
  let d1 = zero();
  for (; taps < end; taps += RECORD) {
    const w = v128.load32_splat(taps, 4);
    let at = source + load<u32>(taps);
    a0 = madd(v128.load(at), w, a0);
    a1 = madd(v128.load(at, 16), w, a1);
    at += step;
    b0 = madd(v128.load(at), w, b0);
    b1 = madd(v128.load(at, 16), w, b1);
    at += step;
    c0 = madd(v128.load(at), w, c0);
    c1 = madd(v128.load(at, 16), w, c1);
    at += step;
    d0 = madd(v128.load(at), w, d0);
    d1 = madd(v128.load(at, 16), w, d1);
  }
  const b = v128.load32_splat(bias);
  finish(target, a0, b);
  finish(target + 16, a1, b);
  target += row;
  finish(target, b0, b);
  finish(target + 16, b1, b);
  target += row;
  finish(target, c0, b);
  finish(target + 16, c1, b);
  target += row;
  finish(target, d0, b);
  finish(target + 16, d1, b);
}

export function tile4rows4(
  taps: usize,
  end: usize,
  source: usize,
  step: usize,
  target: usize,
  row: usize,
  bias: usize,
): void {
  let a = zero();
  let b = zero();
  let c = zero();
  let d = zero();
  for (; taps < end; taps += RECORD) {
    const w = v128.load32_splat(taps, 4);
    let at = source + load<u32>(taps);
    a = madd(v128.load(at), w, a);
    at += step;
    b = madd(v128.load(at), w, b);
    at += step;
    c = madd(v128.load(at), w, c);
    d = madd(v128.load(at + step), w, d);
  }
  const v = v128.load32_splat(bias);
  finish(target, a, v);
  target += row;
  finish(target, b, v);
  target += row;
  finish(target, c, v);
  finish(target + row, d, v);
}

import { finish, madd, zero } from "./madd";

/**
 * Four rows of one plane by 3 × 3 weights, all nine in registers: a vector that was loaded serves up to three rows.
 * `taps` are nine records of a single plane; `step` is from one source row to the next, `row` the same of the target.
 */
export function square4rows(
  taps: usize,
  source: usize,
  step: usize,
  target: usize,
  row: usize,
  columns: i32,
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
  source += load<u32>(taps);
  const beside: usize = load<u32>(taps, 8) - load<u32>(taps);
  for (let x = 0; x < columns; x += 4) {
    // The last vector of a row that is no multiple of four is made again, in part, from further left.
    const shift: usize = min(x, columns - 4) << 2;
    let at = source + shift;
    let to = target + shift;
    let v = v128.load(at);
    let a = madd(v, w0, zero());
    v = v128.load(at + beside);
    a = madd(v, w1, a);
    v = v128.load(at + 2 * beside);
    a = madd(v, w2, a);
    at += step;
    v = v128.load(at);
    a = madd(v, w3, a);
    let b = madd(v, w0, zero());
    v = v128.load(at + beside);
    a = madd(v, w4, a);
    b = madd(v, w1, b);
    v = v128.load(at + 2 * beside);
    a = madd(v, w5, a);
    b = madd(v, w2, b);
    at += step;
    v = v128.load(at);
    a = madd(v, w6, a);
    b = madd(v, w3, b);
    let c = madd(v, w0, zero());
    v = v128.load(at + beside);
    a = madd(v, w7, a);
    b = madd(v, w4, b);
    c = madd(v, w1, c);
    v = v128.load(at + 2 * beside);
    a = madd(v, w8, a);
    b = madd(v, w5, b);
    c = madd(v, w2, c);
    at += step;
    const s = v128.load32_splat(bias);
    finish(to, a, s);
    v = v128.load(at);
    b = madd(v, w6, b);
    c = madd(v, w3, c);
    a = madd(v, w0, zero());
    v = v128.load(at + beside);
    b = madd(v, w7, b);
    c = madd(v, w4, c);
    a = madd(v, w1, a);
    v = v128.load(at + 2 * beside);
    b = madd(v, w8, b);
    c = madd(v, w5, c);
    a = madd(v, w2, a);
    at += step;
    to += row;
    finish(to, b, s);
    v = v128.load(at);
    c = madd(v, w6, c);
    a = madd(v, w3, a);
    v = v128.load(at + beside);
    c = madd(v, w7, c);
    a = madd(v, w4, a);
    v = v128.load(at + 2 * beside);
    c = madd(v, w8, c);
    a = madd(v, w5, a);
    at += step;
    to += row;
    finish(to, c, s);
    v = v128.load(at);
    a = madd(v, w6, a);
    v = v128.load(at + beside);
    a = madd(v, w7, a);
    v = v128.load(at + 2 * beside);
    a = madd(v, w8, a);
    finish(to + row, a, s);
  }
}

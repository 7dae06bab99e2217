// The transforms of F(2 × 2, 3 × 3), four tiles at a time. Source: Lavin & Gray 2016, section 4.1.

/**
 * One row of tiles: Bᵀ · d · B of the 4 × 4 cells d of every tile. The four rows at `from` have their even columns first
 * and, `split` behind, the odd ones, so that neighbours in a vector belong to neighbouring tiles. The sixteen results of
 * a tile stand `apart` from one another.
 */
export function transformInput(
  from: usize,
  row: usize,
  split: usize,
  to: usize,
  apart: usize,
  tiles: i32,
): void {
  for (let x = 0; x < tiles; x += 4, from += 16, to += 16) {
    let at = from;
    let even = v128.load(at);
    let odd = v128.load(at + split);
    let next = v128.load(at, 4);
    let last = v128.load(at + split, 4);
    const a0 = f32x4.sub(even, next);
    const a1 = f32x4.add(odd, next);
    const a2 = f32x4.sub(next, odd);
    const a3 = f32x4.sub(odd, last);
    at += 2 * row;
    even = v128.load(at);
    odd = v128.load(at + split);
    next = v128.load(at, 4);
    last = v128.load(at + split, 4);
    const c0 = f32x4.sub(even, next);
    const c1 = f32x4.add(odd, next);
    const c2 = f32x4.sub(next, odd);
    const c3 = f32x4.sub(odd, last);
    four(to, apart, f32x4.sub(a0, c0), f32x4.sub(a1, c1), f32x4.sub(a2, c2), f32x4.sub(a3, c3));
    at -= row;
    even = v128.load(at);
    odd = v128.load(at + split);
    next = v128.load(at, 4);
    last = v128.load(at + split, 4);
    const b0 = f32x4.sub(even, next);
    const b1 = f32x4.add(odd, next);
    const b2 = f32x4.sub(next, odd);
    const b3 = f32x4.sub(odd, last);
    let down = to + 4 * apart;
    four(down, apart, f32x4.add(b0, c0), f32x4.add(b1, c1), f32x4.add(b2, c2), f32x4.add(b3, c3));
    down += 4 * apart;
    four(down, apart, f32x4.sub(c0, b0), f32x4.sub(c1, b1), f32x4.sub(c2, b2), f32x4.sub(c3, b3));
    at += 2 * row;
    even = v128.load(at);
    odd = v128.load(at + split);
    next = v128.load(at, 4);
    last = v128.load(at + split, 4);
    const d0 = f32x4.sub(even, next);
    const d1 = f32x4.add(odd, next);
    const d2 = f32x4.sub(next, odd);
    const d3 = f32x4.sub(odd, last);
    down += 4 * apart;
    four(down, apart, f32x4.sub(b0, d0), f32x4.sub(b1, d1), f32x4.sub(b2, d2), f32x4.sub(b3, d3));
  }
}

function four(to: usize, apart: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(to, a);
  v128.store(to + apart, b);
  v128.store(to + 2 * apart, c);
  v128.store(to + 3 * apart, d);
}

/**
 * One row of tiles: Aᵀ · m · A of their sixteen products, which stand `apart`, plus the bias; two rows (or one) of
 * `columns` cells. What of the last eight cells does not fit goes by way of `rest`.
 */
export function transformOutput(
  from: usize,
  apart: usize,
  target: usize,
  row: usize,
  rows: i32,
  columns: i32,
  bias: usize,
  rest: usize,
): void {
  const b = v128.load32_splat(bias);
  for (let x = 0; x < columns; x += 8, from += 16) {
    let at = from;
    let m0 = v128.load(at);
    let m1 = v128.load(at + apart);
    let m2 = v128.load(at + 2 * apart);
    let m3 = v128.load(at + 3 * apart);
    const a0 = f32x4.add(f32x4.add(m0, m1), m2);
    const a1 = f32x4.sub(f32x4.sub(m1, m2), m3);
    at += 4 * apart;
    m0 = v128.load(at);
    m1 = v128.load(at + apart);
    m2 = v128.load(at + 2 * apart);
    m3 = v128.load(at + 3 * apart);
    const b0 = f32x4.add(f32x4.add(m0, m1), m2);
    const b1 = f32x4.sub(f32x4.sub(m1, m2), m3);
    at += 4 * apart;
    m0 = v128.load(at);
    m1 = v128.load(at + apart);
    m2 = v128.load(at + 2 * apart);
    m3 = v128.load(at + 3 * apart);
    const c0 = f32x4.add(f32x4.add(m0, m1), m2);
    const c1 = f32x4.sub(f32x4.sub(m1, m2), m3);
    at += 4 * apart;
    m0 = v128.load(at);
    m1 = v128.load(at + apart);
    m2 = v128.load(at + 2 * apart);
    m3 = v128.load(at + 3 * apart);
    const d0 = f32x4.add(f32x4.add(m0, m1), m2);
    const d1 = f32x4.sub(f32x4.sub(m1, m2), m3);
    const left = columns - x;
    let to = target + (x << 2);
    let even = f32x4.add(f32x4.add(f32x4.add(a0, b0), c0), b);
    let odd = f32x4.add(f32x4.add(f32x4.add(a1, b1), c1), b);
    eight(to, even, odd, left, rest);
    if (rows < 2) continue;
    to += row;
    even = f32x4.add(f32x4.sub(f32x4.sub(b0, c0), d0), b);
    odd = f32x4.add(f32x4.sub(f32x4.sub(b1, c1), d1), b);
    eight(to, even, odd, left, rest);
  }
}

/** Eight cells of a row from the even and the odd ones, or as many of them as are left. */
function eight(to: usize, even: v128, odd: v128, left: i32, rest: usize): void {
  const at = left >= 8 ? to : rest;
  v128.store(at, v128.shuffle<f32>(even, odd, 0, 4, 1, 5));
  v128.store(at, v128.shuffle<f32>(even, odd, 2, 6, 3, 7), 16);
  if (left < 8) memory.copy(to, rest, left << 2);
}

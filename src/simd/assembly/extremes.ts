/**
 * The least and the largest of `count` numbers, into two at `to`; NaN counts for nothing, and of none come ∞ and −∞.
 * Four sums of four lanes each: no comparison waits for the one before.
 */
export function extremes(from: usize, count: i32, to: usize): void {
  let a = f32x4.splat(Infinity);
  let b = a;
  let c = a;
  let d = a;
  let e = f32x4.splat(-Infinity);
  let f = e;
  let g = e;
  let h = e;
  const end: usize = from + ((<usize>count) << 2);
  for (; from + 64 <= end; from += 64) {
    const p = v128.load(from);
    const q = v128.load(from, 16);
    const r = v128.load(from, 32);
    const s = v128.load(from, 48);
    a = f32x4.pmin(a, p);
    b = f32x4.pmin(b, q);
    c = f32x4.pmin(c, r);
    d = f32x4.pmin(d, s);
    e = f32x4.pmax(e, p);
    f = f32x4.pmax(f, q);
    g = f32x4.pmax(g, r);
    h = f32x4.pmax(h, s);
  }
  for (; from < end; from += 4) {
    const p = v128.load32_splat(from);
    a = f32x4.pmin(a, p);
    e = f32x4.pmax(e, p);
  }
  a = f32x4.pmin(f32x4.pmin(a, b), f32x4.pmin(c, d));
  e = f32x4.pmax(f32x4.pmax(e, f), f32x4.pmax(g, h));
  const low = min(
    min(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1)),
    min(f32x4.extract_lane(a, 2), f32x4.extract_lane(a, 3)),
  );
  const high = max(
    max(f32x4.extract_lane(e, 0), f32x4.extract_lane(e, 1)),
    max(f32x4.extract_lane(e, 2), f32x4.extract_lane(e, 3)),
  );
  store<f32>(to, low);
  store<f32>(to, high, 4);
}

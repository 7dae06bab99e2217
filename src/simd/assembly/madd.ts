/**
 * a · b + c, four lanes at once. The one place where the two modules differ: with relaxed SIMD (`fused`) the machine may
 * round once, without it (`strict`) it rounds the product and the sum, as a scalar float32 loop does.
 */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Four zeros. */
export function zero(): v128 {
  return f32x4.splat(0);
}

/** Adds one number to four sums and stores them. */
export function finish(at: usize, sums: v128, bias: v128): void {
  v128.store(at, f32x4.add(sums, bias));
}

/** The sum of the four lanes, in one order for ever: (0 + 1) + (2 + 3). */
export function across(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) +
    f32x4.extract_lane(a, 1) +
    (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3))
  );
}

/** All bits set in the first `count` lanes. */
export function firstLanes(count: i32): v128 {
  return i32x4.gt_s(i32x4.splat(count), i32x4(0, 1, 2, 3));
}

/** All bits set in the last `count` lanes. */
export function lastLanes(count: i32): v128 {
  return i32x4.gt_s(i32x4.splat(count), i32x4(3, 2, 1, 0));
}

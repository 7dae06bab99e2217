// What the machine can do at all: multiply-adds that touch no memory, and a copy that does nothing else. Timed in the
// same rounds as the kernels, so that shares of a peak are of the machine as it is at that moment.

function step(a: v128, x: v128, y: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, x, y);
  return f32x4.add(f32x4.mul(a, x), y);
}

/** `count` times twelve (fused: ten) independent multiply-adds of four lanes each: 96 (80) operations a time. */
export function multiplyAdds(count: i32, x: f32, y: f32): f32 {
  const u = f32x4.splat(x);
  const v = f32x4.splat(y);
  let a = v;
  let b = u;
  let c = v;
  let d = u;
  let e = v;
  let f = u;
  let g = v;
  let h = u;
  let i = v;
  let j = u;
  let k = v;
  let l = u;
  for (let n = 0; n < count; n++) {
    a = step(a, u, v);
    b = step(b, u, v);
    c = step(c, u, v);
    d = step(d, u, v);
    e = step(e, u, v);
    f = step(f, u, v);
    g = step(g, u, v);
    h = step(h, u, v);
    i = step(i, u, v);
    j = step(j, u, v);
    if (ASC_FEATURE_RELAXED_SIMD) continue; // two more would be spilled
    k = step(k, u, v);
    l = step(l, u, v);
  }
  a = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(e, f));
  a = f32x4.add(f32x4.add(a, f32x4.add(g, h)), f32x4.add(f32x4.add(i, j), f32x4.add(k, l)));
  return f32x4.extract_lane(a, 0);
}

export function copy(to: usize, from: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}

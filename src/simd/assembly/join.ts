/**
 * One row from its phases: target column x is column x / phases of phase x mod phases, which stand `apart`.
 * With one phase, a copy of exactly `columns` cells.
 */
export function join(source: usize, apart: usize, phases: i32, target: usize, columns: i32): void {
  let x = 0;
  if (phases === 2)
    for (; x + 8 <= columns; x += 8) {
      const at = source + (x << 1);
      const even = v128.load(at);
      const odd = v128.load(at + apart);
      v128.store(target + (x << 2), v128.shuffle<f32>(even, odd, 0, 4, 1, 5));
      v128.store(target + (x << 2), v128.shuffle<f32>(even, odd, 2, 6, 3, 7), 16);
    }
  let q = x % phases;
  let m = x / phases;
  for (; x < columns; x++) {
    store<f32>(target + (x << 2), load<f32>(source + q * apart + (m << 2)));
    if (++q === phases) {
      q = 0;
      m++;
    }
  }
}

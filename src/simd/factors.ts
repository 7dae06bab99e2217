/** Two weights that differ by less than this share of the largest are the same number, rounded to float32. */
const ROUNDING = 2 ** -22;

/** Kernels as columns times rows: w[plane][kh, kw] = columns[plane][kh] · rows[plane][kw]. */
export interface PlaneFactors {
  readonly columns: Float32Array;
  readonly rows: Float32Array;
}

/**
 * The factors of `planes` kernels of kH × kW weights, read in the order `order`; null where one of them has none.
 * A kernel has factors where every row is a multiple of the row with the largest weight. Zeros only are a kernel, too.
 */
export function factorsOf(
  w: Float32Array,
  planes: number,
  order: readonly number[],
  kH: number,
  kW: number,
): PlaneFactors | null {
  const columns = new Float32Array(planes * kH);
  const rows = new Float32Array(planes * kW);
  const size = kH * kW;
  for (let plane = 0; plane < planes; plane++) {
    const at = (i: number) => w[plane * size + order[i]!]!;
    let largest = 0;
    for (let i = 1; i < size; i++) if (Math.abs(at(i)) > Math.abs(at(largest))) largest = i;
    const pivot = at(largest);
    if (pivot === 0) continue;
    const [pivotRow, pivotColumn] = [Math.floor(largest / kW), largest % kW];
    for (let v = 0; v < kW; v++) rows[plane * kW + v] = at(pivotRow * kW + v);
    for (let u = 0; u < kH; u++) columns[plane * kH + u] = at(u * kW + pivotColumn) / pivot;
    for (let i = 0; i < size; i++) {
      const product = columns[plane * kH + Math.floor(i / kW)]! * rows[plane * kW + (i % kW)]!;
      // Written so that a NaN is no kernel with factors.
      if (!(Math.abs(at(i) - product) <= Math.abs(pivot) * ROUNDING)) return null;
    }
  }
  return { columns, rows };
}

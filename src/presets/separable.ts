/**
 * The sum of the weights: what a flat area of ones comes out as. What each addition loses is kept aside and added
 * at the end (Neumaier 1974), so that nine ninths are 1.
 */
export function kernelSum(w: ArrayLike<number>): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < w.length; i++) {
    const [v, next] = [w[i]!, sum + w[i]!];
    lost += Math.abs(sum) >= Math.abs(v) ? sum - next + v : v - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** A kernel of rank 1: w[kh, kw] = column[kh] · row[kw]. */
export interface Factors {
  readonly column: readonly number[];
  readonly row: readonly number[];
}

/** Two products that differ by less than this share of the largest weight are the same number, rounded. */
const ROUNDING = 1e-12;

/**
 * The two factors of a separable kernel, in whole numbers where its weights are whole; null where it has none.
 * A kernel of zeros has rank 0 and no factors.
 */
export function separable(kernel: ArrayLike<number>, kH: number, kW: number): Factors | null {
  const w = Array.from(kernel);
  const largest = w.reduce((best, v, i) => (Math.abs(v) > Math.abs(w[best]!) ? i : best), 0);
  const pivot = w[largest] ?? 0;
  if (pivot === 0 || !w.every(Number.isFinite)) return null;
  const [pivotRow, pivotColumn] = [Math.floor(largest / kW), largest % kW];
  const row = w.slice(pivotRow * kW, (pivotRow + 1) * kW);
  const column = Array.from({ length: kH }, (_, kh) => w[kh * kW + pivotColumn]! / pivot);
  const allowed = Math.abs(pivot) * ROUNDING;
  if (w.some((v, i) => Math.abs(v - column[Math.floor(i / kW)]! * row[i % kW]!) > allowed))
    return null;
  return tidy({ column, row }, w.every(Number.isInteger));
}

/** The factors as a book would print them: in lowest whole numbers, the smoothing one positive. */
function tidy({ column, row }: Factors, whole: boolean): Factors {
  const divisor = whole ? row.reduce(greatestCommonDivisor, 0) : 1;
  const sign = signOf(row) || signOf(column) || Math.sign(row.find((v) => v !== 0)!);
  const scale = divisor * sign;
  const clean = (v: number) => (whole ? Math.round(v) : v) || 0;
  return { column: column.map((v) => clean(v * scale)), row: row.map((v) => clean(v / scale)) };
}

function signOf(factor: readonly number[]): number {
  return Math.sign(kernelSum(factor));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : greatestCommonDivisor(b, a % b);
}

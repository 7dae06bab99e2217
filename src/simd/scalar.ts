import { longest } from "./axes.ts";
import { type Correlation, tapsOfPhase } from "./correlation.ts";

// The kernels where there is no SIMD: float32 in TypeScript, product and sum rounded one by one, to the same bits as the
// WebAssembly of the strict tier.

const { fround } = Math;

/** Target planes that share every number read. */
const PLANES = 4;

/** The taps of one phase: where they stand from the position of a target cell, and their weights in W. */
interface ScalarPhase {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly offsets: Int32Array;
  readonly weights: Int32Array;
}

/** A correlation made ready: all that does not change from call to call. */
export interface ScalarJob {
  readonly c: Correlation;
  readonly phases: readonly ScalarPhase[];
  /** All source planes of a group, padded. */
  readonly band: Float32Array;
  readonly bandRows: number;
  readonly bandColumns: number;
  /** The offsets of the taps that are needed, and their weights, PLANES a tap. */
  readonly taps: Int32Array;
  readonly packed: Float32Array;
}

export function scalarJob(c: Correlation): ScalarJob {
  const bandRows = (longest(c.rows) - 1) * c.rows.stride + c.rows.reach;
  const bandColumns = (longest(c.columns) - 1) * c.columns.stride + c.columns.reach;
  const phases = c.rows.phases.flatMap((down, row) =>
    c.columns.phases.map((across, column): ScalarPhase => {
      const taps = tapsOfPhase(c, row, column);
      const offsets = taps.map((t) => (t.plane * bandRows + t.row) * bandColumns + t.column);
      return {
        row,
        column,
        rows: down.length,
        columns: across.length,
        offsets: Int32Array.from(offsets),
        weights: Int32Array.from(taps, ({ weight }) => weight),
      };
    }),
  );
  const most = Math.max(...phases.map(({ offsets }) => offsets.length));
  return {
    c,
    phases,
    band: new Float32Array(c.depth * bandRows * bandColumns),
    bandRows,
    bandColumns,
    taps: new Int32Array(most),
    packed: new Float32Array(most * PLANES),
  };
}

/** Pads the source planes of group `g` of example `n` into the band. */
function fillBand(
  { c, band, bandRows, bandColumns }: ScalarJob,
  x: Float32Array,
  n: number,
  g: number,
) {
  const { rows, columns, depth, groups } = c;
  let to = 0;
  for (let plane = 0; plane < depth; plane++) {
    const from = ((n * groups + g) * depth + plane) * rows.source;
    for (let y = 0; y < bandRows; y++) {
      const row = rows.table[y]!;
      for (let i = 0; i < bandColumns; i++) {
        const column = columns.table[i]!;
        band[to++] = row < 0 || column < 0 ? 0 : x[(from + row) * columns.source + column]!;
      }
    }
  }
}

/** Gathers the weights of target planes `first` … `first + count` of group `g`; returns how many taps are needed. */
function pack(
  job: ScalarJob,
  { offsets, weights }: ScalarPhase,
  w: Float32Array,
  g: number,
  first: number,
  count: number,
): number {
  const { group, target } = job.c.weightSteps;
  const { taps, packed } = job;
  const from = g * group + first * target;
  let needed = 0;
  for (let i = 0; i < offsets.length; i++) {
    let some = false;
    for (let k = 0; k < count; k++) {
      const weight = w[from + weights[i]! + k * target]!;
      packed[needed * PLANES + k] = weight;
      some ||= weight !== 0;
    }
    if (some) taps[needed++] = offsets[i]!;
  }
  return needed;
}

/** Every target plane; `bias` has one number a plane. Returns the most taps that a block of planes needed. */
export function correlate(
  job: ScalarJob,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array,
  out: Float32Array,
): number {
  const { c, phases } = job;
  let most = 0;
  for (let n = 0; n < c.batch; n++)
    for (let g = 0; g < c.groups; g++) {
      fillBand(job, x, n, g);
      for (const phase of phases)
        for (let f = 0; f < c.filters; ) {
          const count = c.filters - f >= PLANES ? PLANES : 1;
          const needed = pack(job, phase, w, g, f, count);
          most = Math.max(most, needed);
          const plane = (n * c.groups + g) * c.filters + f;
          const biasAt = g * c.filters + f;
          if (count === PLANES) four(job, phase, needed, bias, biasAt, out, plane);
          else one(job, phase, needed, bias[biasAt]!, out, plane);
          f += count;
        }
    }
  return most;
}

function four(
  job: ScalarJob,
  phase: ScalarPhase,
  needed: number,
  bias: Float32Array,
  f: number,
  out: Float32Array,
  plane: number,
) {
  const { c, band, bandColumns, taps, packed } = job;
  const size = c.rows.target * c.columns.target;
  const [down, across] = [c.rows.phases.length, c.columns.phases.length];
  const [b0, b1, b2, b3] = [bias[f]!, bias[f + 1]!, bias[f + 2]!, bias[f + 3]!];
  for (let i = 0; i < phase.rows; i++) {
    let at = i * c.rows.stride * bandColumns;
    let to = (plane * c.rows.target + i * down + phase.row) * c.columns.target + phase.column;
    for (let j = 0; j < phase.columns; j++, at += c.columns.stride, to += across) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let t = 0, p = 0; t < needed; t++, p += PLANES) {
        const v = band[at + taps[t]!]!;
        s0 = fround(s0 + fround(v * packed[p]!));
        s1 = fround(s1 + fround(v * packed[p + 1]!));
        s2 = fround(s2 + fround(v * packed[p + 2]!));
        s3 = fround(s3 + fround(v * packed[p + 3]!));
      }
      out[to] = s0 + b0;
      out[to + size] = s1 + b1;
      out[to + 2 * size] = s2 + b2;
      out[to + 3 * size] = s3 + b3;
    }
  }
}

function one(
  job: ScalarJob,
  phase: ScalarPhase,
  needed: number,
  bias: number,
  out: Float32Array,
  plane: number,
) {
  const { c, band, bandColumns, taps, packed } = job;
  const [down, across] = [c.rows.phases.length, c.columns.phases.length];
  for (let i = 0; i < phase.rows; i++) {
    let at = i * c.rows.stride * bandColumns;
    let to = (plane * c.rows.target + i * down + phase.row) * c.columns.target + phase.column;
    for (let j = 0; j < phase.columns; j++, at += c.columns.stride, to += across) {
      let sum = 0;
      for (let t = 0; t < needed; t++)
        sum = fround(sum + fround(band[at + taps[t]!]! * packed[t * PLANES]!));
      out[to] = sum + bias;
    }
  }
}

/** dW: for every filter and tap the sum of δ · x, in float64. `sums` has the length of W. */
export function weightSums(
  job: ScalarJob,
  x: Float32Array,
  delta: Float32Array,
  sums: Float64Array,
): void {
  const { c, phases, band, bandColumns } = job;
  const { offsets, weights, rows, columns } = phases[0]!;
  sums.fill(0);
  for (let n = 0; n < c.batch; n++)
    for (let g = 0; g < c.groups; g++) {
      fillBand(job, x, n, g);
      for (let f = 0; f < c.filters; f++) {
        const first = ((n * c.groups + g) * c.filters + f) * rows * columns;
        const into = g * c.weightSteps.group + f * c.weightSteps.target;
        for (let t = 0; t < offsets.length; t++) {
          let sum = 0;
          for (let i = 0, d = first; i < rows; i++) {
            let at = i * c.rows.stride * bandColumns + offsets[t]!;
            for (let j = 0; j < columns; j++, at += c.columns.stride)
              sum += delta[d++]! * band[at]!;
          }
          sums[into + weights[t]!]! += sum;
        }
      }
    }
}

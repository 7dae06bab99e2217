import { Job } from "./job";

/**
 * Copies positions of all source planes of a group into the band, with what the padding puts there. With a column
 * stride s, positions that are s apart become neighbours: first those at 0, s, 2s …, then those at 1, s + 1 …
 */
export function fillBand(
  job: Job,
  source: usize,
  firstRow: i32,
  rows: i32,
  firstColumn: i32,
  columns: i32,
): void {
  const table = job.rowTable + (firstRow << 2);
  for (let c = 0; c < job.depth; c++, source += job.sourcePlane) {
    let to = job.band + c * job.bandPlane;
    for (let y = 0; y < rows; y++, to += job.bandRow) {
      const row = load<i32>(table + (y << 2));
      if (row < 0) memory.fill(to, 0, job.bandRow);
      else fillRow(job, source + row * job.sourceRow, to, firstColumn, columns);
    }
  }
}

function fillRow(job: Job, source: usize, to: usize, first: i32, columns: i32): void {
  // Of these positions, begin … end − 1 stand in the source side by side; the others are looked up.
  const begin = min(max(job.columnFirst - first, 0), columns);
  const end = min(max(job.columnFirst + job.columnCount - first, begin), columns);
  const table = job.columnTable + (first << 2);
  const from = source + ((first - job.columnFirst) << 2);
  if (job.columnStride === 1) {
    // Whole vectors: what is written too far is written again, or lies behind the row.
    let at = begin << 2;
    for (const last = end << 2; at < last; at += 16) v128.store(to + at, v128.load(from + at));
    lookUp(table, source, to, 0, begin);
    lookUp(table, source, to, end, columns);
    return;
  }
  const stride = job.columnStride;
  const split = job.bandSplit;
  let p = begin;
  if (stride === 2) {
    p += p & 1;
    for (; p + 8 <= end; p += 8) {
      const a = v128.load(from + (p << 2));
      const b = v128.load(from + (p << 2), 16);
      v128.store(to + (p << 1), v128.shuffle<f32>(a, b, 0, 2, 4, 6));
      v128.store(to + (p << 1) + split, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
    }
    apart(table, source, to, 0, begin + (begin & 1), stride, split, columns);
  } else p = 0;
  apart(table, source, to, p, columns, stride, split, columns);
}

function lookUp(table: usize, source: usize, to: usize, begin: i32, end: i32): void {
  for (let p = begin; p < end; p++) {
    const column = load<i32>(table + (p << 2));
    store<f32>(to + (p << 2), column < 0 ? 0 : load<f32>(source + (column << 2)));
  }
}

function apart(
  table: usize,
  source: usize,
  to: usize,
  begin: i32,
  end: i32,
  stride: i32,
  split: usize,
  columns: i32,
): void {
  let q = begin % stride;
  let m = begin / stride;
  for (let p = begin; p < min(end, columns); p++) {
    const column = load<i32>(table + (p << 2));
    const value: f32 = column < 0 ? 0 : load<f32>(source + (column << 2));
    store<f32>(to + q * split + (m << 2), value);
    if (++q === stride) {
      q = 0;
      m++;
    }
  }
}

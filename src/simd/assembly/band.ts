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
  // Of these positions, begin … end − 1 stand in the source side by side; the others are looked up.
  const begin = min(max(job.columnFirst - firstColumn, 0), columns);
  const end = min(max(job.columnFirst + job.columnCount - firstColumn, begin), columns);
  const from = (firstColumn - job.columnFirst) << 2;
  const rowTable = job.rowTable + (firstRow << 2);
  const table = job.columnTable + (firstColumn << 2);
  const rowBytes = job.bandRow;
  for (let c = 0; c < job.depth; c++, source += job.sourcePlane) {
    let to = job.band + c * job.bandPlane;
    for (let y = 0; y < rows; y++, to += rowBytes) {
      const row = load<i32>(rowTable + (y << 2));
      const plain = source + row * job.sourceRow;
      if (row < 0) clear(to, rowBytes);
      else if (job.columnStride === 1) {
        // Whole vectors: what is written too far is written again, or lies behind the row.
        const inner = plain + from;
        for (let at = begin << 2; at < end << 2; at += 16)
          v128.store(to + at, v128.load(inner + at));
        lookUp(table, plain, to, 0, begin);
        lookUp(table, plain, to, end, columns);
      } else splitRow(job, plain, plain + from, table, to, begin, end, columns);
    }
  }
}

/** Zeros, in whole vectors. */
function clear(to: usize, bytes: usize): void {
  const none = i32x4.splat(0);
  for (const end = to + bytes; to < end; to += 16) v128.store(to, none);
}

/** One row, its columns apart. */
function splitRow(
  job: Job,
  source: usize,
  from: usize,
  table: usize,
  to: usize,
  begin: i32,
  end: i32,
  columns: i32,
): void {
  const stride = job.columnStride;
  const split = job.bandSplit;
  let p = 0;
  if (stride === 2) {
    p = begin + (begin & 1);
    apart(table, source, to, 0, min(p, columns), stride, split);
    for (; p + 8 <= end; p += 8) {
      const a = v128.load(from + (p << 2));
      const b = v128.load(from + (p << 2), 16);
      v128.store(to + (p << 1), v128.shuffle<f32>(a, b, 0, 2, 4, 6));
      v128.store(to + (p << 1) + split, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
    }
  }
  apart(table, source, to, p, columns, stride, split);
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
): void {
  let q = begin % stride;
  let m = begin / stride;
  for (let p = begin; p < end; p++) {
    const column = load<i32>(table + (p << 2));
    const value: f32 = column < 0 ? 0 : load<f32>(source + (column << 2));
    store<f32>(to + q * split + (m << 2), value);
    if (++q === stride) {
      q = 0;
      m++;
    }
  }
}

import { Block } from "./job";
import { square4rows } from "./square";
import { tile1x4, tile1x24, tile4rows4, tile4rows8 } from "./tiles1";
import { tile2x4, tile2x8, tile2x16 } from "./tiles2";
import { tile3x4, tile3x8, tile3x12 } from "./tiles3";
import { tile4x4, tile4x8 } from "./tiles4";

// Rows cut into tiles. A row has four columns or more; its last tile is moved left until it fits, and what it covers a
// second time comes out the same.

/** Rows at least this long are cut into tiles of one row. */
const LONG: i32 = 128;

/** Makes `rows` × `columns` cells of every plane of a block. `step`, `row`: to the next row of source and target. */
export function makeRows(
  block: Block,
  square: i32,
  source: usize,
  step: usize,
  target: usize,
  row: usize,
  plane: usize,
  rows: i32,
  columns: i32,
  bias: usize,
): void {
  const taps = block.records;
  const end = block.end;
  if (block.planes === 1) {
    if (square && end - taps === 72 && rows >= 4)
      squares(taps, source, step, target, row, rows, columns, bias);
    else single(taps, end, source, step, target, row, rows, columns, bias);
    return;
  }
  for (let y = 0; y < rows; y++, source += step, target += row) {
    if (block.planes === 3) three(taps, end, source, target, plane, columns, bias);
    else if (block.planes === 4) four(taps, end, source, target, plane, columns, bias);
    else two(taps, end, source, target, plane, columns, bias);
  }
}

function four(
  taps: usize,
  end: usize,
  source: usize,
  target: usize,
  plane: usize,
  columns: i32,
  bias: usize,
): void {
  const run = columns / 8;
  tile4x8(taps, end, source, target, plane, bias, run);
  for (let x = 8 * run; x < columns; ) {
    const width = columns - x > 4 && columns >= 8 ? 8 : 4;
    const at = min(x, columns - width);
    if (width === 8) tile4x8(taps, end, source + (at << 2), target + (at << 2), plane, bias, 1);
    else tile4x4(taps, end, source + (at << 2), target + (at << 2), plane, bias);
    x = at + width;
  }
}

function three(
  taps: usize,
  end: usize,
  source: usize,
  target: usize,
  plane: usize,
  columns: i32,
  bias: usize,
): void {
  // Sixteen are 8 + 8, not 12 + 4: a tile of four columns has too few sums to keep the adders busy.
  const run = columns > 16 ? (columns - 17) / 12 + 1 : 0;
  tile3x12(taps, end, source, target, plane, bias, run);
  for (let x = 12 * run; x < columns; ) {
    const left = columns - x;
    let width = left > 4 && columns >= 8 ? 8 : 4;
    if (columns >= 12 && left > 8 && left <= 12) width = 12;
    const at = min(x, columns - width);
    const from = source + (at << 2);
    const to = target + (at << 2);
    if (width === 12) tile3x12(taps, end, from, to, plane, bias, 1);
    else if (width === 8) tile3x8(taps, end, from, to, plane, bias);
    else tile3x4(taps, end, from, to, plane, bias);
    x = at + width;
  }
}

function two(
  taps: usize,
  end: usize,
  source: usize,
  target: usize,
  plane: usize,
  columns: i32,
  bias: usize,
): void {
  const run = columns / 16;
  tile2x16(taps, end, source, target, plane, bias, run);
  for (let x = 16 * run; x < columns; ) {
    const left = columns - x;
    const width = left > 12 && columns >= 16 ? 16 : left > 4 && columns >= 8 ? 8 : 4;
    const at = min(x, columns - width);
    const from = source + (at << 2);
    const to = target + (at << 2);
    if (width === 16) tile2x16(taps, end, from, to, plane, bias, 1);
    else if (width === 8) tile2x8(taps, end, from, to, plane, bias);
    else tile2x4(taps, end, from, to, plane, bias);
    x = at + width;
  }
}

function single(
  taps: usize,
  end: usize,
  source: usize,
  step: usize,
  target: usize,
  row: usize,
  rows: i32,
  columns: i32,
  bias: usize,
): void {
  if (rows < 4 || columns >= LONG) {
    const run = columns / 24;
    for (let y = 0; y < rows; y++, source += step, target += row) {
      tile1x24(taps, end, source, target, bias, run);
      for (let x = 24 * run; x < columns; ) {
        const width = columns - x > 4 && columns >= 24 ? 24 : 4;
        const at = min(x, columns - width);
        if (width === 24) tile1x24(taps, end, source + (at << 2), target + (at << 2), bias, 1);
        else tile1x4(taps, end, source + (at << 2), target + (at << 2), bias);
        x = at + width;
      }
    }
    return;
  }
  for (let y = 0; y < rows; y += 4) {
    const down = min(y, rows - 4);
    const from = source + down * step;
    const to = target + down * row;
    for (let x = 0; x < columns; ) {
      const width = columns - x > 4 && columns >= 8 ? 8 : 4;
      const at = min(x, columns - width);
      if (width === 8) tile4rows8(taps, end, from + (at << 2), step, to + (at << 2), row, bias);
      else tile4rows4(taps, end, from + (at << 2), step, to + (at << 2), row, bias);
      x = at + width;
    }
  }
}

function squares(
  taps: usize,
  source: usize,
  step: usize,
  target: usize,
  row: usize,
  rows: i32,
  columns: i32,
  bias: usize,
): void {
  for (let y = 0; y < rows; y += 4) {
    const down = min(y, rows - 4);
    square4rows(taps, source + down * step, step, target + down * row, row, columns, bias);
  }
}

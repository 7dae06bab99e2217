import { fillBand } from "./band";
import { Block, Job, Phase } from "./job";
import { join } from "./join";
import { makeRows } from "./rows";
import { stripPlanes } from "./strips";

/** Writes out the taps of every block with the weights of this moment; a tap that no plane of a block needs is dropped. */
export function pack(job: Job): void {
  const phases = job.rowPhases * job.columnPhases;
  let at = job.blocks;
  for (let g = 0; g < job.groups; g++)
    for (let b = 0; b < job.blockCount; b++)
      for (let q = 0; q < phases; q++, at += offsetof<Block>()) {
        const block = changetype<Block>(at);
        const weights = g * job.weightGroup + block.first * job.weightChannel;
        packBlock(block, phase(job, q), job.weights + (weights << 2), job.weightChannel << 2);
      }
}

function packBlock(block: Block, phase: Phase, weights: usize, apart: usize): void {
  const planes = block.planes;
  let tap = phase.taps;
  let to = block.records;
  for (let i = 0; i < phase.count; i++, tap += 8) {
    store<u32>(to, load<u32>(tap));
    const from = weights + (load<u32>(tap, 4) << 2);
    let needed = false;
    for (let k = 0; k < planes; k++) {
      const weight = load<f32>(from + k * apart);
      store<f32>(to + (k << 2), weight, 4);
      if (weight !== 0) needed = true;
    }
    if (needed) to += 4 + (planes << 2);
  }
  block.end = to;
}

function phase(job: Job, q: i32): Phase {
  return changetype<Phase>(job.phases + q * offsetof<Phase>());
}

function block(job: Job, g: i32, b: i32, q: i32): Block {
  const phases = job.rowPhases * job.columnPhases;
  return changetype<Block>(
    job.blocks + ((g * job.blockCount + b) * phases + q) * offsetof<Block>(),
  );
}

/** Makes every target plane. Taps are added in the order of their list, then the bias. */
export function correlate(job: Job): void {
  pack(job);
  let source = job.source;
  let target = job.target;
  for (let n = 0; n < job.batch; n++)
    for (let g = 0; g < job.groups; g++) {
      const first = block(job, g, 0, 0);
      if (job.strips && first.end - first.records === 72 * job.depth)
        stripPlanes(job, first, source, target, job.bias + (g << 2));
      else if (job.inPlace) framed(job, g, source, target);
      else region(job, g, source, target, 0, job.rows, 0, job.columns);
      source += job.depth * job.sourcePlane;
      target += job.filters * job.targetPlane;
    }
}

/** What reads no padding is made from the source where it stands, the frame around it through the band. */
function framed(job: Job, g: i32, source: usize, target: usize): void {
  region(job, g, source, target, 0, job.top, job.left, job.right);
  region(job, g, source, target, job.bottom, job.rows, job.left, job.right);
  region(job, g, source, target, 0, job.rows, 0, job.left);
  region(job, g, source, target, 0, job.rows, job.right, job.columns);
  const row = load<i32>(job.rowTable + (job.top << 2));
  const column = load<i32>(job.columnTable + (job.left << 2));
  const from = source + row * job.sourceRow + (column << 2);
  near(job, g, from, target, job.top, job.bottom, job.left, job.right);
}

/** Rows top … bottom − 1, columns left … right − 1, through the band, in fillings of equal height. */
function region(
  job: Job,
  g: i32,
  source: usize,
  target: usize,
  top: i32,
  bottom: i32,
  left: i32,
  right: i32,
): void {
  const rows = bottom - top;
  if (rows <= 0 || right <= left) return;
  const fillings = (rows + job.bandRows - 1) / job.bandRows;
  const height = (rows + fillings - 1) / fillings;
  const columns = (right - left - 1) * job.columnStride + job.columnReach;
  for (let y = top; y < bottom; y += height) {
    const end = min(y + height, bottom);
    const reach = (end - y - 1) * job.rowStride + job.rowReach;
    fillBand(job, source, y * job.rowStride, reach, left * job.columnStride, columns);
    near(job, g, job.band, target, y, end, left, right);
  }
}

/** The same rows from where they stand, few enough at a time to stay in the nearest cache for all blocks. */
function near(
  job: Job,
  g: i32,
  source: usize,
  target: usize,
  top: i32,
  bottom: i32,
  left: i32,
  right: i32,
): void {
  const step = job.rowStride * job.bandRow;
  for (let y = top; y < bottom; y += job.nearRows) {
    const end = min(y + job.nearRows, bottom);
    const from = source + (y - top) * step;
    for (let b = 0; b < job.blockCount; b++)
      for (let r = 0; r < job.rowPhases; r++)
        if (job.scattered) scattered(job, g, b, r, from, target, y, end);
        else stored(job, g, b, r, from, target, y, end, left, right);
  }
}

/** Rows of one phase, stored where they belong. */
function stored(
  job: Job,
  g: i32,
  b: i32,
  r: i32,
  source: usize,
  target: usize,
  top: i32,
  bottom: i32,
  left: i32,
  right: i32,
): void {
  const which = phase(job, r);
  const made = block(job, g, b, r);
  makeRows(
    made,
    job.square,
    source,
    job.rowStride * job.bandRow,
    target + made.first * job.targetPlane + (top * job.rowPhases + r) * job.targetRow + (left << 2),
    job.rowPhases * job.targetRow,
    job.targetPlane,
    min(bottom, which.rows) - top,
    right - left,
    job.bias + ((g * job.filters + made.first) << 2),
  );
}

/** Rows of all column phases, made in the scratch and put together from there. */
function scattered(
  job: Job,
  g: i32,
  b: i32,
  r: i32,
  source: usize,
  target: usize,
  top: i32,
  bottom: i32,
): void {
  const step = job.rowStride * job.bandRow;
  const plane = job.nearRows * job.scratchRow;
  const one = r * job.columnPhases;
  const rows = min(bottom, phase(job, one).rows) - top;
  const first = block(job, g, b, one);
  const bias = job.bias + ((g * job.filters + first.first) << 2);
  for (let q = 0; q < job.columnPhases; q++) {
    const to = job.scratch + q * first.planes * plane;
    const columns = max(phase(job, one + q).columns, 4);
    const made = block(job, g, b, one + q);
    makeRows(made, job.square, source, step, to, job.scratchRow, plane, rows, columns, bias);
  }
  for (let k = 0; k < first.planes; k++)
    for (let y = 0; y < rows; y++) {
      const to = target + (first.first + k) * job.targetPlane;
      const row = (top + y) * job.rowPhases + r;
      join(
        job.scratch + k * plane + y * job.scratchRow,
        first.planes * plane,
        job.columnPhases,
        to + row * job.targetRow,
        job.targetColumns,
      );
    }
}

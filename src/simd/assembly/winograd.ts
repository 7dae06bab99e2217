import { fillBand } from "./band";
import { Block, Job, Phase } from "./job";
import { makeRows } from "./rows";
import { transformInput, transformOutput } from "./transforms";

// F(2 × 2, 3 × 3): four outputs of a plane from sixteen products instead of 36. Source: Lavin & Gray 2016, section 4.1;
// Winograd 1980. The sixteen products are sixteen correlations with one tap a source plane, by the tiles of the rest.

/** What it needs beside the job, whose band is split into even and odd columns. */
@unmanaged
export class Winograd {
  /** Tiles in a row, up to whole vectors, and rows of tiles that are made at once. */
  tiles: i32;
  tileRows: i32;
  /** Input and products, transformed: 16 times a plane of `tiles · tileRows` cells for each source, or target, plane. */
  input: usize;
  products: usize;
  /** From one of the sixteen to the next; no multiple of 4096, or all sixteen would fight for one place in the cache. */
  inputApart: i32;
  productsApart: i32;
  /** Blocks by group, then by the sixteen, then by planes. */
  blocks: usize;
  /** Zeros: the bias is added at the end. */
  noBias: usize;
  /** Sixteen cells for what does not fit into a row. */
  rest: usize;
}

/** Makes every target plane. */
export function winograd(job: Job, parts: Winograd): void {
  packTransformed(job, parts);
  let source = job.source;
  let target = job.target;
  for (let n = 0; n < job.batch; n++)
    for (let g = 0; g < job.groups; g++) {
      for (let y = 0; y < job.rows; y += 2 * parts.tileRows)
        makeTiles(job, parts, g, source, target, y, min(y + 2 * parts.tileRows, job.rows));
      source += job.depth * job.sourcePlane;
      target += job.filters * job.targetPlane;
    }
}

function makeTiles(
  job: Job,
  parts: Winograd,
  g: i32,
  source: usize,
  target: usize,
  top: i32,
  bottom: i32,
): void {
  fillBand(job, source, top, bottom - top + 2, 0, job.columns + 2);
  const tileRows = (bottom - top + 1) >> 1;
  const plane = (parts.tiles * parts.tileRows) << 2;
  const row = parts.tiles << 2;
  for (let c = 0; c < job.depth; c++)
    for (let t = 0; t < tileRows; t++)
      transformInput(
        job.band + c * job.bandPlane + 2 * t * job.bandRow,
        job.bandRow,
        job.bandSplit,
        parts.input + c * plane + t * row,
        parts.inputApart,
        parts.tiles,
      );
  for (let e = 0; e < 16; e++)
    for (let b = 0; b < job.blockCount; b++) {
      const block = blockOf(job, parts, g, e, b);
      const from = parts.input + e * parts.inputApart;
      const to = parts.products + e * parts.productsApart + block.first * plane;
      makeRows(block, 0, from, 0, to, 0, plane, 1, tileRows * parts.tiles, parts.noBias);
    }
  for (let f = 0; f < job.filters; f++)
    for (let t = 0; t < tileRows; t++)
      transformOutput(
        parts.products + f * plane + t * row,
        parts.productsApart,
        target + f * job.targetPlane + (top + 2 * t) * job.targetRow,
        job.targetRow,
        min(2, bottom - top - 2 * t),
        job.columns,
        job.bias + ((g * job.filters + f) << 2),
        parts.rest,
      );
}

function blockOf(job: Job, parts: Winograd, g: i32, e: i32, b: i32): Block {
  const at = (g * 16 + e) * job.blockCount + b;
  return changetype<Block>(parts.blocks + at * offsetof<Block>());
}

/** Writes the records of all blocks: the transformed kernels G · w · Gᵀ, one tap a source plane. */
function packTransformed(job: Job, parts: Winograd): void {
  const plane = (parts.tiles * parts.tileRows) << 2;
  const taps = changetype<Phase>(job.phases).taps;
  for (let g = 0; g < job.groups; g++)
    for (let b = 0; b < job.blockCount; b++) {
      const first = blockOf(job, parts, g, 0, b);
      const record = 4 + (first.planes << 2);
      for (let e = 0; e < 16; e++) {
        const block = blockOf(job, parts, g, e, b);
        for (let c = 0; c < job.depth; c++) store<u32>(block.records + c * record, c * plane);
        block.end = block.records + job.depth * record;
      }
      // From one of the sixteen to the next: every one has its records laid out alike.
      const apart = blockOf(job, parts, g, 1, b).records - first.records;
      for (let k = 0; k < first.planes; k++) {
        const from = g * job.weightGroup + (first.first + k) * job.weightChannel;
        for (let c = 0; c < job.depth; c++)
          transformKernel(
            job.weights + (from << 2),
            taps + c * 72,
            first.records + c * record + 4 + (k << 2),
            apart,
          );
      }
    }
}

/** Nine weights, found by nine taps, to sixteen numbers `apart` from one another. */
function transformKernel(weights: usize, taps: usize, to: usize, apart: usize): void {
  for (let v = 0; v < 3; v++) {
    // G times column v: rows 0, (0 + 1 + 2) / 2, (0 − 1 + 2) / 2, 2; kept in the first three columns for now.
    const w0 = load<f32>(weights + (load<u32>(taps + (v << 3), 4) << 2));
    const w1 = load<f32>(weights + (load<u32>(taps + (v << 3), 28) << 2));
    const w2 = load<f32>(weights + (load<u32>(taps + (v << 3), 52) << 2));
    const half: f32 = 0.5 * (w0 + w2);
    const at = to + v * apart;
    store<f32>(at, w0);
    store<f32>(at + 4 * apart, half + 0.5 * w1);
    store<f32>(at + 8 * apart, half - 0.5 * w1);
    store<f32>(at + 12 * apart, w2);
  }
  for (let u = 0; u < 4; u++, to += 4 * apart) {
    const w0 = load<f32>(to);
    const w1 = load<f32>(to + apart);
    const w2 = load<f32>(to + 2 * apart);
    const half: f32 = 0.5 * (w0 + w2);
    store<f32>(to + apart, half + 0.5 * w1);
    store<f32>(to + 2 * apart, half - 0.5 * w1);
    store<f32>(to + 3 * apart, w2);
  }
}

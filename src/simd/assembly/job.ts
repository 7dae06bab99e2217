// What the kernels are told. The fields stand in the same order in `../layout.ts`, which writes them; a test holds both.
// Addresses, and steps from one row or plane to the next, are in bytes; everything else counts cells.

/**
 * A correlation: every target cell (i, j) of a phase is a sum over taps of weight · source position
 * (i · rowStride + tap row, j · columnStride + tap column). Positions are looked up in the tables: index, or −1 for a zero.
 */
@unmanaged
export class Job {
  batch: i32;
  groups: i32;
  /** Source planes a target plane reads, and target planes, of one group. */
  depth: i32;
  filters: i32;
  source: usize;
  sourcePlane: i32;
  sourceRow: i32;
  target: usize;
  targetPlane: i32;
  targetRow: i32;
  rowTable: usize;
  columnTable: usize;
  /** The positions first … first + count − 1 are the source's columns 0 … count − 1. */
  columnFirst: i32;
  columnCount: i32;
  /** The same of its rows. */
  rowFirst: i32;
  rowCount: i32;
  rowStride: i32;
  columnStride: i32;
  /** Positions from the first tap to the last, both included. */
  rowReach: i32;
  columnReach: i32;
  /** Rows and columns of the longest phase. */
  rows: i32;
  columns: i32;
  /** Phase (r, q) writes target rows r, r + rowStep, …; columns q, q + columnStep, … */
  rowPhases: i32;
  columnPhases: i32;
  /** Target columns, where they are put together from phases. */
  targetColumns: i32;
  phases: usize;
  /** Target rows of a phase that are made from one filling of the band, and from what stays in the nearest cache. */
  bandRows: i32;
  nearRows: i32;
  band: usize;
  bandRow: i32;
  bandPlane: i32;
  /** From the positions p to the positions p + 1 (modulo the column stride), which stand apart. */
  bandSplit: i32;
  /** Rows that cannot be stored where they belong: too narrow for a vector, or of one phase among several. */
  scratch: usize;
  scratchRow: i32;
  scattered: i32;
  blocks: usize;
  blockCount: i32;
  weights: usize;
  weightGroup: i32;
  weightChannel: i32;
  bias: usize;
  /** Columns left … right − 1 and rows top … bottom − 1 read no padding, and the source is read where it stands. */
  inPlace: i32;
  /** One source plane, 3 × 3 taps without gaps, stride 1: kept in registers where no weight is 0. */
  square: i32;
  /** One target plane a group, small, of 3 × 3 taps and zeros around: made in strips where no weight is 0. */
  strips: i32;
  top: i32;
  bottom: i32;
  left: i32;
  right: i32;
}

/** Target cells that are made from the same taps: all of them, or for dX those that stand alike between the strides. */
@unmanaged
export class Phase {
  /** Pairs (offset in the band in bytes, index of the weight). */
  taps: usize;
  count: i32;
  rows: i32;
  columns: i32;
}

/** Target planes that are made together, in one phase of one group. */
@unmanaged
export class Block {
  /** A record a tap: its offset, then one weight a plane. Taps whose weights are all 0 are left out. */
  records: usize;
  end: usize;
  first: i32;
  planes: i32;
}

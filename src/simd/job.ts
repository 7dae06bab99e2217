import { longest, type WalkAxis } from "./axes.ts";
import { type Correlation, type PhaseTap, tapsOfPhase } from "./correlation.ts";
import type { Fields, Layout } from "./layout.ts";

/** Where the tensors of a correlation stand. */
export interface Places {
  readonly source: number;
  readonly target: number;
  readonly weights: number;
  /** One number a target plane. */
  readonly bias: number;
}

/** What of the source is at hand at once: a part of the second cache. */
const BAND_BYTES = 384 * 1024;
/** What of it is gone through for all target planes before the next rows: about the first cache. */
const NEAR_BYTES = 24 * 1024;
/** Rows this long are worth being read where they stand. */
const LEAST_IN_PLACE = 128;

export const lines = (bytes: number) => Math.ceil(bytes / 16) * 16;
const between = (least: number, v: number, most: number) => Math.max(least, Math.min(most, v));

/** Target planes that are made together: threes, and fours for what does not go into threes. */
export function blocksOf(planes: number): number[] {
  if (planes < 3) return [planes];
  if (planes === 5) return [3, 2];
  const fours = planes % 3;
  const threes = (planes - 4 * fours) / 3;
  return [...new Array<number>(threes).fill(3), ...new Array<number>(fours).fill(4)];
}

/** How the band is cut: steps in bytes, rows of the longest phase. */
function bandOf(c: Correlation, inPlace: boolean) {
  const { rows, columns, depth } = c;
  const [tall, wide] = [longest(rows), longest(columns)];
  const positions = (wide - 1) * columns.stride + columns.reach;
  const split = lines((Math.ceil(positions / columns.stride) + 4) * 4);
  const row = inPlace ? columns.source * 4 : split * columns.stride;
  const reached = (n: number) => (n - 1) * rows.stride + rows.reach;
  const fits = (bytes: number) =>
    Math.floor((bytes / (row * depth) - rows.reach) / rows.stride) + 1;
  const bandRows = between(Math.min(4, tall), fits(BAND_BYTES), tall);
  const nearRows = between(Math.min(4, bandRows), fits(NEAR_BYTES), bandRows);
  return { row, split, plane: row * reached(bandRows), rows: bandRows, near: nearRows };
}

/** Rows and columns that read no padding; the frame beside them is four columns wide or nothing. */
function interior(c: Correlation) {
  const { rows, columns } = c;
  const [tall, wide] = [longest(rows), longest(columns)];
  const left = Math.max(0, columns.first);
  const right = Math.min(wide, columns.first + columns.source - columns.reach + 1);
  return {
    top: Math.max(0, rows.first),
    bottom: Math.min(tall, rows.first + rows.source - rows.reach + 1),
    left: left === 0 ? 0 : Math.max(left, 4),
    right: right === wide ? wide : Math.min(right, wide - 4),
  };
}

type Steps = Pick<Fields<"Job">, "bandPlane" | "bandRow" | "bandSplit" | "columnStride">;

/** Where in the band a tap stands, from the position of its target cell on, in bytes. */
export function offsetOf(steps: Steps, tap: Omit<PhaseTap, "weight">): number {
  const { bandPlane, bandRow, bandSplit, columnStride } = steps;
  return (
    tap.plane * bandPlane +
    tap.row * bandRow +
    (tap.column % columnStride) * bandSplit +
    Math.floor(tap.column / columnStride) * 4
  );
}

/** Takes what a correlation needs beside its tensors, and says how it is done: what is to be written down as its Job. */
export function layOut(
  layout: Layout,
  c: Correlation,
  places: Places,
  mayBeInPlace: boolean,
): Fields<"Job"> {
  const { rows, columns, groups, depth, filters, weightSteps } = c;
  const [tall, wide] = [longest(rows), longest(columns)];
  const [down, across] = [rows.phases.length, columns.phases.length];
  const scattered = across > 1 || wide < 4;
  const inner = interior(c);
  const inPlace =
    mayBeInPlace &&
    depth === 1 &&
    rows.stride === 1 &&
    columns.stride === 1 &&
    !scattered &&
    down === 1 &&
    inner.right - inner.left >= LEAST_IN_PLACE &&
    Math.max(inner.left, wide - inner.right) + columns.reach <= columns.source &&
    inner.bottom > inner.top;
  const band = bandOf(c, inPlace);
  const steps = {
    bandPlane: band.plane,
    bandRow: band.row,
    bandSplit: band.split,
    columnStride: columns.stride,
  };
  const phases = rows.phases.flatMap((row, r) =>
    columns.phases.map((column, q) => {
      const taps = tapsOfPhase(c, r, q);
      return {
        taps: layout.ints(taps.flatMap((tap) => [offsetOf(steps, tap), tap.weight])),
        count: taps.length,
        rows: row.length,
        columns: column.length,
      };
    }),
  );
  const blocks = blocksOf(filters);
  const scratchRow = lines(Math.max(4, wide) * 4);
  return {
    batch: c.batch,
    groups,
    depth,
    filters,
    source: places.source,
    sourcePlane: rows.source * columns.source * 4,
    sourceRow: columns.source * 4,
    target: places.target,
    targetPlane: rows.target * columns.target * 4,
    targetRow: columns.target * 4,
    rowTable: layout.ints(rows.table),
    columnTable: layout.ints(columns.table),
    columnFirst: columns.first,
    columnCount: columns.source,
    rowFirst: rows.first,
    rowCount: rows.source,
    rowStride: rows.stride,
    rowReach: rows.reach,
    columnReach: columns.reach,
    rows: tall,
    columns: wide,
    rowPhases: down,
    columnPhases: across,
    targetColumns: columns.target,
    phases: layout.records("Phase", phases),
    bandRows: band.rows,
    nearRows: band.near,
    band: layout.take(band.plane * depth),
    scratch: scattered
      ? layout.take(across * Math.max(...blocks) * band.near * scratchRow)
      : layout.take(0),
    scratchRow,
    scattered: Number(scattered),
    blocks: layout.records(
      "Block",
      Array.from({ length: groups }, () => blocksIn(layout, blocks, phases)).flat(),
    ),
    blockCount: blocks.length,
    weights: places.weights,
    weightGroup: weightSteps.group,
    weightChannel: weightSteps.target,
    bias: places.bias,
    inPlace: Number(inPlace),
    square: Number(c.depth === 1 && isThree(rows) && isThree(columns)),
    strips: Number(c.filters === 1 && isForStrips(c)),
    ...inner,
    ...steps,
  };
}

/** The blocks of one group: by planes, then by phases. */
export function blocksIn(
  layout: Layout,
  blocks: readonly number[],
  phases: readonly { readonly count: number }[],
): Fields<"Block">[] {
  let first = 0;
  return blocks.flatMap((planes) => {
    const begin = first;
    first += planes;
    return phases.map(({ count }) => {
      const records = layout.take(count * 4 * (1 + planes));
      return { records, end: records, first: begin, planes };
    });
  });
}

/** 3 taps side by side, stride 1. */
export function isThree({ stride, phases, reach }: WalkAxis): boolean {
  return stride === 1 && phases.length === 1 && phases[0]!.taps.length === 3 && reach === 3;
}

/** Planes up to this are gone through four columns at a time, from top to bottom. */
const STRIP_BYTES = 16 * 1024;

/** Whether around the source, as far as taps reach, is nothing but zeros, `most` before it and behind it. */
function hasZerosAround({ table, first, source }: WalkAxis, most: number): boolean {
  return (
    first >= 0 &&
    first <= most &&
    table.length - first - source <= most &&
    table.every((v, p) => v === (p >= first && p < first + source ? p - first : -1))
  );
}

/** Small planes by 3 × 3 taps, with zeros around. */
export function isForStrips({ rows, columns }: Correlation): boolean {
  return (
    isThree(rows) &&
    isThree(columns) &&
    rows.source * columns.source * 4 <= STRIP_BYTES &&
    rows.source >= 3 &&
    columns.target >= 5 &&
    hasZerosAround(rows, 2) &&
    hasZerosAround(columns, 1)
  );
}

import { type Document, layerOf } from "./document.ts";
import { ConvError } from "./errors.ts";
import type { Geometry } from "./geometry.ts";
import { checkLayer } from "./layer.ts";
import { axesOf, checkSpec } from "./spec.ts";
import { sizeOf } from "./tensor.ts";

/** The most this application takes: what a browser tab answers within a few seconds and holds in memory. */
export const LIMITS = {
  N: 64,
  C: 64,
  F: 64,
  H: 1024,
  W: 1024,
  kH: 31,
  kW: 31,
  /** Rows, and columns, of the padded input. */
  padded: 2048,
  /** Cells of X. */
  cells: 4e6,
  /** Cells of X padded, and of Y. */
  derivedCells: 1e7,
  /** Of one forward pass. */
  multiplyAdds: 2e9,
} as const;

export type Size = "N" | "C" | "F" | "H" | "W" | "kH" | "kW";

const UNITS = {
  N: "examples",
  C: "channels",
  F: "filters",
  H: "rows",
  W: "columns",
  kH: "kernel rows",
  kW: "kernel columns",
} as const satisfies Record<Size, string>;

/** A size this application takes, or a refusal: asked before anything is allocated. */
export function checkSize(field: Size, value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= LIMITS[field]) return value;
  const size = Number.isInteger(value) ? `is ${value}` : `${value} is not a whole number`;
  throw new ConvError(field, size, `1 to ${LIMITS[field]} ${UNITS[field]}`);
}

/** Refuses an input too large to hold, before it is made. */
export function checkInputShape(shape: readonly number[]): void {
  const [N, C, H, W] = shape as [number, number, number, number];
  checkSize("N", N);
  checkSize("C", C);
  checkSize("H", H);
  checkSize("W", W);
  if (sizeOf(shape) > LIMITS.cells)
    throw new ConvError(
      "X",
      `${shape.join(" × ")} is ${count(sizeOf(shape))} cells`,
      `up to ${count(LIMITS.cells)} cells, ${fitting({ example: N, channel: C }, sizeOf(shape) / LIMITS.cells)}`,
    );
}

/** Refuses a kernel with an axis that is too long, before it is made. */
export function checkKernelShape(shape: readonly number[]): void {
  const [F, depth, kH, kW] = shape as [number, number, number, number];
  checkSize("F", F);
  checkSize("C", depth);
  checkSize("kH", kH);
  checkSize("kW", kW);
}

/** 3200000 as "3.2 million". */
function count(n: number): string {
  const [unit, name] = n >= 1e9 ? [1e9, "billion"] : [1e6, "million"];
  return `${Number((n / unit).toPrecision(3))} ${name}`;
}

/** What would have to come down, where `excess` times too much is asked: one of these sizes, or the picture. */
function fitting(sizes: Readonly<Record<string, number>>, excess: number): string {
  const ways = Object.entries(sizes)
    .map(([unit, n]) => ({ unit, n, most: Math.floor(n / excess) }))
    .filter(({ n, most }) => most >= 1 && most < n)
    .map(({ unit, most }) => `${most} ${unit}${most === 1 ? "" : "s"}`);
  return `which ${[...ways, "a smaller input"].join(" or ")} would give`;
}

/**
 * The geometry of a document that this application can show.
 * @throws ConvError as `checkLayer`, and where a limit is passed: it says what would fit.
 */
export function checkDocument(document: Document): Geometry {
  const layer = layerOf(document);
  const spec = checkSpec(layer.spec);
  const { N, C, H, W, F, kH, kW, groups } = spec;
  checkInputShape([N, C, H, W]);
  checkKernelShape([F, C / groups, kH, kW]);
  const { rows, columns } = axesOf(spec);
  for (const [axis, side, unit] of [
    [rows, "top", "rows"],
    [columns, "left", "columns"],
  ] as const)
    if (axis.padded > LIMITS.padded)
      throw new ConvError(
        `padding.${side}`,
        `makes ${axis.padded} ${unit} of ${axis.n}`,
        `up to ${LIMITS.padded} padded ${unit}`,
      );
  const sizes = { filter: F, example: N };
  checkCells("X padded", N * C * rows.padded * columns.padded, { example: N, channel: C });
  checkCells("Y", N * F * rows.out * columns.out, sizes);
  const multiplyAdds = N * F * rows.out * columns.out * (C / groups) * kH * kW;
  if (multiplyAdds > LIMITS.multiplyAdds)
    throw new ConvError(
      "multiply-adds",
      `${count(multiplyAdds)} multiply-adds are too many for one answer`,
      `up to ${count(LIMITS.multiplyAdds)}, ${fitting(sizes, multiplyAdds / LIMITS.multiplyAdds)}`,
    );
  return checkLayer(layer);
}

function checkCells(field: string, cells: number, sizes: Readonly<Record<string, number>>): void {
  if (cells > LIMITS.derivedCells)
    throw new ConvError(
      field,
      `has ${count(cells)} cells`,
      `up to ${count(LIMITS.derivedCells)}, ${fitting(sizes, cells / LIMITS.derivedCells)}`,
    );
}

import { type Document, layerOf } from "./document.ts";
import { ConvError } from "./errors.ts";
import type { Geometry } from "./geometry.ts";
import { checkLayer } from "./layer.ts";
import { bytesInWords, bytesOf, memoryBudget, mostInputCells } from "./memory.ts";
import { axesOf, checkSpec } from "./spec.ts";
import { sizeOf } from "./tensor.ts";

/** The most this application takes, whatever the memory: what a browser tab answers within a few seconds. */
export const LIMITS = {
  N: 64,
  C: 64,
  F: 64,
  H: 4096,
  W: 4096,
  kH: 31,
  kW: 31,
  /** Rows, and columns, of the padded input. */
  padded: 8192,
  /** Numbers that a link, a file of images or a layer of a network may hold. */
  numbers: 4e6,
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
  const most = mostInputCells();
  if (sizeOf(shape) > most)
    throw new ConvError(
      "X",
      `${shape.join(" × ")} is ${count(sizeOf(shape))} cells`,
      `up to ${count(most)} cells, ${fitting({ example: N, channel: C }, sizeOf(shape) / most)}${BUDGET}`,
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
  const multiplyAdds = N * F * rows.out * columns.out * (C / groups) * kH * kW;
  if (multiplyAdds > LIMITS.multiplyAdds)
    throw new ConvError(
      "multiply-adds",
      `${count(multiplyAdds)} multiply-adds are too many for one answer`,
      `up to ${count(LIMITS.multiplyAdds)}, ${fitting(sizes, multiplyAdds / LIMITS.multiplyAdds)}`,
    );
  const g = checkLayer(layer);
  checkMemory(g, layer.x.data.byteLength, sizes);
  return g;
}

/** Refuses what would take more memory than the figure may, before any of it is taken. */
function checkMemory(g: Geometry, x: number, sizes: Readonly<Record<string, number>>): void {
  const [needed, budget] = [bytesOf(g, x), memoryBudget()];
  // X stays what it is, however few filters there are
  const fixed = bytesOf({ ...g, shapes: { ...g.shapes, Y: [0] } }, x);
  const excess = budget > fixed ? (needed - fixed) / (budget - fixed) : Number.POSITIVE_INFINITY;
  if (needed > budget)
    throw new ConvError(
      "memory",
      `X, Y and what leads back would take ${bytesInWords(needed)}`,
      `up to ${bytesInWords(budget)}, ${fitting(sizes, excess)}${BUDGET}`,
    );
}

/** Where more can be allowed. */
const BUDGET = "; “Memory” under “Precision” sets how much";

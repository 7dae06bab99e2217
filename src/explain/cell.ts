import { activatedAt, slopeAt } from "../activate.ts";
import { type CellRef, TENSORS, type TensorName } from "../cell.ts";
import type { Answer, Backward } from "../forward.ts";
import { type Geometry, inputOfPadded, type Tap, tapsOf } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { type Tensor, unravel } from "../tensor.ts";
import { indicesAt } from "./indices.ts";
import { arraysOf, countOf } from "./rows.ts";

/** The output and the slot of a cell of T. */
export function slotOf(g: Geometry, index: number): { readonly y: number; readonly slot: number } {
  return { y: Math.floor(index / g.window), slot: index % g.window };
}

/** The tap whose product is cell `index` of T. */
export function tapAt(g: Geometry, index: number): Tap {
  const { y, slot } = slotOf(g, index);
  return tapsOf(g, "Y", y)[slot]!;
}

/** The output of a cell of S, and the channel whose products it sums, by its number in X. */
export function channelPartOf(
  g: Geometry,
  index: number,
): { readonly y: number; readonly channel: number } {
  const y = Math.floor(index / g.depth);
  const group = Math.floor(unravel(g.shapes.Y, y)[1]! / g.filtersPerGroup);
  return { y, channel: group * g.depth + (index % g.depth) };
}

/** The number that stands in a padded cell: a cell of X, or a padding zero (x = −1). */
export function inputValue(layer: Layer, x: number): number {
  return x < 0 ? 0 : layer.x.data[x]!;
}

/** x · w of a tap. A padding zero adds nothing, whatever its weight. */
export function productOf(layer: Layer, { x, w }: Tap): number {
  return x < 0 ? 0 : layer.x.data[x]! * layer.w.data[w]!;
}

type ValueAt = (g: Geometry, layer: Layer, answer: Answer, index: number) => number;

/** A gradient's number; NaN before the way back has been gone. */
const fromBack =
  (read: (back: Backward) => Tensor): ValueAt =>
  (_g, _layer, { back }, index) =>
    back ? read(back).data[index]! : Number.NaN;

/**
 * The number in a cell of each tensor, from what it is made of: added up in float64, whatever the layer was computed in.
 * Gradients of which every tap cannot be gone over for one cell are the answer's.
 */
const VALUES: Readonly<Record<TensorName, ValueAt>> = {
  X: (_g, { x }, _answer, index) => x.data[index]!,
  P: (g, layer, _answer, index) => inputValue(layer, inputOfPadded(g, index)),
  W: (_g, { w }, _answer, index) => w.data[index]!,
  b: (_g, { b }, _answer, index) => b.data[index]!,
  Z: (g, layer, _answer, index) => outputAt(g, layer, index),
  Y: (g, layer, _answer, index) => activatedAt(g.spec.activation, outputAt(g, layer, index)),
  T: (g, layer, _answer, index) => productOf(layer, tapAt(g, index)),
  S: (g, layer, _answer, index) => channelSum(g, layer, index),
  R: (g, layer, _answer, index) => inputValue(layer, tapsOf(g, "R", index)[0]!.x),
  K: (g, _layer, _answer, index) => indicesAt(g, index).k,
  I: (g, _layer, _answer, index) => indicesAt(g, index).i,
  J: (g, _layer, _answer, index) => indicesAt(g, index).j,
  U: fromBack(({ upstream }) => upstream),
  D: fromBack(({ delta }) => delta),
  G: (g, layer, _answer, index) => slopeAt(g.spec.activation, outputAt(g, layer, index)),
  TG: (_g, _layer, { back }, index) => back?.target?.tensor.data[index] ?? Number.NaN,
  TX: (g, layer, { back }, index) => {
    const { y, w } = tapAt(g, index);
    return (back?.delta.data[y] ?? Number.NaN) * layer.w.data[w]!;
  },
  TW: (g, layer, { back }, index) => {
    const { y, x } = tapAt(g, index);
    return x < 0 ? 0 : (back?.delta.data[y] ?? Number.NaN) * layer.x.data[x]!;
  },
  DR: (g, layer, { back }, index) =>
    tapsOf(g, "R", index).reduce(
      (sum, { y, w }) => sum + (back?.delta.data[y] ?? Number.NaN) * layer.w.data[w]!,
      0,
    ),
  DP: (g, layer, { back }, index) =>
    tapsOf(g, "P", index).reduce(
      (sum, { y, w }) => sum + (back?.delta.data[y] ?? Number.NaN) * layer.w.data[w]!,
      0,
    ),
  DX: fromBack(({ dx }) => dx),
  DW: fromBack(({ dw }) => dw),
  DB: fromBack(({ db }) => db),
  V: fromBack(({ update: { w } }) => w.before.velocity),
  V2: fromBack(({ update: { w } }) => w.after.velocity),
  W2: fromBack(({ update: { w } }) => w.after.parameters),
  VB: fromBack(({ update: { b } }) => b.before.velocity),
  VB2: fromBack(({ update: { b } }) => b.after.velocity),
  B2: fromBack(({ update: { b } }) => b.after.parameters),
};

/** The tensors that stand in a layer and its answer as they are. */
const HELD: Partial<Record<TensorName, (layer: Layer, answer: Answer) => Tensor | undefined>> = {
  X: ({ x }) => x,
  W: ({ w }) => w,
  Z: (_layer, { z }) => z,
  Y: (_layer, { y }) => y,
  U: (_layer, { back }) => back?.upstream,
  D: (_layer, { back }) => back?.delta,
  TG: (_layer, { back }) => back?.target?.tensor,
  DX: (_layer, { back }) => back?.dx,
  DW: (_layer, { back }) => back?.dw,
};

/** The tensor itself, in the precision it was computed in: for the colours of a picture; null where each cell follows from others. */
export function heldIn(layer: Layer, answer: Answer, name: TensorName): Tensor | null {
  return HELD[name]?.(layer, answer) ?? null;
}

/** Z at output `y`: its products in the order of the window, then the bias, as the exact tier adds them. */
export function outputAt(g: Geometry, layer: Layer, y: number): number {
  const sum = tapsOf(g, "Y", y).reduce((total, tap) => total + productOf(layer, tap), 0);
  return sum + layer.b.data[unravel(g.shapes.Y, y)[1]!]!;
}

/** The number in a cell. */
export function valueAt(g: Geometry, layer: Layer, answer: Answer, ref: CellRef): number {
  return VALUES[ref.tensor](g, layer, answer, ref.index);
}

/** What one channel adds to one output: its products in window order, where channels follow each other. */
function channelSum(g: Geometry, layer: Layer, index: number): number {
  const area = g.rows.k * g.columns.k;
  const first = (index % g.depth) * area;
  return tapsOf(g, "Y", Math.floor(index / g.depth))
    .slice(first, first + area)
    .reduce((sum, tap) => sum + productOf(layer, tap), 0);
}

/**
 * How many axes of a shape are worth an index: leading axes of length 1 are left out, rows and columns never.
 * One image and one filter are spoken of as matrices; names and programs agree on it.
 */
export function axesShown(shape: readonly number[]): number {
  const optional = shape.length === 1 ? 1 : shape.length - 2;
  let first = 0;
  while (first < optional && shape[first] === 1) first++;
  return shape.length - first;
}

/** The indices by which a cell of `shape` is named, height before width. */
export function indicesShown(shape: readonly number[], index: number): number[] {
  const axes = axesShown(shape);
  return axes === 0 ? [] : unravel(shape, index).slice(-axes);
}

/** `Y[1, 2]`, `W[0, 2, 1, 1]`, `b`, `δ[0, 1]`: a cell as sentences and programs name it. */
export function nameOf(g: Geometry, { tensor, index }: CellRef): string {
  const { kind, word } = TENSORS[tensor];
  if (kind === "T") {
    const { y, slot } = slotOf(g, index);
    return `product ${slot + 1} of ${nameOf(g, { tensor: "Y", index: y })}`;
  }
  if (kind === "S") {
    const { y, channel } = channelPartOf(g, index);
    return `channel ${channel} of ${nameOf(g, { tensor: "Y", index: y })}`;
  }
  if (tensor === "K" || tensor === "I" || tensor === "J") {
    const { cell, position } = indicesAt(g, index);
    if (tensor === "K") return `k[${cell}]`;
    const places = arraysOf(g) === "columns" ? [cell, position] : [position, cell];
    return `${word}[${places.join(", ")}]`;
  }
  const indices = indicesShown(g.shapes[kind], index);
  if (kind === "R") indices.push(countOf(g, indices.pop()!));
  return indices.length === 0 ? word : `${word}[${indices.join(", ")}]`;
}

/** Whether anything stands around the image: without a ring, the windows stand on X itself. */
export function hasPadding({ rows, columns }: Geometry): boolean {
  return rows.padded > rows.n || columns.padded > columns.n;
}

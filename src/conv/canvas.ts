import { type Axis, positionOf } from "../axis.ts";
import type { Geometry } from "../geometry.ts";
import { sizeOf, type Tensor, tensor } from "../tensor.ts";

// δ spread out again to where its windows stood: stride − 1 zeros between neighbours, and a margin of zeros around.
// Correlated at stride 1 with the kernels turned by 180° and their channels swapped, it gives the gradient of the input.

/** One axis of the canvas on which δ is spread. */
interface CanvasAxis {
  readonly length: number;
  /** Zeros before the first δ; negative: so many cells are cropped. */
  readonly before: number;
  /** Position → output index, or −1 for a zero between or around. */
  readonly source: Int32Array;
}

/** δ spread out: where each of its cells stands, N F rows columns. */
export interface Canvas {
  readonly rows: CanvasAxis;
  readonly columns: CanvasAxis;
  readonly shape: readonly number[];
}

/** How far the canvas reaches, by what is correlated from it. */
const MARGINS = {
  /** δ with stride − 1 zeros between, nothing around. */
  dilated: ({ out, stride }: Axis) => ({ before: 0, length: (out - 1) * stride + 1 }),
  /** d(k−1) zeros around, and the remainder after: gives the gradient of the padded input. */
  full: ({ effective, padded }: Axis) => ({
    before: effective - 1,
    length: padded + effective - 1,
  }),
  /** d(k−1) − p zeros around, cropped where that is negative: gives the gradient of the input alone. */
  trimmed: ({ effective, before, n }: Axis) => ({
    before: effective - 1 - before,
    length: n + effective - 1,
  }),
} as const satisfies Record<string, (axis: Axis) => { before: number; length: number }>;

export type CanvasName = keyof typeof MARGINS;

function canvasAxis(axis: Axis, name: CanvasName): CanvasAxis {
  const { before, length } = MARGINS[name](axis);
  const source = new Int32Array(length).fill(-1);
  for (let o = 0; o < axis.out; o++) {
    const p = before + positionOf(axis, o, 0);
    if (p >= 0 && p < length) source[p] = o;
  }
  return { length, before, source };
}

/** Where every cell of δ stands on the canvas of that name. */
export function canvasOf(g: Geometry, name: CanvasName): Canvas {
  const rows = canvasAxis(g.rows, name);
  const columns = canvasAxis(g.columns, name);
  return { rows, columns, shape: [g.spec.N, g.spec.F, rows.length, columns.length] };
}

/** The cell of δ that stands at a cell of the canvas, −1 for a zero; flat indices. */
export function deltaAt(g: Geometry, { rows, columns }: Canvas, index: number): number {
  const line = Math.floor(index / columns.length);
  const oh = rows.source[line % rows.length]!;
  const ow = columns.source[index % columns.length]!;
  if (oh < 0 || ow < 0) return -1;
  return (Math.floor(line / rows.length) * g.rows.out + oh) * g.columns.out + ow;
}

/** One number of a canvas that need not be built: δ spread out, at a flat index. */
export function canvasCell(g: Geometry, canvas: Canvas, delta: Tensor, index: number): number {
  const y = deltaAt(g, canvas, index);
  return y < 0 ? 0 : delta.data[y]!;
}

/** δ on the canvas of that name, N F rows columns. */
export function spreadDelta(g: Geometry, name: CanvasName, delta: Tensor): Tensor {
  const canvas = canvasOf(g, name);
  const spread = tensor(canvas.shape);
  for (let i = 0; i < sizeOf(canvas.shape); i++) spread.data[i] = canvasCell(g, canvas, delta, i);
  return spread;
}

/** δ with stride − 1 zeros between neighbours: N F (oH−1)·sH+1 (oW−1)·sW+1. */
export function dilate(g: Geometry, delta: Tensor): Tensor {
  return spreadDelta(g, "dilated", delta);
}

/** δ dilated, with d(k−1) zeros before and d(k−1) + remainder after: N F Hp+dH(kH−1) Wp+dW(kW−1). */
export function fullDelta(g: Geometry, delta: Tensor): Tensor {
  return spreadDelta(g, "full", delta);
}

/** δ dilated, with d(k−1) − padding zeros before and after (negative: cropped): N F H+dH(kH−1) W+dW(kW−1). */
export function trimmedDelta(g: Geometry, delta: Tensor): Tensor {
  return spreadDelta(g, "trimmed", delta);
}

import { type Axis, positionOf, visitReaders } from "../axis.ts";
import type { Geometry } from "../geometry.ts";
import { checkShape } from "../shapes.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { columnShape } from "./columns.ts";
import { rowGradient } from "./im2col.ts";
import { foldPadded } from "./pad.ts";

/** What is done with a number where one stands already: added, as it must be, or put in its place. */
export type Write = "+=" | "=";

/**
 * Rows laid back where `im2colRows` took them from, in their order, on the padded canvas: N·oH·oW × C·kH·kW → N C Hp Wp.
 * With "=" the last window that reads a cell wins: the mistake that shows why it must be "+=".
 * @throws ConvError when `rows` is no matrix of that shape.
 */
export function col2imPadded(g: Geometry, rows: Tensor, write: Write = "+="): Tensor {
  checkShape("col", rows, columnShape(g));
  const { spec, columns } = g;
  const canvas = tensor(g.shapes.P);
  let cell = 0;
  for (let n = 0; n < spec.N; n++)
    for (let oh = 0; oh < g.rows.out; oh++)
      for (let ow = 0; ow < columns.out; ow++)
        for (let c = 0; c < spec.C; c++)
          for (let t = 0; t < g.rows.k; t++) {
            const row = (n * spec.C + c) * g.rows.padded + positionOf(g.rows, oh, t);
            for (let u = 0; u < columns.k; u++) {
              const p = row * columns.padded + positionOf(columns, ow, u);
              const value = rows.data[cell++]!;
              canvas.data[p] = write === "+=" ? canvas.data[p]! + value : value;
            }
          }
  return canvas;
}

/**
 * The adjoint of `im2colRows`, not its inverse: ⟨im2col x, a⟩ = ⟨x, col2im a⟩. N·oH·oW × C·kH·kW → N C H W.
 * Overlaps are summed; the ring is cropped, or added to what it copied.
 * @throws ConvError when `rows` is no matrix of that shape.
 */
export function col2im(g: Geometry, rows: Tensor): Tensor {
  return foldPadded(g, col2imPadded(g, rows));
}

/** How many windows read each cell of the padded plane, Hp × Wp: col2im(im2col x) = X padded · coverage. */
export function coverage(g: Geometry): Tensor {
  const down = readersOf(g.rows);
  const across = readersOf(g.columns);
  return tensor(
    [down.length, across.length],
    down.flatMap((rows) => across.map((columns) => rows * columns)),
  );
}

/** For each position of an axis, how many outputs read it. */
function readersOf(axis: Axis): number[] {
  return Array.from({ length: axis.padded }, (_, p) => {
    let count = 0;
    visitReaders(axis, p, () => count++);
    return count;
  });
}

/** dX padded by GEMM and col2im: col2im(δ · W_col), N C Hp Wp. Source: the backward pass of Caffe. */
export function paddedGradientByCol2im(g: Geometry, w: Tensor, delta: Tensor): Tensor {
  return col2imPadded(g, rowGradient(g, w, delta));
}

import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { columnShape, im2colRows, outputOfRows, rowsOfOutput } from "./columns.ts";
import { kernelRows, windowKernels } from "./kernel.ts";
import { matrixOf, multiply, oneBelowOther, sideBySide, transposed } from "./matrix.ts";

// Convolution as one matrix product a group. A group has its own columns of `col` and of `out`, its own rows of W_col.

/** Z as a matrix before it is laid out as an image: col · W_colᵀ + b, N·oH·oW × F. */
export function gemm(g: Geometry, col: Tensor, { w, b }: Pick<Layer, "w" | "b">): Tensor {
  const { groups, F } = g.spec;
  const out = tensor([columnShape(g)[0], F]);
  const windows = sideBySide(matrixOf(col), groups);
  const kernels = oneBelowOther(matrixOf(kernelRows(g, w)), groups);
  for (const [i, into] of sideBySide(matrixOf(out), groups).entries())
    multiply(into, windows[i]!, transposed(kernels[i]!));
  for (let i = 0; i < out.data.length; i++) out.data[i] = out.data[i]! + b.data[i % F]!;
  return out;
}

/** Z by im2col and a matrix product. Source: Chellapilla, Puri & Simard 2006. */
export function forwardByIm2col(g: Geometry, layer: Layer): Tensor {
  return outputOfRows(g, gemm(g, im2colRows(g, layer.x), layer));
}

/** What each row of `col` did to L: δ · W_col, N·oH·oW × C·kH·kW. */
export function rowGradient(g: Geometry, w: Tensor, delta: Tensor): Tensor {
  const { groups } = g.spec;
  const dcol = tensor(columnShape(g));
  const deltas = sideBySide(matrixOf(rowsOfOutput(g, delta)), groups);
  const kernels = oneBelowOther(matrixOf(kernelRows(g, w)), groups);
  for (const [i, into] of sideBySide(matrixOf(dcol), groups).entries())
    multiply(into, deltas[i]!, kernels[i]!);
  return dcol;
}

/** dW = δᵀ · col, turned back from window order where the kernel was flipped; F C/groups kH kW. */
export function weightGradientByIm2col(g: Geometry, x: Tensor, delta: Tensor): Tensor {
  const { groups } = g.spec;
  const dw = tensor([g.spec.F, g.window]);
  const windows = sideBySide(matrixOf(im2colRows(g, x)), groups);
  const deltas = sideBySide(matrixOf(rowsOfOutput(g, delta)), groups);
  for (const [i, into] of oneBelowOther(matrixOf(dw), groups).entries())
    multiply(into, transposed(deltas[i]!), windows[i]!);
  return windowKernels(g, { shape: g.shapes.W, data: dw.data });
}

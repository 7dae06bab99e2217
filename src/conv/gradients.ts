import { type Geometry, visitOutput, visitPadded } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { type Tensor, tensor } from "../tensor.ts";

/** ∂L/∂X, ∂L/∂W and ∂L/∂b: sums over batch and space, never means. */
export interface Gradients {
  readonly dx: Tensor;
  readonly dw: Tensor;
  readonly db: Tensor;
}

/**
 * All three gradients from one walk over the taps: δ·w goes back to x, δ·x to w, δ to b.
 * `delta` is ∂L/∂Z, shaped like Y. What a reflected, replicated or circular ring read flows back to the cell it copied.
 */
export function gradientsByTaps(g: Geometry, { x, w }: Layer, delta: Tensor): Gradients {
  const dx = tensor(g.shapes.X);
  const dw = tensor(g.shapes.W);
  const db = tensor(g.shapes.b);
  const plane = g.rows.out * g.columns.out;
  for (let y = 0; y < delta.data.length; y++) {
    const d = delta.data[y]!;
    const f = Math.floor(y / plane) % g.spec.F;
    db.data[f] = db.data[f]! + d;
    visitOutput(g, y, (_p, i, j) => {
      if (i < 0) return;
      dx.data[i] = dx.data[i]! + d * w.data[j]!;
      dw.data[j] = dw.data[j]! + d * x.data[i]!;
    });
  }
  return { dx, dw, db };
}

/** The gradient of the padded input, N C Hp Wp: every cell the sum of δ·w over the taps that read it. */
export function paddedGradientByTaps(g: Geometry, w: Tensor, delta: Tensor): Tensor {
  const dp = tensor(g.shapes.P);
  for (let p = 0; p < dp.data.length; p++) {
    let sum = 0;
    visitPadded(g, p, (_p, _x, j, y) => {
      sum += delta.data[y]! * w.data[j]!;
    });
    dp.data[p] = sum;
  }
  return dp;
}

/** The sum of each channel over batch and positions, N F h w → F. Of δ it is db: a bias enters each output once. */
export function channelSums({ shape, data }: Tensor): Tensor {
  const [, F, h, w] = shape as [number, number, number, number];
  const sums = tensor([F]);
  const plane = h * w;
  for (let nf = 0; nf < data.length / plane; nf++) {
    const f = nf % F;
    for (let i = nf * plane; i < (nf + 1) * plane; i++) sums.data[f] = sums.data[f]! + data[i]!;
  }
  return sums;
}

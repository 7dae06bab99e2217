import { type Geometry, visitOutput } from "../geometry.ts";
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

import { type Geometry, visitOutput } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { type Tensor, tensor } from "../tensor.ts";

/**
 * Z = X ⋆ W + b by its definition: every output is the sum of its taps, then the bias.
 * All other algorithms are held against this one.
 */
export function reference(g: Geometry, { x, w, b }: Layer): Tensor {
  const z = tensor(g.shapes.Y);
  const plane = g.rows.out * g.columns.out;
  for (let y = 0; y < z.data.length; y++) {
    let sum = 0;
    visitOutput(g, y, (_p, i, j) => {
      if (i >= 0) sum += x.data[i]! * w.data[j]!;
    });
    z.data[y] = sum + b.data[Math.floor(y / plane) % g.spec.F]!;
  }
  return z;
}

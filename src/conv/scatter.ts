import { positionOf } from "../axis.ts";
import type { Geometry } from "../geometry.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { windowKernels } from "./kernel.ts";

/** dX padded as nested loops: every δ stamps its kernel, times δ, onto the windows it came from. N C Hp Wp. */
export function paddedGradientByScatter(g: Geometry, w: Tensor, delta: Tensor): Tensor {
  const { rows, columns, depth, filtersPerGroup, spec } = g;
  const kernels = windowKernels(g, w).data;
  const canvas = tensor(g.shapes.P);
  let y = 0;
  for (let n = 0; n < spec.N; n++)
    for (let f = 0; f < spec.F; f++) {
      const firstChannel = Math.floor(f / filtersPerGroup) * depth;
      for (let oh = 0; oh < rows.out; oh++)
        for (let ow = 0; ow < columns.out; ow++) {
          const d = delta.data[y++]!;
          let slot = f * g.window;
          for (let c = 0; c < depth; c++)
            for (let t = 0; t < rows.k; t++) {
              const plane = (n * spec.C + firstChannel + c) * rows.padded;
              const row = (plane + positionOf(rows, oh, t)) * columns.padded;
              for (let u = 0; u < columns.k; u++) {
                const p = row + positionOf(columns, ow, u);
                canvas.data[p] = canvas.data[p]! + d * kernels[slot++]!;
              }
            }
        }
    }
  return canvas;
}

import { positionOf } from "../axis.ts";
import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { windowKernels } from "./kernel.ts";
import { padInput } from "./pad.ts";

/**
 * Z = X ⋆ W + b as nested loops over the padded input: no test inside the innermost loop.
 * Adds in the order of the reference (c, kh, kw, then the bias), so the two agree to the last bit.
 */
export function direct(g: Geometry, layer: Layer): Tensor {
  const { rows, columns, depth, filtersPerGroup, spec } = g;
  const padded = padInput(g, layer.x).data;
  const window = windowKernels(g, layer.w).data;
  const z = tensor(g.shapes.Y);
  let y = 0;
  for (let n = 0; n < spec.N; n++)
    for (let f = 0; f < spec.F; f++) {
      const firstChannel = Math.floor(f / filtersPerGroup) * depth;
      const bias = layer.b.data[f]!;
      for (let oh = 0; oh < rows.out; oh++)
        for (let ow = 0; ow < columns.out; ow++) {
          let sum = 0;
          let w = f * g.window;
          for (let c = 0; c < depth; c++) {
            const plane = (n * spec.C + firstChannel + c) * rows.padded;
            for (let t = 0; t < rows.k; t++) {
              const row = (plane + positionOf(rows, oh, t)) * columns.padded;
              let p = row + ow * columns.stride;
              for (let u = 0; u < columns.k; u++) {
                sum += padded[p]! * window[w++]!;
                p += columns.dilation;
              }
            }
          }
          z.data[y++] = sum + bias;
        }
    }
  return z;
}

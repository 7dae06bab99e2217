import type { Geometry } from "../geometry.ts";
import { permute, reshape } from "../strided.ts";
import type { Tensor } from "../tensor.ts";

/** Every kernel turned by 180°, shape as it was: cell (f, c, kH−1−kh, kW−1−kw) at (f, c, kh, kw). */
export function rotate180(w: Tensor): Tensor {
  const area = w.shape[2]! * w.shape[3]!;
  const data = new Float64Array(w.data.length);
  for (let i = 0; i < data.length; i++) {
    const place = i % area;
    data[i - place + (area - 1 - place)] = w.data[i]!;
  }
  return { shape: w.shape, data };
}

/**
 * The kernels in the order in which windows meet them, F C/groups kH kW: as they are, or each turned by 180° for
 * true convolution. Its own inverse: it also takes a gradient in window order back to W.
 */
export function windowKernels(g: Geometry, w: Tensor): Tensor {
  return g.spec.flip ? rotate180(w) : w;
}

/** The kernels as rows: F × C/groups·kH·kW, row f the kernel of filter f in window order. `W_col`. */
export function kernelRows(g: Geometry, w: Tensor): Tensor {
  return reshape(windowKernels(g, w), [g.spec.F, g.window]);
}

/** In- and out-channels exchanged within each group: F C/groups kH kW → C F/groups kH kW. */
export function swapChannels(g: Geometry, w: Tensor): Tensor {
  const { groups, C, kH, kW } = g.spec;
  const grouped = reshape(w, [groups, g.filtersPerGroup, g.depth, kH, kW]);
  return reshape(permute(grouped, [0, 2, 1, 3, 4]), [C, g.filtersPerGroup, kH, kW]);
}

import type { Geometry } from "#engine";
import type { Contender } from "./contender.ts";
import type { Workload } from "./workloads.ts";

// Seven loops and nothing clever, for padding with zeros and one group: how it is written in an article. With float64 to
// write into, it is what every result is held against.

type Numbers = Float32Array | Float64Array;
type Visit = (x: number, w: number, y: number) => void;

/** Every tap that reads no padding, by flat indices. */
function everyTap({ spec, rows, columns }: Geometry, visit: Visit): void {
  const { N, C, H, W, F, kH, kW } = spec;
  for (let n = 0; n < N; n++)
    for (let f = 0; f < F; f++)
      for (let oh = 0; oh < rows.out; oh++)
        for (let ow = 0; ow < columns.out; ow++)
          for (let c = 0; c < C; c++)
            for (let kh = 0; kh < kH; kh++)
              for (let kw = 0; kw < kW; kw++) {
                const ih = oh * rows.stride + kh * rows.dilation - rows.before;
                const iw = ow * columns.stride + kw * columns.dilation - columns.before;
                if (ih < 0 || ih >= H || iw < 0 || iw >= W) continue;
                const x = ((n * C + c) * H + ih) * W + iw;
                const y = ((n * F + f) * rows.out + oh) * columns.out + ow;
                visit(x, ((f * C + c) * kH + kh) * kW + kw, y);
              }
}

export function forwardInto<Into extends Numbers>(z: Into, { g, x, w, b }: Workload): Into {
  const plane = g.rows.out * g.columns.out;
  for (let y = 0; y < z.length; y++) z[y] = b[Math.floor(y / plane) % g.spec.F]!;
  everyTap(g, (i, j, y) => {
    z[y]! += x[i]! * w[j]!;
  });
  return z;
}

export function inputGradientInto<Into extends Numbers>(dx: Into, { g, w, delta }: Workload): Into {
  dx.fill(0);
  everyTap(g, (i, j, y) => {
    dx[i]! += delta[y]! * w[j]!;
  });
  return dx;
}

export function weightGradientInto<Into extends Numbers>(
  dw: Into,
  { g, x, delta }: Workload,
): Into {
  dw.fill(0);
  everyTap(g, (i, j, y) => {
    dw[j]! += delta[y]! * x[i]!;
  });
  return dw;
}

export const naive: Contender = {
  name: "naive loop",
  prepare: (load) => ({
    forward: () => forwardInto(new Float32Array(load.delta.length), load),
    inputGradient: () => inputGradientInto(new Float32Array(load.x.length), load),
    weightGradient: () => weightGradientInto(new Float32Array(load.w.length), load),
  }),
};

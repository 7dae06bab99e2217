import type { Contender } from "../contender.ts";
import type { Workload } from "../workloads.ts";

interface Mat {
  readonly data32F: Float32Array;
}

/** What of OpenCV.js is used. */
export interface Cv {
  readonly Mat: new (rows?: number, columns?: number, type?: number) => Mat;
  readonly Point: new (x: number, y: number) => object;
  readonly CV_32F: number;
  readonly CV_32FC1: number;
  readonly BORDER_CONSTANT: number;
  filter2D(
    source: Mat,
    target: Mat,
    depth: number,
    kernel: Mat,
    anchor: object,
    delta: number,
    border: number,
  ): void;
}

/** OpenCV.js filter2D: one plane by one kernel, so only where a layer is just that, at stride 1. */
export function opencv(cv: Cv): Contender {
  return {
    name: "opencv",
    prepare({ g, x, w, b, delta }: Workload) {
      const { N, C, F, kH, kW } = g.spec;
      if (N * C * F !== 1 || g.rows.stride !== 1) return null;
      const filter = (input: Float32Array, weights: Float32Array, bias: number) => {
        const source = new cv.Mat(g.rows.n, g.columns.n, cv.CV_32FC1);
        const target = new cv.Mat(g.rows.n, g.columns.n, cv.CV_32FC1);
        const kernel = new cv.Mat(kH, kW, cv.CV_32FC1);
        const anchor = new cv.Point(-1, -1);
        const out = new Float32Array(input.length);
        return () => {
          source.data32F.set(input);
          kernel.data32F.set(weights);
          cv.filter2D(source, target, cv.CV_32F, kernel, anchor, bias, cv.BORDER_CONSTANT);
          out.set(target.data32F);
          return out;
        };
      };
      return {
        forward: filter(x, w, b[0]!),
        inputGradient: filter(delta, w.slice().reverse(), 0),
      };
    },
  };
}

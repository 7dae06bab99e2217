import {
  channelSums,
  checkLayer,
  checkSpec,
  col2im,
  coverage,
  DEFAULTS,
  FORWARD,
  foldPadded,
  type Geometry,
  geometryOf,
  INPUT_GRADIENTS,
  im2colRows,
  kernelRows,
  type Layer,
  permute,
  rowGradient,
  type Tensor,
  tensor,
  WEIGHT_GRADIENTS,
} from "#engine";
import type { Case } from "../case.ts";
import type { Comparison } from "../compare.ts";
import { comparer, compareSizes, type Op, tensorOf } from "./ask.ts";

/** The im2col article's layer: square strides and pads, columns as matrices, gradients by GEMM and col2im. */
export const im2colConv: Op = { compare: compareArticle };

function compareArticle(recorded: Case): Comparison[] {
  const { attrs, inputs = {} } = recorded;
  const { N, C, H, W, FN, FH, FW, stride, pad } = attrs as Readonly<Record<string, number>>;
  const spec = checkSpec({
    ...DEFAULTS,
    N,
    C,
    H,
    W,
    F: FN,
    kH: FH,
    kW: FW,
    stride: [stride, stride],
    padding: pad,
  });
  const [x, w] = [tensorOf("X", inputs.x), tensorOf("W", inputs.w)];
  const layer: Layer = { spec, x, w, b: tensorOf("b", inputs.b) };
  const g = checkLayer(layer);
  const delta = tensorOf("dout", inputs.dout);
  const col = im2colRows(g, x);
  const { done, add } = comparer(recorded);
  done.push(
    ...compareSizes("geometry", attrs, {
      outH: [g.rows.out],
      outW: [g.columns.out],
    }),
  );
  add("im2col", "col", col);
  add("im2col", "colW", permute(kernelRows(g, w), [1, 0]));
  add("im2col", "dcol", rowGradient(g, w, delta));
  add("col2im", "col2imOfIm2col", col2im(g, col));
  add("coverage", "coverage", croppedCoverage(g));
  for (const [name, { run }] of Object.entries(FORWARD)) add(name, "out", run(g, layer));
  for (const [name, { run }] of Object.entries(INPUT_GRADIENTS))
    add(name, "dx", run(g, layer, delta));
  for (const [name, { run }] of Object.entries(WEIGHT_GRADIENTS)) {
    const { dw, db } = run(g, layer, delta);
    add(name, "dW", dw);
    add(name, "db", db);
  }
  add("channelSums", "db", channelSums(delta));
  return done;
}

/** The coverage of the image without its ring, for every plane of X. */
function croppedCoverage(g: Geometry): Tensor {
  const { N, C } = g.spec;
  const one = geometryOf({ ...g.spec, N: 1, C: 1, F: 1 });
  const plane = foldPadded(one, tensor(one.shapes.P, coverage(g).data));
  const planes = Array.from({ length: N * C }, () => [...plane.data]).flat();
  return tensor(g.shapes.X, planes);
}

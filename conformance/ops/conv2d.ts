import {
  channelSums,
  checkGradient,
  checkLayer,
  coverage,
  dilate,
  FORWARD,
  featuresHere,
  forwardByView,
  fullDelta,
  type Geometry,
  gather,
  INPUT_GRADIENTS,
  im2colRows,
  type Layer,
  MEMORIES,
  type MemoryName,
  PASSES,
  padInput,
  planOf,
  readView,
  reshape,
  rotate180,
  rowsOfUnfold,
  type Tensor,
  type Tier,
  unfold,
  viewOf,
  WEIGHT_GRADIENTS,
  WINDOW_ORDERS,
  type WindowOrder,
} from "#engine";
import type { Case } from "../case.ts";
import type { Comparison, Found } from "../compare.ts";
import { comparer, compareSizes, geometryAsked, layerOf, type Op, tensorOf } from "./ask.ts";

export const conv2d: Op = {
  compare: compareConv,
  outShape: (asked) => geometryAsked(asked).shapes.Y,
};

export const conv2dBackward: Op = {
  outShape(asked) {
    const g = geometryAsked(asked);
    checkGradient(g, tensorOf("∂L/∂Y", asked.tensors?.dy));
    return g.shapes.X;
  },
};

type Add = (algorithm: string, output: string, found: Found, scale?: number) => void;

function compareConv(recorded: Case): Comparison[] {
  const { attrs, inputs = {} } = recorded;
  const layer = layerOf(attrs, inputs);
  const g = checkLayer(layer);
  const { done, add } = comparer(recorded);
  done.push(...compareSizes("geometry", attrs, sizesOf(g)));
  compareWindows(g, layer, add);
  compareForward(g, layer, add);
  if (inputs.dy) {
    const delta = tensorOf("dy", inputs.dy);
    checkGradient(g, delta);
    compareBackward(g, layer, delta, add);
    comparePlans(g, layer, delta, add);
  }
  return done;
}

function sizesOf(g: Geometry) {
  return {
    outH: [g.rows.out],
    outW: [g.columns.out],
    uncovered: [g.rows.remainder, g.columns.remainder],
  };
}

/** The same windows by each way of laying them out. */
function compareWindows(g: Geometry, { x }: Layer, add: Add): void {
  const rows = im2colRows(g, x);
  add("padInput", "xPadded", padInput(g, x));
  add("im2col", "im2col", rows);
  add(
    "view",
    "im2col",
    reshape(readView(padInput(g, x).data, viewOf(g, "NCHW", "c kh kw")), rows.shape),
  );
  add("im2col", "unfold", unfold(g, x));
  add("unfold", "im2col", rowsOfUnfold(g, unfold(g, x)));
  // Of one sample, the columns of the index arrays are the layout of unfold.
  const { N } = g.spec;
  if (N === 1) add("indices", "unfold", reshape(gather(g, x), [N, rows.shape[1]!, rows.shape[0]!]));
  add("coverage", "coverage", coverage(g));
}

function compareForward(g: Geometry, layer: Layer, add: Add): void {
  for (const [name, { run }] of Object.entries(FORWARD)) add(name, "y", run(g, layer));
  for (const memory of Object.keys(MEMORIES) as MemoryName[])
    for (const order of Object.keys(WINDOW_ORDERS) as WindowOrder[])
      add(`view ${memory} (${order})`, "y", forwardByView(g, layer, memory, order));
}

function compareBackward(g: Geometry, layer: Layer, delta: Tensor, add: Add): void {
  for (const [name, { run, padded }] of Object.entries(INPUT_GRADIENTS)) {
    add(name, "dx", run(g, layer, delta));
    add(name, "dxPadded", padded(g, layer, delta));
  }
  for (const [name, { run }] of Object.entries(WEIGHT_GRADIENTS)) {
    const { dw, db } = run(g, layer, delta);
    add(name, "dw", dw);
    add(name, "db", db);
  }
  add("channelSums", "db", channelSums(delta));
  add("rotate", "deltaDilated", dilate(g, delta));
  add("rotate", "deltaFull", fullDelta(g, delta));
  add("rotate", "wRot180", rotate180(layer.w));
}

/** float32 has 29 bits less than the float64 for which the tolerances were recorded; where they are 0, both are exact. */
const COARSER = 2 ** 29;

/** Every tier, and what it falls back to where a browser lacks something. */
function plans(): (readonly [name: string, tier: Tier, lacks: readonly string[]])[] {
  const here = featuresHere();
  return [
    ["plan exact", "exact", []],
    ["plan strict", "strict", []],
    ["plan strict without SIMD", "strict", ["simd", "relaxedSimd"]],
    ["plan fast without FMA", "fast", ["relaxedSimd"]],
    ...(here.relaxedSimd ? [["plan fast", "fast", []] as const] : []),
  ];
}

function comparePlans(g: Geometry, { x, w, b }: Layer, delta: Tensor, add: Add): void {
  for (const [name, tier, lacks] of plans()) {
    const has = Object.entries(featuresHere()).map(([key, v]) => [key, v && !lacks.includes(key)]);
    const plan = planOf(g, tier, { features: Object.fromEntries(has) });
    plan.x.set(x.data);
    plan.w.set(w.data);
    plan.b.set(b.data);
    plan.delta.set(delta.data);
    for (const pass of PASSES) plan[pass]();
    const scale = tier === "exact" ? 1 : COARSER;
    add(name, "y", { shape: g.shapes.Y, data: plan.z }, scale);
    add(name, "dx", { shape: g.shapes.X, data: plan.dx }, scale);
    add(name, "dw", { shape: g.shapes.W, data: plan.dw }, scale);
    add(name, "db", { shape: g.shapes.b, data: plan.db }, scale);
  }
}

import {
  checkLayer,
  checkSgd,
  checkSpec,
  DEFAULTS,
  FORWARD,
  type Geometry,
  INPUT_GRADIENTS,
  type Layer,
  memoryOf,
  permute,
  readView,
  rotate180,
  type SgdRule,
  type Tensor,
  trimmedDelta,
  viewOf,
  WEIGHT_GRADIENTS,
} from "#engine";
import type { Case, Numbers } from "../case.ts";
import { type Comparison, compare } from "../compare.ts";
import { activationOf, comparer, compareSizes, listOf, type Op, tensorOf } from "./ask.ts";
import { runOf } from "./sgd.ts";

/** NumPyNet's layer: axis 1 of its NHWC is called w and stands for our rows, axis 2 (h) for our columns. */
export const layerNHWC: Op = { compare: compareLayer };

const toNCHW = (t: Tensor) => permute(t, [0, 3, 1, 2]);
const toNHWC = (t: Tensor) => permute(t, [0, 2, 3, 1]);
/** Weights there are kx, ky, c, filters. */
const toOIHW = (t: Tensor) => permute(t, [3, 2, 0, 1]);
const toHWIO = (t: Tensor) => permute(t, [2, 3, 1, 0]);

interface Attributes {
  readonly batch: number;
  readonly w: number;
  readonly h: number;
  readonly c: number;
  readonly filters: number;
  readonly size: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly pad: boolean;
  readonly activation: string;
  readonly alpha?: number;
}

function layerOf(recorded: Case): Layer {
  const { batch, w, h, c, filters, size, stride, pad } = recorded.attrs as unknown as Attributes;
  const { x, weights, bias } = recorded.inputs ?? {};
  const spec = checkSpec({
    ...DEFAULTS,
    N: batch,
    C: c,
    H: w,
    W: h,
    F: filters,
    kH: size[0],
    kW: size[1],
    stride,
    padding: pad ? "same" : "valid",
  });
  return {
    spec,
    x: toNCHW(tensorOf("X", x)),
    w: toOIHW(tensorOf("W", weights)),
    b: tensorOf("b", bias),
  };
}

function compareLayer(recorded: Case): Comparison[] {
  const { attrs } = recorded;
  const known = activationOf(attrs.activation, attrs.alpha);
  if (!known) return [];
  const layer = layerOf(recorded);
  const g = checkLayer(layer);
  const { done, add } = comparer(recorded);
  done.push(...compareSizesOf(g, recorded));
  const view = viewOf(g, "NHWC", "kh kw c");
  add("view", "view", readView(memoryOf(g, layer.x, "NHWC").data, view));
  for (const [name, { run }] of Object.entries(FORWARD))
    add(name, "output", toNHWC(known.activate(run(g, layer))));

  const dy = toNCHW(tensorOf("delta", recorded.inputs?.delta));
  const delta = known.deltaOf(FORWARD.view.run(g, layer), dy);
  add(String(attrs.activation), "deltaTimesGradient", toNHWC(delta));
  add("rotate", "dilatedPadded", toNHWC(trimmedDelta(g, delta)));
  add("rotate", "rotatedWeights", toHWIO(rotate180(layer.w)));
  for (const [name, { run }] of Object.entries(INPUT_GRADIENTS))
    add(name, "netDelta", toNHWC(run(g, layer, delta)));
  for (const [name, { run }] of Object.entries(WEIGHT_GRADIENTS)) {
    const { dw, db } = run(g, layer, delta);
    add(name, "weightsUpdate", toHWIO(dw));
    add(name, "biasUpdate", db);
  }
  const { dw, db } = WEIGHT_GRADIENTS.view.run(g, layer, delta);
  const step = checkSgd({ rule: "numpynet-sgd", lr: 0.01 });
  add("numpynet-sgd", "weightsAfterSgd", toHWIO(runOf(step, layer.w, [dw]).last));
  add("numpynet-sgd", "biasAfterSgd", runOf(step, layer.b, [db]).last);
  done.push(...compareUpdates(recorded, layer, dw, db));
  return done;
}

function compareSizesOf(g: Geometry, { attrs, outputs = {} }: Case): Comparison[] {
  const { pad } = attrs as unknown as Attributes;
  const { rows, columns } = g;
  // Without padding NumPyNet cuts off what no window reads; with padding it keeps it.
  const cropped = [rows, columns].map(({ n, remainder }) => (pad ? n : n - remainder));
  const found = { viewShape: viewOf(g, "NHWC", "kh kw c").shape, croppedSize: cropped };
  const { top, bottom, left, right } = outputs.pads as unknown as Record<string, number>;
  return [
    ...compareSizes("geometry", outputs, found),
    compare(
      "geometry",
      "pads",
      listOf([top!, bottom!, left!, right!]),
      listOf([rows.before, rows.after, columns.before, columns.after]),
      0,
    ),
  ];
}

/** Successive updates of the same parameters by the same gradient. */
interface Updates {
  readonly optimizer: string;
  readonly args: Readonly<Record<string, number>>;
  readonly lrUsed: Numbers;
  readonly biasAfterEachUpdate: Numbers;
  readonly weightsAfter3Updates: Numbers;
}

const RULES: Readonly<Record<string, SgdRule>> = {
  SGD: "numpynet-sgd",
  Momentum: "numpynet-momentum",
  NesterovMomentum: "numpynet-nesterov",
};

function compareUpdates(recorded: Case, layer: Layer, dw: Tensor, db: Tensor): Comparison[] {
  const { outputs = {}, tolerance = {} } = recorded;
  const all = (outputs.updates ?? []) as unknown as readonly Updates[];
  return all.flatMap((updates) => {
    const rule = RULES[updates.optimizer];
    const { decay = 0, ...args } = updates.args;
    const options = checkSgd({ ...args, rule, lrDecay: decay });
    const biases = runOf(options, layer.b, [db, db, db]);
    const weights = toHWIO(runOf(options, layer.w, [dw, dw, dw]).last);
    const found = {
      lrUsed: biases.lrUsed,
      biasAfterEachUpdate: biases.params,
      weightsAfter3Updates: weights,
    };
    return (Object.keys(found) as (keyof typeof found)[]).map((name) =>
      compare(options.rule, `updates.${name}`, updates[name], found[name], tolerance[name] ?? 0),
    );
  });
}

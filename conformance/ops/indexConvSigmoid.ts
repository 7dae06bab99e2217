import {
  ACTIVATIONS,
  activate,
  checkLayer,
  checkSgd,
  checkSpec,
  DEFAULTS,
  deltaOf,
  FORWARD,
  gather,
  INPUT_GRADIENTS,
  im2colColumns,
  indexArrays,
  type Layer,
  startSgd,
  stepSgd,
  WEIGHT_GRADIENTS,
} from "#engine";
import type { Case } from "../case.ts";
import type { Comparison } from "../compare.ts";
import { comparer, compareSizes, type Op, tensorOf } from "./ask.ts";

/** The index array article's layer: no padding, a sigmoid, and one plain update in place. */
export const indexConvSigmoid: Op = { compare: compareArticle };

const SIGMOID = { name: "sigmoid", alpha: 0 } as const;

function layerOf({ attrs, inputs = {} }: Case): Layer {
  const { in_channels, filter_size } = attrs as Readonly<Record<string, readonly number[]>>;
  const [C, H, W] = in_channels ?? [];
  const [kH, kW] = filter_size ?? [];
  const { batch, numfilters, stride } = attrs as Readonly<Record<string, number>>;
  const spec = checkSpec({
    ...DEFAULTS,
    N: batch,
    C,
    H,
    W,
    F: numfilters,
    kH,
    kW,
    stride: [stride, stride],
    activation: SIGMOID,
  });
  const [x, w] = [tensorOf("X", inputs.x), tensorOf("W", inputs.weights)];
  return { spec, x, w, b: tensorOf("b", inputs.biases) };
}

function compareArticle(recorded: Case): Comparison[] {
  const { attrs, inputs = {} } = recorded;
  const layer = layerOf(recorded);
  const g = checkLayer(layer);
  const { done, add } = comparer(recorded);
  done.push(...compareSizes("geometry", attrs, { outRow: [g.rows.out], outCol: [g.columns.out] }));
  const arrays = indexArrays(g);
  for (const name of ["k", "i", "j", "flatIndex"] as const) add("indices", name, arrays[name]);
  add("indices", "X_flattened", gather(g, layer.x));
  add("im2col", "X_flattened", im2colColumns(g, layer.x));
  for (const [name, { run }] of Object.entries(FORWARD))
    add(name, "out_activation", activate(SIGMOID, run(g, layer)));

  const z = FORWARD.indices.run(g, layer);
  const delta = deltaOf(SIGMOID, z, tensorOf("delta", inputs.delta));
  add(ACTIVATIONS.sigmoid.label, "del_in", delta);
  for (const [name, { run }] of Object.entries(INPUT_GRADIENTS))
    add(name, "new_delta", run(g, layer, delta));
  const options = checkSgd({ lr: attrs.lr });
  for (const [name, { run }] of Object.entries(WEIGHT_GRADIENTS)) {
    const { dw, db } = run(g, layer, delta);
    add(name, "weightsAfter", stepSgd(options, startSgd(options, layer.w), dw).parameters);
    add(name, "biasesAfter", stepSgd(options, startSgd(options, layer.b), db).parameters);
  }
  return done;
}

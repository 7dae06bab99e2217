import { checkSgd, rateOf, type SgdOptions, startSgd, stepSgd, type Tensor, tensor } from "#engine";
import type { Case } from "../case.ts";
import { type Comparison, compare } from "../compare.ts";
import { comparer, type Op, tensorOf } from "./ask.ts";

export const sgd: Op = {
  compare: (recorded) =>
    recorded.attrs.rule === undefined ? compareOnnx(recorded) : compareRun(recorded),
  outShape({ attrs }) {
    optionsOf(attrs);
    return [];
  },
};

/** The recorded names of what decays: the step length of NumPyNet and torch, the weights of Darknet. */
function optionsOf({ decay, lrDecay, ...attrs }: Case["attrs"]): SgdOptions {
  const factor = (lrDecay as { factor?: number } | undefined)?.factor;
  const isDarknet = attrs.rule === "darknet";
  return checkSgd({
    ...attrs,
    ...(factor !== undefined && { lrFactor: factor }),
    ...(decay !== undefined && { [isDarknet ? "weightDecay" : "lrDecay"]: decay }),
  });
}

/** Every parameter after every update, and the step length used for it. */
export function runOf(options: SgdOptions, p0: Tensor, gradients: readonly Tensor[]) {
  let state = startSgd(options, p0);
  const params: Tensor[] = [];
  const rates: number[] = [];
  for (const gradient of gradients) {
    rates.push(rateOf(options, state));
    state = stepSgd(options, state, gradient);
    params.push(state.parameters);
  }
  return { params: stack(params), lrUsed: tensor([rates.length], rates), last: state.parameters };
}

function stack(tensors: readonly Tensor[]): Tensor {
  const numbers = tensors.flatMap(({ data }) => [...data]);
  return tensor([tensors.length, ...tensors[0]!.shape], numbers);
}

function compareRun(recorded: Case): Comparison[] {
  const { attrs, inputs } = recorded;
  const grads = tensorOf("gradient", inputs?.grads);
  const [steps = 0, n = 0] = grads.shape;
  const gradients = Array.from({ length: steps }, (_, t) =>
    tensor([n], grads.data.slice(t * n, (t + 1) * n)),
  );
  const { params, lrUsed } = runOf(optionsOf(attrs), tensorOf("p0", inputs?.p0), gradients);
  const { done, add } = comparer(recorded);
  add(String(attrs.rule), "params", params);
  add(String(attrs.rule), "lrUsed", lrUsed);
  return done;
}

/** ONNX's operator is one update of several tensors, with a velocity and a count of updates from before. */
function compareOnnx(recorded: Case): Comparison[] {
  const { attrs, inputs = {}, outputs = {}, tolerance = {} } = recorded;
  const { count, dampingNumerator, ...rest } = attrs;
  const lr = inputs.lr?.data[0];
  const options = checkSgd({
    ...rest,
    rule: "onnx",
    lr,
    dampening: 1 - (dampingNumerator as number),
  });
  return Array.from({ length: count as number }, (_, i) => {
    const started = startSgd(
      options,
      tensorOf("p", inputs[`p${i}`]),
      tensorOf("v", inputs[`v${i}`]),
    );
    const before = { ...started, updates: inputs.t?.data[0] ?? 0 };
    const { parameters, velocity } = stepSgd(options, before, tensorOf("g", inputs[`g${i}`]));
    return [
      compare("onnx", `p${i}`, outputs[`p${i}`]!, parameters, tolerance[`p${i}`]!),
      compare("onnx", `v${i}`, outputs[`v${i}`]!, velocity, tolerance[`v${i}`]!),
    ];
  }).flat();
}

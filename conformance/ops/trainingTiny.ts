import { geometryOf, im2colRows, nextStep, type Run, startRun, type Tensor } from "#engine";
import type { Case, Numbers } from "../case.ts";
import type { Comparison } from "../compare.ts";
import { type Op, tensorOf } from "./ask.ts";
import {
  byName,
  type Config,
  courseOf,
  recordedNetwork,
  scalar,
  sgdOf,
  traceComparer,
} from "./network.ts";

/** A few steps on a few small images, every intermediate of each. */
export const trainingTiny: Op = { compare: compareSteps };

interface Question {
  readonly config: Config;
  readonly inputs: { readonly x: Numbers; readonly labels: Numbers };
  readonly init: unknown;
  readonly tolerance: { readonly all: number };
}

/** What was recorded on the way forward: what each layer made, first to last. */
const MADE = ["convPre", "convAct", "flat", "fc1Pre", "fc1Act", "logits"] as const;

/** And on the way back: what was sent to each of those; ∂L/∂convAct is ∂L/∂flat under another shape. */
const SENT = ["dConvPre", null, "dFlat", "dFc1Pre", "dFc1Act", "dLogits"] as const;

function compareSteps(recorded: Case): Comparison[] {
  const { config, inputs, init, tolerance } = recorded.attrs as unknown as Question;
  const images = tensorOf("X", inputs.x);
  const data = { images, labels: Uint8Array.from(inputs.labels.data) };
  const network = recordedNetwork(config, images.shape[2]!, init);
  const course = courseOf({ ...config, batch: data.labels.length });
  let run: Run = startRun(network, sgdOf(config), course, data);
  const { done, add } = traceComparer("training", recorded);
  const count = Object.keys(recorded.outputs ?? {}).filter((name) =>
    /^steps\/\d+\/loss$/.test(name),
  );
  for (let step = 0; step < count.length; step++) {
    const hold = (name: string, found: Tensor) =>
      add(`steps/${step}/${name}`, found, tolerance.all);
    const stepped = nextStep(run, data);
    const [conv] = run.network.layers;
    if (conv?.kind === "conv2d")
      hold("im2col", im2colRows(geometryOf({ ...conv.spec, N: images.shape[0]! }), images));
    hold("loss", scalar(stepped.metrics.loss));
    for (const [i, name] of MADE.entries()) hold(name, stepped.pass.values[i + 1]!);
    for (const [i, name] of SENT.entries()) if (name) hold(name, stepped.back.deltas[i]!);
    hold("probs", stepped.entropy.probs);
    for (const [name, gradient] of byName(run.network, stepped.back.gradients))
      hold(`grads/${name}`, gradient);
    run = stepped.run;
    for (const [name, parameters] of byName(run.network, run.network.parameters))
      hold(`paramsAfter/${name}`, parameters);
  }
  return done;
}

import { expect, test } from "vitest";
import { layerOf } from "../document.ts";
import { backward } from "../edits/upstream.ts";
import { forward } from "../forward.ts";
import { checkDocument } from "../limits.ts";
import { maxDifference, tensor } from "../tensor.ts";
import type { Dataset } from "./dataset.ts";
import { beginRun, NETWORK_PRESETS, type NetworkPreset } from "./presets.ts";
import { nextStep, type Run } from "./run.ts";
import { documentOfStep } from "./sample.ts";

const data: Dataset = {
  images: tensor(
    [48, 1, 8, 8],
    Float64Array.from({ length: 48 * 64 }, (_, i) => ((i * i) % 17) / 16),
  ),
  labels: Uint8Array.from({ length: 48 }, (_, i) => (i * 7) % 10),
};

test.each(Object.keys(NETWORK_PRESETS) as NetworkPreset[])(
  "of %s: Z, Y and δ are those of the step to the last bit, and the update is its own",
  (preset) => {
    let before: Run = beginRun(NETWORK_PRESETS[preset].settings, 5, data);
    before = nextStep(before, data).run; // so that there is a velocity
    const step = nextStep(before, data);
    const document = documentOfStep({ ...step, before });
    checkDocument(document);
    const layer = layerOf(document);
    const answer = forward(layer);
    expect(answer.z).toEqual(step.pass.values[1]);
    expect(answer.y).toEqual(step.pass.values[2]);
    const back = backward(layer, answer, document.upstream, document.training);
    expect(back.delta).toEqual(step.back.deltas[0]);
    const made = step.run.network.parameters[0]!;
    const { w, b } = back.update;
    expect(maxDifference(w.after.parameters.data, made.w.data)).toBeLessThan(1e-14);
    expect(maxDifference(b.after.parameters.data, made.b.data)).toBeLessThan(1e-14);
    expect(w.before.velocity).toEqual(before.optimiser.velocities[0]!.w);
  },
);

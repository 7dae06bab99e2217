import { ConvError, shown } from "../errors.ts";
import { checkSgd } from "../sgd.ts";
import { checkTensor } from "../shapes.ts";
import { whole } from "../spec.ts";
import { sizeOf, type Tensor } from "../tensor.ts";
import type { Dataset } from "./dataset.ts";
import { type Parameters, rowOf } from "./layers.ts";
import { checkNetworkSpec, layersOf, type Network, networkOf } from "./network.ts";
import { checkCourse, type Run } from "./run.ts";

// What comes from a message or a file is any value at all; what these return is known to fit together.

function object(field: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new ConvError(field, `${shown(value)} is none`, "an object with its parts");
}

/** Parameters, or velocities, of every layer of a network. */
function checkParameters(
  field: string,
  layers: Network["layers"],
  value: unknown,
): readonly Parameters[] {
  if (!Array.isArray(value) || value.length !== layers.length)
    throw new ConvError(field, `${shown(value)} does not fit`, `a list of ${layers.length} layers`);
  for (const [i, layer] of layers.entries()) {
    const shapes = rowOf(layer).parameters(layer);
    const at = `${field} of layer ${i + 1}`;
    const { w, b } = object(at, value[i]);
    checkTensor(`${at}, w`, w, shapes.w);
    checkTensor(`${at}, b`, b, shapes.b);
  }
  return value;
}

/** @throws ConvError naming what is wrong, and what is accepted. */
export function checkNetwork(value: unknown): Network {
  const { spec, parameters } = object("network", value);
  const checked = checkNetworkSpec(spec);
  return networkOf(checked, checkParameters("parameters", layersOf(checked), parameters));
}

/** Each sample once, or the order of no epoch. */
function checkOrder(value: unknown, samples: number): Uint32Array {
  const accepted = `each of ${samples} samples once`;
  if (!(value instanceof Uint32Array) || value.length !== samples)
    throw new ConvError("order", "is not that of the training set", accepted);
  const seen = new Uint8Array(samples);
  for (const i of value) seen[i] = 1; // beyond the end nothing is written, and a gap stays
  if (seen.includes(0)) throw new ConvError("order", "leaves a sample out", accepted);
  return value;
}

/** The run in `value`, which is to go on over `data`. @throws ConvError naming what is wrong, and what is accepted. */
export function checkRun(value: unknown, { labels }: Dataset): Run {
  const asked = object("run", value);
  const network = checkNetwork(asked.network);
  const { lr, updates, velocities, ...rest } = object("optimiser", asked.optimiser);
  if (typeof lr !== "number" || !Number.isFinite(lr) || lr < 0)
    throw new ConvError("lr", `${shown(lr)} is no step length`, "a finite number from 0");
  return {
    course: checkCourse(object("course", asked.course) as unknown as Run["course"]),
    network,
    optimiser: {
      options: checkSgd(rest.options),
      lr,
      updates: whole("updates", updates, 0),
      velocities: checkParameters("velocities", network.layers, velocities),
    },
    step: whole("step", asked.step, 0),
    order: checkOrder(asked.order, labels.length),
  };
}

/** Labelled images, N 1 H W, of finite numbers. @throws ConvError naming what is wrong, and what is accepted. */
export function checkDataset(value: unknown): Dataset {
  const { images, labels } = object("data", value);
  if (!(labels instanceof Uint8Array) || labels.length === 0)
    throw new ConvError("labels", "are missing", "a class for each image, one or more");
  const { shape } = object("images", images) as Partial<Tensor>;
  const [, , H = 0, W = 0] = Array.isArray(shape) ? shape : [];
  const expected = [labels.length, 1, whole("H", H, 1), whole("W", W, 1)];
  checkTensor("images", images, expected);
  const { data } = images as Tensor;
  if (data.length !== sizeOf(expected) || !data.every(Number.isFinite))
    throw new ConvError("images", "hold a number that is not finite", "finite numbers");
  return { images: images as Tensor, labels };
}

import { ConvError, keyOf, shown } from "../errors.ts";
import { orderOf } from "../network/dataset.ts";
import { type NetworkLayer, type Parameters, rowOf } from "../network/layers.ts";
import { checkNetworkSpec, layersOf, type NetworkSpec, networkOf } from "../network/network.ts";
import { NETWORK_PRESETS, type NetworkPreset } from "../network/presets.ts";
import { type Course, checkCourse, type Run } from "../network/run.ts";
import type { Metrics } from "../network/step.ts";
import { checkSgd } from "../sgd.ts";
import { whole } from "../spec.ts";
import { sizeOf, type Tensor, tensor } from "../tensor.ts";
import { written } from "./json.ts";
import type { DataMark } from "./mark.ts";
import { strictList, strictNumbers, strictObject, strictText } from "./strict.ts";

// A trained network as JSON: what it began with, where its run stands, and what was said on the way.

const FORMAT = "convlens network";
const VERSION = 1;

/** The largest file that is read, and the longest run and most changes of the rate in one. */
export const NETWORK_FILE = { bytes: 20 * 2 ** 20, steps: 100_000, runs: 1000 } as const;

/** How the network did on what is held out, after a step. */
export interface Point {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

export interface SavedNetwork {
  readonly preset: NetworkPreset;
  readonly seed: number;
  readonly data: DataMark;
  /** The beginning, where the rate was changed, and where the run stands: steps rise. */
  readonly runs: readonly Run[];
  /** One a step, up to where the run stands. */
  readonly metrics: readonly Metrics[];
  readonly heldOut: readonly Point[];
}

const METRICS = [
  "loss",
  "correct",
  "samples",
  "lr",
  "gradientNorm",
  "parameterNorm",
  "relativeUpdate",
] as const satisfies readonly (keyof Metrics)[];
const POINTS = ["step", "loss", "accuracy"] as const satisfies readonly (keyof Point)[];
const PARTS = ["w", "b", "velocityW", "velocityB"] as const;

/** Records as columns: each name is written once. */
function columns<Key extends string>(
  keys: readonly Key[],
  records: readonly Readonly<Record<Key, number>>[],
) {
  return Object.fromEntries(
    keys.map((key) => [key, Float64Array.from(records, (one) => one[key])]),
  );
}

function runParts({ step, network, optimiser }: Run) {
  const { options, lr, updates, velocities } = optimiser;
  return {
    ...{ step, lr, updates },
    optimiser: options,
    layers: network.layers.map(({ kind }, i) => {
      const [p, v] = [network.parameters[i]!, velocities[i]!];
      return { kind, w: p.w, b: p.b, velocityW: v.w, velocityB: v.b };
    }),
  };
}

/** The file of a network. */
export function saveNetwork({ preset, seed, data, runs, metrics, heldOut }: SavedNetwork): string {
  const { network, course } = runs[0]!;
  return written({
    ...{ format: FORMAT, version: VERSION, preset, seed, data },
    ...{ network: network.spec, course },
    runs: runs.map(runParts),
    metrics: columns(METRICS, metrics),
    heldOut: columns(POINTS, heldOut),
  });
}

function parsed(text: string): unknown {
  if (text.length > NETWORK_FILE.bytes)
    throw new ConvError("file", `has ${text.length} letters`, `up to ${NETWORK_FILE.bytes}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new ConvError("file", "is no JSON, or cut off", "a network as convlens saves it");
  }
}

function readTensor(field: string, value: unknown, shape: readonly number[]): Tensor {
  const found = strictObject(field, value, ["shape", "data"]);
  const axes = strictNumbers(`${field}.shape`, found.shape, shape.length);
  if (axes.some((n, axis) => n !== shape[axis]))
    throw new ConvError(
      `${field}.shape`,
      `${axes.join(" × ")} does not fit the network`,
      shape.join(" × "),
    );
  return tensor(shape, strictNumbers(`${field}.data`, found.data, sizeOf(shape)));
}

/** Parameters and velocities of one layer. */
function readLayer(field: string, value: unknown, layer: NetworkLayer): [Parameters, Parameters] {
  const found = strictObject(field, value, ["kind", ...PARTS]);
  if (found.kind !== layer.kind)
    throw new ConvError(`${field}.kind`, `${shown(found.kind)} is not its kind`, layer.kind);
  const shapes = rowOf(layer).parameters(layer);
  const read = (part: (typeof PARTS)[number], shape: readonly number[]) =>
    readTensor(`${field}.${part}`, found[part], shape);
  return [
    { w: read("w", shapes.w), b: read("b", shapes.b) },
    { w: read("velocityW", shapes.w), b: read("velocityB", shapes.b) },
  ];
}

/** The order of the epoch that the last step belonged to. */
function orderAt(step: number, { shuffle, batch }: Course, samples: number): Uint32Array {
  const epoch = Math.floor(Math.max(0, step - 1) / Math.ceil(samples / batch));
  return orderOf(samples, shuffle, epoch);
}

function amount(field: string, value: unknown): number {
  const [number] = strictNumbers(field, [value], 1);
  if (number! >= 0) return number!;
  throw new ConvError(field, `${number} is below 0`, "a number from 0");
}

interface Beginning {
  readonly spec: NetworkSpec;
  readonly course: Course;
  readonly samples: number;
}

function readRun(field: string, value: unknown, { spec, course, samples }: Beginning): Run {
  const found = strictObject(field, value, ["step", "lr", "updates", "optimiser", "layers"]);
  const layers = layersOf(spec);
  const list = strictList(`${field}.layers`, found.layers, [layers.length, layers.length]);
  const read = layers.map((layer, i) => readLayer(`${field}.layers[${i}]`, list[i], layer));
  const step = whole(`${field}.step`, found.step, 0);
  return {
    ...{ course, step },
    network: networkOf(
      spec,
      read.map(([parameters]) => parameters),
    ),
    optimiser: {
      options: checkSgd(found.optimiser),
      lr: amount(`${field}.lr`, found.lr),
      updates: whole(`${field}.updates`, found.updates, 0),
      velocities: read.map(([, velocities]) => velocities),
    },
    order: orderAt(step, course, samples),
  };
}

/** Columns as records again, `length` of them or any number. */
function records<Key extends string>(
  field: string,
  keys: readonly Key[],
  value: unknown,
  length: number | null,
): Record<Key, number>[] {
  const found = strictObject(field, value, keys);
  const [first] = keys as readonly [Key];
  const range = length === null ? ([0, NETWORK_FILE.steps] as const) : ([length, length] as const);
  const count = strictList(`${field}.${first}`, found[first], range).length;
  const read = keys.map((key) => strictNumbers(`${field}.${key}`, found[key], count));
  return Array.from(
    { length: count },
    (_, i) => Object.fromEntries(keys.map((key, k) => [key, read[k]![i]!])) as Record<Key, number>,
  );
}

function readMark(value: unknown): DataMark {
  const found = strictObject("data", value, ["name", "samples", "train", "checksum"]);
  const samples = whole("data.samples", found.samples, 1);
  const train = whole("data.train", found.train, 1);
  if (train > samples || samples > NETWORK_FILE.steps)
    throw new ConvError(
      "data",
      `${train} of ${samples} images to learn from do not fit`,
      `at most ${NETWORK_FILE.steps} images, and no more to learn from`,
    );
  const checksum = amount("data.checksum", found.checksum);
  return { name: strictText("data.name", found.name, 200), samples, train, checksum };
}

/** The steps rise from 0. */
function checkSteps(runs: readonly Run[]): void {
  for (const [i, { step }] of runs.entries()) {
    const least = i === 0 ? 0 : runs[i - 1]!.step + 1;
    if (step < least || (i === 0 && step > 0))
      throw new ConvError(
        `runs[${i}].step`,
        `${step} is out of order`,
        i === 0 ? "0, the beginning" : `a step from ${least}`,
      );
    if (step > NETWORK_FILE.steps)
      throw new ConvError(`runs[${i}].step`, `${step} is too late`, `up to ${NETWORK_FILE.steps}`);
  }
}

/**
 * The network in a file.
 * @throws ConvError in one sentence: what is wrong, where, and what is accepted.
 */
export function readNetwork(text: string): SavedNetwork {
  const value = parsed(text);
  const isOurs = typeof value === "object" && value !== null && Object.hasOwn(value, "format");
  const { format, version } = (isOurs ? value : {}) as Record<string, unknown>;
  if (format !== FORMAT)
    throw new ConvError("file", "is no network of convlens", `JSON with the format “${FORMAT}”`);
  if (version !== VERSION)
    throw new ConvError("version", `${shown(version)} cannot be read here`, `version ${VERSION}`);
  const found = strictObject("file", value, [
    ...(["format", "version", "preset", "seed", "data", "network", "course"] as const),
    ...(["runs", "metrics", "heldOut"] as const),
  ]);
  const seed = whole("seed", found.seed, 0);
  const data = readMark(found.data);
  const spec = checkNetworkSpec(found.network);
  const keys = ["batch", "shuffle", "epochFactor"] as const;
  const course = checkCourse(strictObject("course", found.course, keys) as unknown as Course);
  const beginning: Beginning = { spec, course, samples: data.train };
  const runs = strictList("runs", found.runs, [1, NETWORK_FILE.runs]).map((run, i) =>
    readRun(`runs[${i}]`, run, beginning),
  );
  checkSteps(runs);
  return {
    ...{ seed, data, runs },
    preset: keyOf("preset", NETWORK_PRESETS, found.preset),
    metrics: records("metrics", METRICS, found.metrics, runs.at(-1)!.step),
    heldOut: records("heldOut", POINTS, found.heldOut, null),
  };
}

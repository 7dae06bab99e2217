import type { ActivationChoice } from "../activation.ts";
import { ConvError, shown } from "../errors.ts";
import { checkSize, LIMITS } from "../limits.ts";
import { checkShape } from "../shapes.ts";
import { type ConvSpec, checkSpec, whole } from "../spec.ts";
import { sizeOf } from "../tensor.ts";
import { type NetworkLayer, type Parameters, rowOf } from "./layers.ts";
import { checkPool, type PoolSpec } from "./poolGeometry.ts";

/** How a pooling layer is set; its sizes follow from what goes in. */
export type PoolSettings = Omit<PoolSpec, "N" | "C" | "H" | "W">;

/**
 * The small classifier: conv (1 → F, any geometry) → activation → pooling, if any → flatten (filter, row, column) →
 * linear → activation → linear → softmax. H × W is the size of an image.
 */
export interface NetworkSpec
  extends Pick<
    ConvSpec,
    "H" | "W" | "F" | "kH" | "kW" | "stride" | "dilation" | "padding" | "padMode" | "flip"
  > {
  /** Of the convolution and of the hidden layer. */
  readonly activation: ActivationChoice;
  readonly pool: PoolSettings | null;
  /** Units of the hidden layer. */
  readonly hidden: number;
  readonly classes: number;
}

/** The most units of a hidden layer, and classes, that a page trains at a readable pace. */
export const MOST_UNITS = { hidden: 1024, classes: 100 } as const;

/** A network with its numbers: parameter i is that of layer i. Never changed in place. */
export interface Network {
  readonly spec: NetworkSpec;
  readonly layers: readonly NetworkLayer[];
  readonly parameters: readonly Parameters[];
}

function convSpecOf(asked: Record<string, unknown>): ConvSpec {
  return checkSpec({ ...asked, N: 1, C: 1, groups: 1 });
}

function units(field: keyof typeof MOST_UNITS, value: unknown, least: number): number {
  const n = whole(field, value, least);
  if (n > MOST_UNITS[field])
    throw new ConvError(field, `${n} are too many`, `${least} to ${MOST_UNITS[field]}`);
  return n;
}

/**
 * The spec in `value`, whatever it is: from a link, a message, a file.
 * @throws ConvError naming the field, why, and what is accepted.
 */
export function checkNetworkSpec(value: unknown): NetworkSpec {
  if (typeof value !== "object" || value === null)
    throw new ConvError("network", `${shown(value)} is no network`, "an object with the settings");
  const asked = value as Record<string, unknown>;
  const conv = convSpecOf(asked);
  for (const size of ["H", "W", "F", "kH", "kW"] as const) checkSize(size, conv[size]);
  const { H, W, F, kH, kW, stride, dilation, padding, padMode, flip, activation } = conv;
  const spec: NetworkSpec = {
    ...{ H, W, F, kH, kW, stride, dilation, padding, padMode, flip, activation },
    pool: asked.pool === null ? null : (asked.pool as PoolSettings),
    hidden: units("hidden", asked.hidden, 1),
    classes: units("classes", asked.classes, 2),
  };
  const cells = sizeOf(shapesOf(layersOf(spec), [1, H, W])[0]!);
  if (cells * spec.hidden > LIMITS.numbers)
    throw new ConvError(
      "hidden",
      `${spec.hidden} units of ${cells} inputs are too many weights`,
      `up to ${Math.floor(LIMITS.numbers / cells)} units, a longer stride or pooling`,
    );
  return { ...spec, pool: spec.pool && poolSettings(spec) };
}

/** The pooling with nothing in it but its settings. */
function poolSettings(spec: NetworkSpec): PoolSettings {
  const layer = layersOf(spec)[2] as Extract<NetworkLayer, { kind: "pool2d" }>;
  const { N, C, H, W, ...settings } = layer.spec;
  return settings;
}

/** The layers of a spec, first to last; the softmax belongs to the loss. */
export function layersOf(spec: NetworkSpec): NetworkLayer[] {
  const { activation, pool, hidden, classes, ...conv } = spec;
  const linear = { name: "linear", alpha: 0 };
  const first: NetworkLayer[] = [
    { kind: "conv2d", spec: convSpecOf({ ...conv, activation: linear }) },
    { kind: "activation", activation },
  ];
  const [C, H, W] = shapesOf(first, [1, spec.H, spec.W]).at(-1) as [number, number, number];
  if (pool) first.push({ kind: "pool2d", spec: checkPool({ ...pool, N: 1, C, H, W }) });
  first.push({ kind: "flatten" });
  const [inputs] = shapesOf(first, [1, spec.H, spec.W]).at(-1) as [number];
  return [
    ...first,
    { kind: "linear", inputs, outputs: hidden },
    { kind: "activation", activation },
    { kind: "linear", inputs: hidden, outputs: classes },
  ];
}

/** The shape of one sample after each layer. */
export function shapesOf(
  layers: readonly NetworkLayer[],
  inShape: readonly number[],
): (readonly number[])[] {
  let shape = inShape;
  return layers.map((layer) => {
    shape = rowOf(layer).outShape(layer, shape);
    return shape;
  });
}

/**
 * A network of these parameters, one a layer.
 * @throws ConvError when they do not fit, or hold a number that is not finite.
 */
export function networkOf(spec: NetworkSpec, parameters: readonly Parameters[]): Network {
  const layers = layersOf(spec);
  if (parameters.length !== layers.length)
    throw new ConvError("parameters", `are of ${parameters.length} layers`, `${layers.length}`);
  for (const [i, layer] of layers.entries()) {
    const shapes = rowOf(layer).parameters(layer);
    for (const name of ["w", "b"] as const) {
      const field = `${name} of layer ${i + 1}`;
      checkShape(field, parameters[i]![name], shapes[name]);
      if (!parameters[i]![name].data.every(Number.isFinite))
        throw new ConvError(field, "holds a number that is not finite", "finite numbers");
    }
  }
  return { spec, layers, parameters };
}

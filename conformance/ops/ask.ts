import {
  ACTIVATIONS,
  type Activation,
  checkLayer,
  checkSpec,
  DEFAULTS,
  FURTHER_ACTIVATIONS,
  type Geometry,
  geometryOf,
  type Layer,
  type Tensor,
  tensor,
} from "#engine";
import type { Case, Numbers } from "../case.ts";
import { type Comparison, compare, type Found } from "../compare.ts";

/** How the engine is asked about an op. */
export interface Op {
  /** Compares all that the engine can make of a case. */
  readonly compare?: (recorded: Case) => Comparison[];
  /** The output shape of a legal case; throws the engine's refusal of an illegal one. */
  readonly outShape?: (asked: Case) => readonly number[];
}

/** Collects the comparisons of one case, each only if the case recorded that output. */
export function comparer({ outputs = {}, tolerance = {} }: Case) {
  const done: Comparison[] = [];
  return {
    done,
    /** `scale`: how many times the recorded tolerance, which is that of float64, is allowed. */
    add(algorithm: string, output: string, found: Found, scale = 1): void {
      const expected = outputs[output];
      const allowed = (tolerance[output] ?? 0) * scale;
      if (expected) done.push(compare(algorithm, output, expected, found, allowed));
    },
  };
}

/** Compares whole numbers, or a list of them, where they were recorded. */
export function compareSizes(
  algorithm: string,
  recorded: Readonly<Record<string, unknown>>,
  sizes: Readonly<Record<string, readonly number[]>>,
): Comparison[] {
  return Object.entries(sizes)
    .filter(([name]) => recorded[name] !== undefined)
    .map(([name, found]) => {
      const data = [recorded[name]].flat() as number[];
      return compare(algorithm, name, listOf(data), listOf(found), 0);
    });
}

export function listOf(data: readonly number[]): Numbers {
  return { shape: [data.length], data };
}

/** A recorded tensor; one that is absent is a scalar, which the engine must refuse where it wants another. */
export function tensorOf(name: string, { shape, data }: Partial<Numbers> = {}): Tensor {
  return tensor(shape ?? [], data, name);
}

export function biasOf(b: Partial<Numbers> | undefined, length: number | undefined): Tensor {
  return b ? tensorOf("b", b) : tensor([length ?? 0]);
}

/** The engine's order of the four sides. */
export function sidesOf(pad: unknown): unknown {
  if (typeof pad !== "object" || pad === null) return pad;
  const { top, right, bottom, left } = pad as Record<string, unknown>;
  return [top, right, bottom, left];
}

/** An attribute that is absent stays absent: the engine must refuse it. */
export function specOf(attrs: Case["attrs"]): Record<string, unknown> {
  const { pad, ...rest } = attrs;
  return { ...rest, padding: sidesOf(pad), flip: false, activation: DEFAULTS.activation };
}

/** A layer from tensors alone: its sizes are read off their shapes, right or wrong. */
export function layerOf(
  attrs: Case["attrs"],
  tensors: Readonly<Record<string, Partial<Numbers>>>,
): Layer {
  const x = tensorOf("X", tensors.x);
  const w = tensorOf("W", tensors.w);
  const [N, C, H, W] = x.shape;
  const [F, , kH, kW] = w.shape;
  const spec = { ...specOf(attrs), N, C, H, W, F, kH, kW } as unknown as Layer["spec"];
  return { spec, x, w, b: biasOf(tensors.b, F) };
}

/** The geometry of a spec that may be illegal, given by attributes or by tensors. */
export function geometryAsked({ attrs, tensors }: Case): Geometry {
  return tensors ? checkLayer(layerOf(attrs, tensors)) : geometryOf(checkSpec(specOf(attrs)));
}

/** The engine's functions by their recorded names. */
const FUNCTIONS: Readonly<Record<string, Activation>> = {
  linear: ACTIVATIONS.linear,
  relu: ACTIVATIONS.relu,
  leaky_relu: ACTIVATIONS["leaky-relu"],
  sigmoid: ACTIVATIONS.sigmoid,
  tanh: ACTIVATIONS.tanh,
  elu: FURTHER_ACTIVATIONS.elu,
  softplus: FURTHER_ACTIVATIONS.softplus,
};

/** A recorded activation: Y from Z, and δ from Z and ∂L/∂Y; undefined where the engine has none of that name. */
export function activationOf(name: unknown, alpha: unknown = 0) {
  if (!Object.hasOwn(FUNCTIONS, String(name))) return undefined;
  const { value, slope } = FUNCTIONS[String(name)]!;
  const a = alpha as number;
  return {
    activate: ({ shape, data }: Tensor): Tensor => ({ shape, data: data.map((z) => value(z, a)) }),
    deltaOf: ({ shape, data }: Tensor, dy: Tensor): Tensor => ({
      shape,
      data: data.map((z, i) => dy.data[i]! * slope(z, a, value(z, a))),
    }),
  };
}

import { readFileSync } from "node:fs";
import {
  type Course,
  checkNetworkSpec,
  checkSgd,
  type Dataset,
  DEFAULTS,
  DIGITS,
  decodeDigits,
  digitsDataset,
  layersOf,
  type Network,
  networkOf,
  type Parameters,
  rowOf,
  type SgdOptions,
  type Tensor,
  tensor,
} from "#engine";
import type { Case, Numbers } from "../case.ts";
import { type Comparison, compare } from "../compare.ts";
import { tensorOf } from "./ask.ts";

/** How the recorded networks are set. */
export interface Config {
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
  readonly pad: number;
  readonly act: string;
  readonly hidden: number;
  readonly classes: number;
  readonly lr: number;
  readonly momentum: number;
  readonly weightDecay?: number;
  readonly nesterov?: boolean;
  readonly batch: number;
  readonly epochs: number;
  readonly lrDecay?: { readonly kind: string; readonly factor: number };
}

/** The recorded names of what each layer with parameters has, first to last. */
const NAMES = [
  { w: "convW", b: "convB" },
  { w: "fc1W", b: "fc1B" },
  { w: "fc2W", b: "fc2B" },
] as const;

type Recorded = Readonly<Record<string, Numbers>>;

/** The layers that have parameters. */
function learning({ layers }: Pick<Network, "layers">): number[] {
  return [...layers.keys()].filter((i) => rowOf(layers[i]!).parameters(layers[i]!).w[0] !== 0);
}

/** The recorded network over images of `size` × `size`. */
export function recordedNetwork(config: Config, size: number, init: unknown): Network {
  const { filters, kernel, stride, pad, act, hidden, classes } = config;
  const spec = checkNetworkSpec({
    ...DEFAULTS,
    ...{ H: size, W: size, F: filters, kH: kernel, kW: kernel, hidden, classes, pool: null },
    ...{ stride: [stride, stride], padding: pad, activation: { name: act, alpha: 0 } },
  });
  const layers = layersOf(spec);
  const at = learning({ layers });
  const none = tensor([0]);
  const parameters = layers.map((_, i): Parameters => {
    const names = NAMES[at.indexOf(i)];
    if (!names) return { w: none, b: none };
    const { [names.w]: w, [names.b]: b } = init as Recorded;
    return { w: tensorOf(names.w, w), b: tensorOf(names.b, b) };
  });
  return networkOf(spec, parameters);
}

/** Parameters, or gradients, under their recorded names. */
export function byName(network: Network, parameters: readonly Parameters[]): [string, Tensor][] {
  return learning(network).flatMap((at, i) => [
    [NAMES[i]!.w, parameters[at]!.w] as [string, Tensor],
    [NAMES[i]!.b, parameters[at]!.b] as [string, Tensor],
  ]);
}

export function sgdOf({ lr, momentum, weightDecay = 0, nesterov = false }: Config): SgdOptions {
  return checkSgd({ lr, momentum, weightDecay, nesterov });
}

/** The recorded order is a matter of the samples: a run takes them as they lie. */
export function courseOf({ batch, lrDecay }: Config): Course {
  return { batch, shuffle: null, epochFactor: lrDecay?.factor ?? 1 };
}

let digits: Dataset | undefined;

/** The digits that travel with the page. */
export function shippedDigits(): Dataset {
  const file = new URL(`../../public/${DIGITS.file}`, import.meta.url);
  digits ??= digitsDataset(decodeDigits(readFileSync(file)));
  return digits;
}

export const scalar = (value: number): Tensor => tensor([], [value]);

/** Collects comparisons of what stands under these names in a trace; what was not recorded is a fault. */
export function traceComparer(algorithm: string, { outputs = {} }: Case) {
  const done: Comparison[] = [];
  return {
    done,
    add(output: string, found: Tensor, tolerance: number): void {
      const expected = outputs[output];
      if (!expected) throw new Error(`${output} was not recorded`);
      done.push(compare(algorithm, output, expected, found, tolerance));
    },
  };
}

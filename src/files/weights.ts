import type { Parameters } from "../network/layers.ts";
import type { Network } from "../network/network.ts";
import { sizeOf } from "../tensor.ts";
import { writeNpy } from "./npy.ts";
import { zipOf } from "./zip.ts";

/** A layer that has learned something, and what its numbers are called in a file: conv, linear1, linear2. */
interface Learned {
  readonly name: string;
  readonly layer: number;
  readonly parameters: Parameters;
}

export function learnedLayers({ layers, parameters }: Network): Learned[] {
  let linear = 0;
  return layers.flatMap((layer, i) => {
    const mine = parameters[i]!;
    if (sizeOf(mine.w.shape) === 0) return [];
    const name = layer.kind === "linear" ? `linear${++linear}` : "conv";
    return [{ name, layer: i, parameters: mine }];
  });
}

/**
 * All weights and biases as one .npz of .npy files in float64, laid out as the engine has them: conv.w is F 1 kH kW,
 * linear1.w and linear2.w are inputs × outputs.
 */
export function weightsFile(network: Network): Uint8Array<ArrayBuffer> {
  const entries = learnedLayers(network).flatMap(({ name, parameters: { w, b } }) => [
    [`${name}.w.npy`, writeNpy(w)] as const,
    [`${name}.b.npy`, writeNpy(b)] as const,
  ]);
  return zipOf(Object.fromEntries(entries));
}

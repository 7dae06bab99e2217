import type { Dataset } from "./dataset.ts";
import type { Network } from "./network.ts";
import { forwardPass } from "./pass.ts";

/** Units of one ReLU layer that are 0 for every sample: their slope is 0, so nothing is sent back to them. */
export interface DeadUnits {
  /** Which layer of the network. */
  readonly layer: number;
  /** What is counted: whole filters, since a filter has one set of weights for all its positions, or hidden units. */
  readonly unit: "filters" | "hidden units";
  readonly dead: number;
  readonly units: number;
  /** Samples that were asked. */
  readonly samples: number;
}

/** The dead units of every ReLU of a network over a split; of other activations there are none. */
export function deadUnits(network: Network, { images, labels }: Dataset): DeadUnits[] {
  const { values } = forwardPass(network, images);
  return network.layers.flatMap((layer, i) => {
    if (layer.kind !== "activation" || layer.activation.name !== "relu") return [];
    const { shape, data } = values[i + 1]!;
    const [, units = 0, ...plane] = shape;
    const cells = plane.reduce((a, n) => a * n, 1);
    const alive = new Set<number>();
    for (const [at, y] of data.entries()) if (y > 0) alive.add(Math.floor(at / cells) % units);
    const unit = plane.length > 0 ? ("filters" as const) : ("hidden units" as const);
    return [{ layer: i, unit, units, dead: units - alive.size, samples: labels.length }];
  });
}

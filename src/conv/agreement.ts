import type { Geometry } from "../geometry.ts";
import { checkLayer, type Layer } from "../layer.ts";
import { maxDifference, type Tensor, tensor } from "../tensor.ts";
import { BACKWARD, FORWARD } from "./algorithms.ts";

/** How well everything that computes the same thing agrees, for one layer. Differences are max |a − b|. */
export interface Agreement {
  /** The forward algorithms compared with the reference, by label. */
  readonly forward: { readonly labels: readonly string[]; readonly difference: number };
  /** dX, dW and db compared with central differences of Σ δ·Z at `samples` cells; null: the layer is too large. */
  readonly gradients: { readonly difference: number; readonly samples: number } | null;
}

/** Layers of more multiply-adds are not differentiated numerically: every sample is two forward passes. */
export const MOST_CHECKED = 100_000;

/** Cells of each tensor that are nudged. */
const SAMPLES = 24;
const NUDGE = 2 ** -10;

/** Runs every algorithm on the layer and compares. */
export function agreementOf(layer: Layer): Agreement {
  const g = checkLayer(layer);
  const [first, ...others] = Object.values(FORWARD).map(({ run }) => run(g, layer));
  return {
    forward: {
      labels: Object.values(FORWARD).map(({ label }) => label),
      difference: Math.max(0, ...others.map((z) => maxDifference(first!.data, z.data))),
    },
    gradients: g.multiplyAdds <= MOST_CHECKED ? checkGradients(g, layer) : null,
  };
}

/** Nudges cells of x, w and b up and down, and compares how Σ δ·Z follows with what the gradients say. */
function checkGradients(g: Geometry, layer: Layer) {
  const delta = tensor(g.shapes.Y);
  // eighths from −1 to 1 in an order without a pattern: no two neighbours cancel
  for (let i = 0; i < delta.data.length; i++) delta.data[i] = (((i * 7 + 3) % 17) - 8) / 8;
  const loss = (changed: Layer) => dot(delta, FORWARD.direct.run(g, changed));
  let difference = 0;
  let samples = 0;
  for (const { run } of Object.values(BACKWARD)) {
    const { dx, dw, db } = run(g, layer, delta);
    for (const [name, gradient] of [
      ["x", dx],
      ["w", dw],
      ["b", db],
    ] as const)
      for (const i of spread(gradient.data.length, SAMPLES)) {
        const at = (by: number) => loss({ ...layer, [name]: nudged(layer[name], i, by) });
        const slope = (at(NUDGE) - at(-NUDGE)) / (2 * NUDGE);
        difference = Math.max(difference, Math.abs(slope - gradient.data[i]!));
        samples++;
      }
  }
  return { difference, samples };
}

function nudged({ shape, data }: Tensor, index: number, by: number): Tensor {
  const moved = data.slice();
  moved[index] = moved[index]! + by;
  return { shape, data: moved };
}

function dot(a: Tensor, b: Tensor): number {
  return a.data.reduce((sum, v, i) => sum + v * b.data[i]!, 0);
}

/** Up to `most` indices of 0…n−1, evenly spread. */
function spread(n: number, most: number): number[] {
  const count = Math.min(n, most);
  return Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
}

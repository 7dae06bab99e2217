import { ConvError } from "../errors.ts";
import { randomOf } from "../presets/random.ts";
import { type Tensor, tensor } from "../tensor.ts";

/** Labelled images: N 1 H W, as the network sees them, and the class of each, from 0. */
export interface Dataset {
  readonly images: Tensor;
  readonly labels: Uint8Array;
}

/** Images and labels from `first` up to, not including, `end`; nothing is copied. */
export function sliceOf({ images, labels }: Dataset, first: number, end: number): Dataset {
  const [N = 0, ...shape] = images.shape;
  if (!(first >= 0 && first < end && end <= N))
    throw new ConvError(
      "samples",
      `${first} to ${end} are not all there`,
      `0 to ${N}, one or more`,
    );
  const cells = images.data.length / N;
  return {
    images: tensor([end - first, ...shape], images.data.subarray(first * cells, end * cells)),
    labels: labels.subarray(first, end),
  };
}

/** The first `count` samples to train on, the others held out. */
export function splitAt(
  data: Dataset,
  count: number,
): { readonly train: Dataset; readonly heldOut: Dataset } {
  return { train: sliceOf(data, 0, count), heldOut: sliceOf(data, count, data.labels.length) };
}

/** The samples of these indices, copied one after the other. */
export function pick({ images, labels }: Dataset, indices: ArrayLike<number>): Dataset {
  const [N = 0, ...shape] = images.shape;
  const cells = images.data.length / N;
  const picked = tensor([indices.length, ...shape]);
  const classes = new Uint8Array(indices.length);
  for (let n = 0; n < indices.length; n++) {
    const i = indices[n]!;
    picked.data.set(images.data.subarray(i * cells, (i + 1) * cells), n * cells);
    classes[n] = labels[i]!;
  }
  return { images: picked, labels: classes };
}

/** The order of an epoch: as the samples lie (seed null), or shuffled, each epoch of a seed in its own way. */
export function orderOf(count: number, seed: number | null, epoch: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  if (seed === null) return order;
  const random = randomOf(seed, epoch);
  // Fisher & Yates 1938, as Durstenfeld wrote it down in 1964
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

import { type CellRef, type Geometry, sizeOf, slotOfWeight, TENSORS, unravel } from "#engine";
import type { Frame } from "../lens.ts";
import { firstChannel } from "../shared/outputPlace.ts";

/** What the Weights lens looks at: one weight, or one bias, and the planes of X and δ that meet in it. */
export interface Place {
  /** Flat index of the weight; null at a bias. */
  readonly w: number | null;
  /** The slot of the window in which the weight stands, and its row and column there. */
  readonly slot: number;
  readonly t: number;
  readonly u: number;
  /** Filter, and the in-channel the weight reads: by its number in X, and within the channels of its filter. */
  readonly f: number;
  readonly channel: number;
  readonly local: number;
  /** The sample shown. */
  readonly n: number;
  /** The product that playback has reached, among those of all samples; null when the sum is complete. */
  readonly reached: number | null;
}

/** Products of one step: the outputs of one filter, over all samples. */
export function productsOf({ spec, rows, columns }: Geometry): number {
  return spec.N * rows.out * columns.out;
}

/** The output of filter `f` for which product `k` of a step is made. */
export function outputOf({ spec, rows, columns }: Geometry, f: number, k: number): number {
  const area = rows.out * columns.out;
  return (Math.floor(k / area) * spec.F + f) * area + (k % area);
}

/** The step of the cell that is pointed at: a weight's or a bias's own, a product's weight. */
function stepAt(g: Geometry, { tensor, index }: CellRef): number | null {
  const { kind } = TENSORS[tensor];
  if (kind === "W") return index;
  if (kind === "b") return sizeOf(g.shapes.W) + index;
  return null;
}

/** The sample of the cell that is pointed at, where it has one. */
function sampleAt(g: Geometry, { tensor, index }: CellRef): number | null {
  const { kind } = TENSORS[tensor];
  if (kind === "X" || kind === "P" || kind === "Y") return unravel(g.shapes[kind], index)[0]!;
  if (kind === "T") return unravel(g.shapes.Y, Math.floor(index / g.window))[0]!;
  return null;
}

export function placeOf(frame: Frame): Place {
  const { geometry: g, view, pointed, step, slot } = frame;
  const at = (pointed && stepAt(g, pointed)) ?? step;
  const reached = at === step ? slot : null;
  const area = g.rows.out * g.columns.out;
  const sample =
    (pointed && sampleAt(g, pointed)) ??
    (reached === null ? view.channel : Math.floor(reached / area));
  const weights = sizeOf(g.shapes.W);
  const w = at < weights ? at : null;
  const [f, local] =
    w === null ? [at - weights, 0] : (unravel(g.shapes.W, w) as [number, number, ...number[]]);
  const inWindow = w === null ? 0 : slotOfWeight(g, w);
  const [, t, u] = unravel([g.depth, g.rows.k, g.columns.k], inWindow) as [number, number, number];
  return {
    w,
    slot: inWindow,
    t,
    u,
    f,
    local,
    channel: firstChannel(g, f) + local,
    n: Math.min(g.spec.N - 1, sample),
    reached,
  };
}

/** How many gradients are written when playback stands at a step: those of the weights, then those of the biases. */
export function written({ geometry, step, slot }: Frame): number {
  return slot === null || slot === productsOf(geometry) - 1 ? step + 1 : step;
}

/** The gradient that is spoken of, by name. */
export function gradientOf({ w, f }: Pick<Place, "w" | "f">): CellRef {
  return w === null ? { tensor: "DB", index: f } : { tensor: "DW", index: w };
}

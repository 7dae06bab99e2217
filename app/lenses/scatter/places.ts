import { type Geometry, type Tap, TENSORS, tapsOf, unravel } from "#engine";
import type { Frame } from "../lens.ts";

/** What the Scatter lens looks at: one δ, the window it came from, and how far the gradient is filled. */
export interface Place {
  /** Flat index of the δ, and its coordinates. */
  readonly y: number;
  readonly n: number;
  readonly f: number;
  readonly oh: number;
  readonly ow: number;
  /** The in-channel shown, and its number within the channels the filter reads. */
  readonly channel: number;
  readonly local: number;
  /** The product that playback has reached in this very stamp; null when it has landed whole. */
  readonly slot: number | null;
  /** The taps of the δ, in window order: where its products land. */
  readonly taps: readonly Tap[];
}

/** The δ in question: the one pointed at, else the one playback has reached. */
function deltaOf({ geometry, pointed, step }: Frame): number {
  if (!pointed) return step;
  const { kind } = TENSORS[pointed.tensor];
  if (kind === "Y") return pointed.index;
  if (kind === "T") return Math.floor(pointed.index / geometry.window);
  return step;
}

export function placeOf(frame: Frame): Place {
  const { geometry: g, view, step, slot } = frame;
  const y = deltaOf(frame);
  const [n, f, oh, ow] = unravel(g.shapes.Y, y) as [number, number, number, number];
  const first = firstChannel(g, f);
  const reached = y === step ? slot : null;
  // Where products are stepped through, the channel shown is the one they have come to.
  const local =
    reached === null
      ? Math.max(0, Math.min(g.depth - 1, view.channel - first))
      : Math.floor(reached / (g.rows.k * g.columns.k));
  const taps = tapsOf(g, "Y", y);
  return { y, n, f, oh, ow, channel: first + local, local, slot: reached, taps };
}

/** The first of the in-channels that filter `f` reads. */
function firstChannel(g: Geometry, f: number): number {
  return Math.floor(f / g.filtersPerGroup) * g.depth;
}

/** How many stamps have landed whole when playback stands at a step. */
export function landed({ geometry, step, slot }: Frame): number {
  return slot === null || slot === geometry.window - 1 ? step + 1 : step;
}

/** The cells on which the products of a stamp that is only half there have landed; none where it is whole. */
export function reached({ geometry: g, step, slot }: Frame): ReadonlySet<number> {
  if (slot === null || slot === g.window - 1) return NONE;
  const taps = tapsOf(g, "Y", step).slice(0, slot + 1);
  return new Set(taps.map(({ p }) => p));
}

const NONE: ReadonlySet<number> = new Set();

import { type Geometry, TENSORS, unravel } from "#engine";
import type { Frame } from "../lens.ts";

/** What a lens that walks the outputs looks at: one of them, and the planes of X, W and Y that it joins. */
export interface OutputPlace {
  /** Flat index of the output, and its coordinates. */
  readonly y: number;
  readonly n: number;
  readonly f: number;
  readonly oh: number;
  readonly ow: number;
  /** The in-channel shown, and its number within the channels this filter reads. */
  readonly channel: number;
  readonly local: number;
  /** The tap that playback has reached in this very output; null when it is complete. */
  readonly slot: number | null;
}

/** The output in question: that of the cell pointed at, else the one playback has reached. */
function outputOf({ geometry, pointed, step }: Frame): number {
  if (!pointed) return step;
  const { kind } = TENSORS[pointed.tensor];
  if (kind === "Y") return pointed.index;
  if (kind === "T") return Math.floor(pointed.index / geometry.window);
  if (kind === "S") return Math.floor(pointed.index / geometry.depth);
  return step;
}

export function outputPlaceOf(frame: Frame): OutputPlace {
  const { geometry: g, view, step, slot } = frame;
  const y = outputOf(frame);
  const [n, f, oh, ow] = unravel(g.shapes.Y, y) as [number, number, number, number];
  const first = firstChannel(g, f);
  const reached = y === step ? slot : null;
  // Where products are stepped through, the channel shown is the one they have come to.
  const local =
    reached === null
      ? Math.max(0, Math.min(g.depth - 1, view.channel - first))
      : Math.floor(reached / (g.rows.k * g.columns.k));
  return { y, n, f, oh, ow, channel: first + local, local, slot: reached };
}

/** The first of the in-channels that filter `f` reads. */
export function firstChannel(g: Geometry, f: number): number {
  return Math.floor(f / g.filtersPerGroup) * g.depth;
}

/** How many outputs are done with when playback stands at a step. */
export function outputsDone({ geometry, step, slot }: Frame): number {
  return slot === null || slot === geometry.window - 1 ? step + 1 : step;
}

import { type Geometry, unravel } from "#engine";
import type { Frame, FrameView } from "../lens.ts";

/** What the Window lens looks at: one output, and the planes of X, W and Y that it joins. */
export interface Place {
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

/** The output in question: the one pointed at, else the one playback has reached. */
function outputOf({ geometry, pointed, step }: Frame): number {
  if (!pointed) return step;
  const { tensor, index } = pointed;
  if (tensor === "Y" || tensor === "Z") return index;
  if (tensor === "T") return Math.floor(index / geometry.window);
  if (tensor === "S") return Math.floor(index / geometry.depth);
  return step;
}

export function placeOf(frame: Frame): Place {
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

/** How many outputs are written when playback stands at a step. */
export function written({ geometry, step, slot }: Frame): number {
  return slot === null || slot === geometry.window - 1 ? step + 1 : step;
}

/** Whether the kernel is drawn turned by 180°, which makes a convolution of a correlation and the other way round. */
export function isTurned({ options }: FrameView): boolean {
  return options.turn === "turned";
}

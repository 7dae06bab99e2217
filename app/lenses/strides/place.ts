import {
  type CellRef,
  type Geometry,
  type MemoryName,
  memoryIn,
  offsetOf,
  slotOfWeight,
  TENSORS,
  tapFor,
  tapsOf,
  unravel,
} from "#engine";
import type { Frame } from "../lens.ts";

/** What the Strides lens looks at: one output, its window, and how X lies in memory. */
export interface Place {
  readonly memory: MemoryName;
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
  /** The cell of the view whose offset is worked out: by output and slot. */
  readonly element: { readonly y: number; readonly slot: number };
  /** The slot of this window that is looked at: the tap playback has reached, or the number pointed at. */
  readonly tap: number | null;
}

/** How X lies in memory, as the switch says. */
export function memoryOf({ view }: Frame): MemoryName {
  return memoryIn(view.options);
}

/** The output in question: that of the cell pointed at, else the one playback has reached. */
function outputOf({ geometry: g, pointed, step }: Frame): number {
  if (!pointed) return step;
  const { kind } = TENSORS[pointed.tensor];
  if (kind === "Y") return pointed.index;
  if (kind === "T") return Math.floor(pointed.index / g.window);
  return kind === "S" ? Math.floor(pointed.index / g.depth) : step;
}

/** Whether a cell is read by the window of output `y`, and in which slot. */
function slotIn(g: Geometry, y: number, ref: CellRef): number | null {
  const { kind } = TENSORS[ref.tensor];
  if (kind === "T") return Math.floor(ref.index / g.window) === y ? ref.index % g.window : null;
  if (kind !== "P" && kind !== "X" && kind !== "W") return null;
  const side = ({ P: "p", X: "x", W: "w" } as const)[kind];
  const slot = tapsOf(g, "Y", y).findIndex((tap) => tap[side] === ref.index);
  return slot < 0 ? null : slot;
}

/** The cell of the view that is pointed at: in the window of `y` where it stands there, else where else it stands. */
function elementOf(frame: Frame, y: number, first: number): Place["element"] {
  const { geometry: g, pointed, slot, step } = frame;
  if (!pointed) return { y, slot: y === step && slot !== null ? slot : first };
  const here = slotIn(g, y, pointed);
  if (here !== null) return { y, slot: here };
  const { kind } = TENSORS[pointed.tensor];
  if (kind === "Y" || kind === "S" || kind === "W" || kind === "b") return { y, slot: first };
  const tap = tapFor(g, pointed);
  return tap ? { y: tap.y, slot: slotOfWeight(g, tap.w) } : { y, slot: first };
}

export function placeOf(frame: Frame): Place {
  const { geometry: g, view, step, slot } = frame;
  const y = outputOf(frame);
  const [n, f, oh, ow] = unravel(g.shapes.Y, y) as [number, number, number, number];
  const firstChannel = Math.floor(f / g.filtersPerGroup) * g.depth;
  const area = g.rows.k * g.columns.k;
  const reached = y === step ? slot : null;
  // Where products are stepped through, the channel shown is the one they have come to.
  const local =
    reached === null
      ? Math.max(0, Math.min(g.depth - 1, view.channel - firstChannel))
      : Math.floor(reached / area);
  const memory = memoryOf(frame);
  const element = elementOf(frame, y, local * area);
  const tap = frame.pointed ? slotIn(g, y, frame.pointed) : reached;
  const channel = firstChannel + local;
  return { memory, y, n, f, oh, ow, channel, local, slot: reached, element, tap };
}

/** How many outputs are written when playback stands at a step. */
export function written({ geometry, step, slot }: Frame): number {
  return slot === null || slot === geometry.window - 1 ? step + 1 : step;
}

/** Where in memory the part of the window begins that is shown: of one channel, or of all where they lie together. */
export function beginningOf(g: Geometry, { memory, y, local }: Place): number {
  const slot = memory === "NCHW" ? local * g.rows.k * g.columns.k : 0;
  return offsetOf(g, memory, y, slot).offset;
}

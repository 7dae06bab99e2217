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
} from "#engine";
import type { Frame } from "../lens.ts";
import { type OutputPlace, outputPlaceOf } from "../shared/outputPlace.ts";

/** What the Strides lens looks at: one output, its window, and how X lies in memory. */
export interface Place extends OutputPlace {
  readonly memory: MemoryName;
  /** The cell of the view whose offset is worked out: by output and slot. */
  readonly element: { readonly y: number; readonly slot: number };
  /** The slot of this window that is looked at: the tap playback has reached, or the number pointed at. */
  readonly tap: number | null;
}

/** How X lies in memory, as the switch says. */
export function memoryOf({ view }: Frame): MemoryName {
  return memoryIn(view.options);
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
  const { geometry: g, pointed } = frame;
  const place = outputPlaceOf(frame);
  const element = elementOf(frame, place.y, place.local * g.rows.k * g.columns.k);
  const tap = pointed ? slotIn(g, place.y, pointed) : place.slot;
  return { ...place, memory: memoryOf(frame), element, tap };
}

/** Where in memory the part of the window begins that is shown: of one channel, or of all where they lie together. */
export function beginningOf(g: Geometry, { memory, y, local }: Place): number {
  const slot = memory === "NCHW" ? local * g.rows.k * g.columns.k : 0;
  return offsetOf(g, memory, y, slot).offset;
}

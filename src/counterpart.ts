import { type Axis, positionOf } from "./axis.ts";
import { type CellRef, type Kind, TENSORS } from "./cell.ts";
import { type Geometry, inputOfPadded, readOf, type Tap } from "./geometry.ts";
import { slotOfWeight, TAPS_OF } from "./provenance.ts";
import { ravel, unravel } from "./tensor.ts";

/** A tap, and the slot of the window in which it stands. */
export interface SlotTap extends Tap {
  readonly slot: number;
}

/** Where input `x` itself stands in the padded input, not a copy of it. */
export function placeOfInput(g: Geometry, x: number): number {
  const [n, c, ih, iw] = unravel(g.shapes.X, x) as [number, number, number, number];
  return ravel(g.shapes.P, [n, c, ih + g.rows.before, iw + g.columns.before]);
}

/** How far a slot is from the middle of its window. */
function fromMiddle({ rows, columns }: Geometry, slot: number): number {
  const row = Math.floor(slot / columns.k) % rows.k;
  const column = slot % columns.k;
  return Math.abs(row - (rows.k >> 1)) + Math.abs(column - (columns.k >> 1));
}

/**
 * The one tap that stands for a cell where only one can: on the image if there is any, then nearest to the middle of
 * its window, then the first. null where no window reads the cell.
 */
export function tapFor(g: Geometry, { tensor, index }: CellRef): SlotTap | null {
  let best: SlotTap | null = null;
  let least = Number.POSITIVE_INFINITY;
  const offImage = g.rows.k + g.columns.k;
  const { kind } = TENSORS[tensor];
  const [side, at] = representing(g, kind, index);
  TAPS_OF[side](g, at, (p, x, w, y) => {
    const slot = slotOfWeight(g, w);
    const far = fromMiddle(g, slot) + (x < 0 ? offImage : 0);
    if (far >= least) return;
    least = far;
    best = { p, x, w, y, slot };
  });
  return best;
}

/** The cell whose taps are gone over in place of those of another, the best of which is among them. */
function representing(g: Geometry, kind: Kind, index: number): readonly [Kind, number] {
  const { rows, columns, window } = g;
  const area = rows.out * columns.out;
  // A bias has no tap of its own: the window of the first output that it enters stands for it.
  if (kind === "b") return ["Y", index * area];
  if (kind !== "W") return [kind, index];
  // A weight has one for every output of its filter, all in one slot: the first that is on the image is as good as any.
  const slot = slotOfWeight(g, index);
  const oh = firstOnImage(rows, Math.floor(slot / columns.k) % rows.k);
  const ow = firstOnImage(columns, slot % columns.k);
  const place = oh < 0 || ow < 0 ? 0 : oh * columns.out + ow;
  return ["T", (Math.floor(index / window) * area + place) * window + slot];
}

/** The first output whose tap `t` stands on an input; −1 where none does. */
function firstOnImage(axis: Axis, t: number): number {
  for (let o = 0; o < axis.out; o++) if (axis.source[positionOf(axis, o, t)]! >= 0) return o;
  return -1;
}

/** The cell of each kind that a tap belongs to; −1: none. */
const OF_TAP: Readonly<Record<Kind, (g: Geometry, tap: SlotTap) => number>> = {
  X: (_g, { x }) => x,
  P: (_g, { p }) => p,
  W: (_g, { w }) => w,
  Y: (_g, { y }) => y,
  R: (g, { y, slot }) => readOf(g, y, slot),
  T: (g, { y, slot }) => y * g.window + slot,
  S: (g, { y, slot }) => y * g.depth + Math.floor(slot / (g.rows.k * g.columns.k)),
  b: (g, { w }) => Math.floor(w / g.window),
};

/**
 * The cell of another kind that is in focus when this one is: an output's is the input in the middle of its window,
 * an input's the output whose window stands round it, a weight's the first output it makes. null where there is none.
 */
export function counterpartOf(g: Geometry, ref: CellRef, kind: Kind): number | null {
  const own = TENSORS[ref.tensor].kind;
  if (own === kind) return ref.index;
  if (own === "X" && kind === "P") return placeOfInput(g, ref.index);
  const found =
    own === "P" && kind === "X" ? inputOfPadded(g, ref.index) : throughTap(g, ref, kind);
  return found < 0 ? null : found;
}

function throughTap(g: Geometry, ref: CellRef, kind: Kind): number {
  const tap = tapFor(g, ref);
  return tap ? OF_TAP[kind](g, tap) : -1;
}

import { type CellRef, type Kind, TENSORS, type TensorName } from "./cell.ts";
import {
  type Geometry,
  inputOfPadded,
  paddedOfInput,
  readOf,
  type VisitTap,
  visitInput,
  visitOutput,
  visitPadded,
  visitRead,
  visitWeight,
} from "./geometry.ts";
import { sizeOf } from "./tensor.ts";

/** For a tensor, whether a cell of it belongs; null where none does. */
export type Relatives = (tensor: TensorName) => ((index: number) => boolean) | null;

/** The slot in which the window meets weight `w`. */
export function slotOfWeight(g: Geometry, w: number): number {
  const area = g.rows.k * g.columns.k;
  const place = w % area;
  const channel = Math.floor(w / area) % g.depth;
  return channel * area + (g.spec.flip ? area - 1 - place : place);
}

type VisitTaps = (g: Geometry, index: number, visit: VisitTap) => void;

/** The taps of output `y` whose slots are wanted. */
function visitSlots(g: Geometry, y: number, wanted: (slot: number) => boolean, visit: VisitTap) {
  let slot = 0;
  visitOutput(g, y, (p, x, w, of) => {
    if (wanted(slot++)) visit(p, x, w, of);
  });
}

/** All taps in which a cell takes part, by its kind. */
export const TAPS_OF: Readonly<Record<Kind, VisitTaps>> = {
  X: visitInput,
  P: visitPadded,
  W: visitWeight,
  Y: visitOutput,
  R: visitRead,
  T: (g, index, visit) =>
    visitSlots(g, Math.floor(index / g.window), (slot) => slot === index % g.window, visit),
  S(g, index, visit) {
    const area = g.rows.k * g.columns.k;
    const inChannel = (slot: number) => Math.floor(slot / area) === index % g.depth;
    visitSlots(g, Math.floor(index / g.depth), inChannel, visit);
  },
  b(g, index, visit) {
    const plane = g.rows.out * g.columns.out;
    for (let y = 0; y < sizeOf(g.shapes.Y); y++)
      if (Math.floor(y / plane) % g.spec.F === index) visit(-1, -1, -1, y);
  },
};

/**
 * All that made a cell and all that it makes: the cells that share a tap with it, in every tensor.
 * An input has all outputs it feeds, a weight all its products, an output its window, its weights and its bias.
 */
export function relativesOf(g: Geometry, { tensor, index }: CellRef): Relatives {
  const { kind } = TENSORS[tensor];
  const P = new Uint8Array(sizeOf(g.shapes.P));
  const X = new Uint8Array(sizeOf(g.shapes.X));
  const W = new Uint8Array(sizeOf(g.shapes.W));
  const Y = new Uint8Array(sizeOf(g.shapes.Y));
  // The taps of a weight are as many as its outputs, but all in one slot; those of any other cell are few.
  const ofWeight = kind === "W" ? slotOfWeight(g, index) : -1;
  const T = new Set<number>();
  const R = new Set<number>();
  TAPS_OF[kind](g, index, (p, x, w, y) => {
    Y[y] = 1;
    if (p < 0) return;
    P[p] = 1;
    W[w] = 1;
    if (x >= 0) X[x] = 1;
    if (ofWeight >= 0) return;
    const slot = slotOfWeight(g, w);
    T.add(y * g.window + slot);
    R.add(readOf(g, y, slot));
  });
  if (kind === "X" || kind === "P") markInput(g, kind, index, X, P);
  if (kind === "W") W[index] = 1;

  const isTap =
    ofWeight < 0
      ? (t: number) => T.has(t)
      : (t: number) => t % g.window === ofWeight && Y[Math.floor(t / g.window)] === 1;
  // The reads of a weight stand in one column of the matrix, in every row.
  const readers = g.shapes.R[1]!;
  const column = ofWeight < 0 ? -1 : readOf(g, Y.indexOf(1), ofWeight) % readers;
  const isRead = ofWeight < 0 ? (r: number) => R.has(r) : (r: number) => r % readers === column;
  const area = g.rows.k * g.columns.k;
  const isPartial = (s: number) => {
    const y = Math.floor(s / g.depth);
    const first = y * g.window + (s % g.depth) * area;
    for (let t = first; t < first + area; t++) if (isTap(t)) return true;
    return false;
  };
  const filters = new Set(biasesOf(g, kind, index));
  const marked = (mask: Uint8Array) => (i: number) => mask[i] === 1;
  const has: Record<Kind, (index: number) => boolean> = {
    X: marked(X),
    P: marked(P),
    W: marked(W),
    Y: marked(Y),
    T: isTap,
    S: isPartial,
    R: isRead,
    b: (f) => filters.has(f),
  };
  return (tensor) => has[TENSORS[tensor].kind];
}

/** The cell itself counts, also where no window reads it, and so do all cells that hold the same input. */
function markInput(g: Geometry, kind: "X" | "P", index: number, X: Uint8Array, P: Uint8Array) {
  const x = kind === "X" ? index : inputOfPadded(g, index);
  if (kind === "P") P[index] = 1;
  if (x < 0) return;
  X[x] = 1;
  if (kind === "X") for (const p of paddedOfInput(g, x)) P[p] = 1;
}

/** A bias belongs to itself and to the outputs it enters; inputs and weights do not touch it. */
function biasesOf(g: Geometry, kind: Kind, index: number): number[] {
  if (kind === "b") return [index];
  if (kind === "Y") return [Math.floor(index / (g.rows.out * g.columns.out)) % g.spec.F];
  return [];
}

import type { CellRef, TensorName } from "./cell.ts";
import {
  type Geometry,
  inputOfPadded,
  paddedOfInput,
  type VisitTap,
  visitInput,
  visitOutput,
  visitPadded,
  visitWeight,
} from "./geometry.ts";
import { sizeOf } from "./tensor.ts";

/** For a tensor, whether a cell of it belongs; null where none does. */
export type Relatives = (tensor: TensorName) => ((index: number) => boolean) | null;

/** The slot in which the window meets weight `w`. */
function slotOfWeight(g: Geometry, w: number): number {
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

/** All taps in which a cell takes part, by its tensor. */
const TAPS: Readonly<Record<TensorName, VisitTaps>> = {
  X: visitInput,
  P: visitPadded,
  W: visitWeight,
  Z: visitOutput,
  Y: visitOutput,
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
export function relativesOf(g: Geometry, ref: CellRef): Relatives {
  const P = new Uint8Array(sizeOf(g.shapes.P));
  const X = new Uint8Array(sizeOf(g.shapes.X));
  const W = new Uint8Array(sizeOf(g.shapes.W));
  const Y = new Uint8Array(sizeOf(g.shapes.Y));
  // The taps of a weight are as many as its outputs, but all in one slot; those of any other cell are few.
  const ofWeight = ref.tensor === "W" ? slotOfWeight(g, ref.index) : -1;
  const T = new Set<number>();
  TAPS[ref.tensor](g, ref.index, (p, x, w, y) => {
    Y[y] = 1;
    if (p < 0) return;
    P[p] = 1;
    W[w] = 1;
    if (x >= 0) X[x] = 1;
    if (ofWeight < 0) T.add(y * g.window + slotOfWeight(g, w));
  });
  if (ref.tensor === "X" || ref.tensor === "P") markInput(g, ref, X, P);
  if (ref.tensor === "W") W[ref.index] = 1;

  const isTap =
    ofWeight < 0
      ? (t: number) => T.has(t)
      : (t: number) => t % g.window === ofWeight && Y[Math.floor(t / g.window)] === 1;
  const area = g.rows.k * g.columns.k;
  const isPartial = (s: number) => {
    const y = Math.floor(s / g.depth);
    const first = y * g.window + (s % g.depth) * area;
    for (let t = first; t < first + area; t++) if (isTap(t)) return true;
    return false;
  };
  const filters = new Set(biasesOf(g, ref));
  const marked = (mask: Uint8Array) => (index: number) => mask[index] === 1;
  const has: Record<TensorName, (index: number) => boolean> = {
    X: marked(X),
    P: marked(P),
    W: marked(W),
    Y: marked(Y),
    Z: marked(Y),
    T: isTap,
    S: isPartial,
    b: (f) => filters.has(f),
  };
  return (tensor) => has[tensor];
}

/** The cell itself counts, also where no window reads it, and so do all cells that hold the same input. */
function markInput(g: Geometry, ref: CellRef, X: Uint8Array, P: Uint8Array): void {
  const x = ref.tensor === "X" ? ref.index : inputOfPadded(g, ref.index);
  if (ref.tensor === "P") P[ref.index] = 1;
  if (x < 0) return;
  X[x] = 1;
  if (ref.tensor === "X") for (const p of paddedOfInput(g, x)) P[p] = 1;
}

/** A bias belongs to itself and to the outputs it enters; inputs and weights do not touch it. */
function biasesOf(g: Geometry, { tensor, index }: CellRef): number[] {
  if (tensor === "b") return [index];
  if (tensor === "Y" || tensor === "Z")
    return [Math.floor(index / (g.rows.out * g.columns.out)) % g.spec.F];
  return [];
}

import { type Axis, positionOf } from "./axis.ts";
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

type Has = Readonly<Record<Kind, (index: number) => boolean>>;

/**
 * All that made a cell and all that it makes: the cells that share a tap with it, in every tensor.
 * An input has all outputs it feeds, a weight all its products, an output its window, its weights and its bias.
 * What is asked of the cells of large tensors takes no memory of their size: few are kept, many follow from a rule.
 */
export function relativesOf(g: Geometry, { tensor, index }: CellRef): Relatives {
  const { kind } = TENSORS[tensor];
  const has =
    kind === "W" ? ofWeight(g, index) : kind === "b" ? ofBias(g, index) : ofFew(g, kind, index);
  return (tensor) => {
    const isRelative = has[TENSORS[tensor].kind];
    return (i) => i >= 0 && isRelative(i); // what is no one's cell is no one's relative
  };
}

const NONE = () => false;

/** The filter of an output. */
function filterOf(g: Geometry, y: number): number {
  return Math.floor(y / (g.rows.out * g.columns.out)) % g.spec.F;
}

/** Whether a partial sum has one of these products. */
function partialsOf(g: Geometry, isTap: (t: number) => boolean) {
  const area = g.rows.k * g.columns.k;
  return (s: number) => {
    const y = Math.floor(s / g.depth);
    const first = y * g.window + (s % g.depth) * area;
    for (let t = first; t < first + area; t++) if (isTap(t)) return true;
    return false;
  };
}

/** A bias belongs to itself and to the outputs it enters; inputs and weights do not touch it. */
function ofBias(g: Geometry, index: number): Has {
  return {
    X: NONE,
    P: NONE,
    W: NONE,
    T: NONE,
    S: NONE,
    R: NONE,
    b: (f) => f === index,
    Y: (y) => filterOf(g, y) === index,
  };
}

/** A weight meets one position of every window of its filter: every so many rows, and every so many columns. */
function ofWeight(g: Geometry, index: number): Has {
  const { rows, columns, depth, filtersPerGroup, spec } = g;
  const slot = slotOfWeight(g, index);
  const area = rows.k * columns.k;
  const f = Math.floor(index / (area * depth));
  const column = Math.floor(f / filtersPerGroup) * g.window + slot;
  const channel = Math.floor(column / area);
  const down = metBy(rows, Math.floor(slot / columns.k) % rows.k);
  const across = metBy(columns, slot % columns.k);
  // Asked for each pixel of the screen: an index fits 31 bits, so no step is more than it need be.
  const inPlanes = (inRow: Uint8Array, inColumn: Uint8Array) => (i: number) => {
    const row = (i / inColumn.length) | 0;
    if (inColumn[i - row * inColumn.length] === 0) return false;
    const plane = (row / inRow.length) | 0;
    return inRow[row - plane * inRow.length] === 1 && plane % spec.C === channel;
  };
  const isTap = (t: number) => t % g.window === slot && filterOf(g, Math.floor(t / g.window)) === f;
  const readers = spec.C * area;
  return {
    X: inPlanes(down.input, across.input),
    P: inPlanes(down.position, across.position),
    W: (w) => w === index,
    b: NONE,
    Y: (y) => filterOf(g, y) === f,
    T: isTap,
    S: partialsOf(g, isTap),
    // its reads stand in one column of the matrix, in every row
    R: (r) => r % readers === column,
  };
}

/** The positions of an axis that tap `t` meets, and the inputs that stand there. */
function metBy(axis: Axis, t: number) {
  const position = new Uint8Array(axis.padded);
  const input = new Uint8Array(axis.n);
  for (let o = 0; o < axis.out; o++) {
    const p = positionOf(axis, o, t);
    position[p] = 1;
    const i = axis.source[p]!;
    if (i >= 0) input[i] = 1;
  }
  return { position, input };
}

/** Any other cell has few taps: they are gone over once. */
function ofFew(g: Geometry, kind: Exclude<Kind, "W" | "b">, index: number): Has {
  const of = { X: new Set<number>(), P: new Set<number>(), W: new Set<number>() };
  const made = { Y: new Set<number>(), T: new Set<number>(), R: new Set<number>() };
  TAPS_OF[kind](g, index, (p, x, w, y) => {
    made.Y.add(y);
    of.P.add(p);
    of.W.add(w);
    if (x >= 0) of.X.add(x);
    const slot = slotOfWeight(g, w);
    made.T.add(y * g.window + slot);
    made.R.add(readOf(g, y, slot));
  });
  if (kind === "X" || kind === "P") addInput(g, kind, index, of.X, of.P);
  const isIn = (cells: ReadonlySet<number>) => (i: number) => cells.has(i);
  return {
    X: isIn(of.X),
    P: isIn(of.P),
    W: isIn(of.W),
    Y: isIn(made.Y),
    T: isIn(made.T),
    S: partialsOf(g, isIn(made.T)),
    R: isIn(made.R),
    b: kind === "Y" ? (f) => f === filterOf(g, index) : NONE,
  };
}

/** The cell itself counts, also where no window reads it, and so do all cells that hold the same input. */
function addInput(g: Geometry, kind: "X" | "P", index: number, X: Set<number>, P: Set<number>) {
  const x = kind === "X" ? index : inputOfPadded(g, index);
  if (kind === "P") P.add(index);
  if (x < 0) return;
  X.add(x);
  if (kind === "X") for (const p of paddedOfInput(g, x)) P.add(p);
}

import {
  type Axis,
  type Backward,
  type Geometry,
  INPUT_GRADIENTS,
  type Layer,
  visitOutput,
  visitPadded,
  visitReaders,
} from "#engine";
import { copiesOf } from "../shared/back.ts";

/**
 * What stands in a cell of the gradient when some of the stamps have landed: a sum in the order of the walk, exact at
 * every step. null: nothing has landed there yet, though something will.
 */
export interface Filling {
  /** The cell of the padded gradient when the outputs before `until` have been stamped. */
  readonly padded: (p: number, until: number) => number | null;
  /** The cell of dX: what has landed on it and, where the ring copies the image, on its copies; `landed` says until where. */
  readonly input: (x: number, landed: (p: number) => number) => number | null;
}

const fillings = new WeakMap<Backward, Filling>();

/** The filling of an answer. Any step can be asked for at any time. */
export function fillingOf(g: Geometry, layer: Layer, back: Backward): Filling {
  let filling = fillings.get(back);
  if (!filling) {
    filling = makeFilling(g, layer, back);
    fillings.set(back, filling);
  }
  return filling;
}

/** Tables of whole filters that are kept at a time: walks go on from one to the next. */
const KEPT = 4;

function makeFilling(g: Geometry, layer: Layer, back: Backward): Filling {
  const { spec, filtersPerGroup } = g;
  const area = g.rows.out * g.columns.out;
  const rows = readersOf(g.rows);
  const columns = readersOf(g.columns);
  const tables = tablesOf(g, layer, back);
  const copies = copiesOf(g);

  function padded(p: number, until: number): number | null {
    const column = p % g.columns.padded;
    const line = Math.floor(p / g.columns.padded);
    const row = line % g.rows.padded;
    const plane = Math.floor(line / g.rows.padded);
    if (rows.first[row]! < 0 || columns.first[column]! < 0) return 0; // no window ever read it
    const group = Math.floor((plane % spec.C) / g.depth);
    const n = Math.floor(plane / spec.C);
    const first = (n * spec.F + group * filtersPerGroup) * area;
    const stamped = until - first;
    if (stamped <= 0) return null;
    if (stamped >= filtersPerGroup * area) return tables.final()[p]!;
    const filters = Math.floor(stamped / area);
    const rest = stamped % area;
    const earliest = rows.first[row]! * g.columns.out + columns.first[column]!;
    const latest = rows.last[row]! * g.columns.out + columns.last[column]!;
    if (rest <= earliest) return filters === 0 ? null : tables.after(n, group, filters, p);
    if (rest > latest) return tables.after(n, group, filters + 1, p);
    let sum = 0;
    visitPadded(g, p, (_p, _x, w, y) => {
      if (y < until) sum += back.delta.data[y]! * layer.w.data[w]!;
    });
    return sum;
  }

  return {
    padded,
    input(x, landed) {
      const column = x % g.columns.n;
      const line = Math.floor(x / g.columns.n);
      const plane = Math.floor(line / g.rows.n);
      const group = Math.floor((plane % spec.C) / g.depth);
      const end = (Math.floor(plane / spec.C) * spec.F + (group + 1) * filtersPerGroup) * area;
      let sum: number | null = null;
      let complete = true;
      for (const row of copies.rows[line % g.rows.n]!)
        for (const beside of copies.columns[column]!) {
          const p = (plane * g.rows.padded + row) * g.columns.padded + beside;
          const until = landed(p);
          complete &&= until >= end;
          const part = padded(p, until);
          if (part !== null) sum = (sum ?? 0) + part;
        }
      return complete ? back.dx.data[x]! : sum; // once whole, the very number that all lenses show
    },
  };
}

/** The first and the last output that reads each position; −1 where none does. */
function readersOf(axis: Axis): { readonly first: Int32Array; readonly last: Int32Array } {
  const first = new Int32Array(axis.padded).fill(-1);
  const last = new Int32Array(axis.padded).fill(-1);
  for (let p = 0; p < axis.padded; p++)
    visitReaders(axis, p, (o) => {
      if (first[p]! < 0) first[p] = o;
      last[p] = o;
    });
  return { first, last };
}

/** Sums over whole filters, so that a cell between two filters costs one look-up, however many it has been through. */
function tablesOf(g: Geometry, layer: Layer, back: Backward) {
  const { spec, depth, filtersPerGroup } = g;
  const planes = g.rows.padded * g.columns.padded;
  const area = g.rows.out * g.columns.out;
  const kept = new Map<string, Float64Array>();
  let whole: Float64Array | null = null;

  const final = () => {
    whole ??= INPUT_GRADIENTS.scatter.padded(g, layer, back.delta).data;
    return whole;
  };

  /** The planes of a group, with the stamps of its first `filters` filters. */
  function table(n: number, group: number, filters: number): Float64Array {
    const key = `${n} ${group} ${filters}`;
    const known = kept.get(key);
    if (known) return known;
    const made =
      filters === 1 ? new Float64Array(depth * planes) : table(n, group, filters - 1).slice();
    const offset = (n * spec.C + group * depth) * planes;
    const f = group * filtersPerGroup + filters - 1;
    const first = (n * spec.F + f) * area;
    for (let y = first; y < first + area; y++) {
      const d = back.delta.data[y]!;
      visitOutput(g, y, (p, _x, w) => {
        made[p - offset] = made[p - offset]! + d * layer.w.data[w]!;
      });
    }
    kept.set(key, made);
    for (const old of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(old);
    }
    return made;
  }

  return {
    final,
    after(n: number, group: number, filters: number, p: number): number {
      if (filters === filtersPerGroup) return final()[p]!;
      return table(n, group, filters)[p - (n * spec.C + group * depth) * planes]!;
    },
  };
}

import {
  type Axis,
  type Backward,
  type Geometry,
  INPUT_GRADIENTS,
  type Layer,
  type Numbers,
  unravel,
  visitOutput,
  visitPadded,
  visitReaders,
} from "#engine";
import { copiesOf } from "../shared/back.ts";

/** A number by row and column; null: nothing has landed there yet, though something will. */
export type At = (row: number, column: number) => number | null;

/** What the gradient holds when some of the stamps have landed: sums in the order of the walk, exact at every step. */
export interface Filling {
  /** A plane of the padded gradient when the outputs before `until` have been stamped. */
  readonly plane: (n: number, channel: number, until: number) => At;
  /** One cell of it. */
  readonly padded: (p: number, until: number) => number | null;
  /** A plane of dX, from the plane of the padded gradient that it is cropped from, or folded together from. */
  readonly folded: (padded: At, n: number, channel: number, complete: boolean) => At;
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

/** The first output after all that stamp the plane of a sample and channel. */
export function endOf(g: Geometry, n: number, channel: number): number {
  const filters = (Math.floor(channel / g.depth) + 1) * g.filtersPerGroup;
  return (n * g.spec.F + filters) * g.rows.out * g.columns.out;
}

function makeFilling(g: Geometry, layer: Layer, back: Backward): Filling {
  const rows = readersOf(g.rows);
  const columns = readersOf(g.columns);
  const copies = copiesOf(g);
  const area = g.rows.out * g.columns.out;
  const all = g.filtersPerGroup * area;

  /** The sum of what has landed on one cell, by its taps. */
  const sumAt = (p: number, until: number) => {
    let sum = 0;
    visitPadded(g, p, (_p, _x, w, y) => {
      if (y < until) sum += back.delta.data[y]! * layer.w.data[w]!;
    });
    return sum;
  };

  const sums = g.multiplyAdds <= MOST_TABLED ? tablesOf(g, layer, back) : soughtOf(g, back, sumAt);

  function plane(n: number, channel: number, until: number): At {
    const first = (n * g.spec.C + channel) * g.rows.padded * g.columns.padded;
    const stamped = Math.max(0, Math.min(all, until - endOf(g, n, channel) + all));
    const filters = Math.floor(stamped / area);
    const rest = stamped % area;
    const before = filters === 0 ? null : sums(n, channel, filters);
    const after = rest === 0 ? null : sums(n, channel, filters + 1);
    return (row, column) => {
      const from = rows.first[row]!;
      const beside = columns.first[column]!;
      if (from < 0 || beside < 0) return 0; // no window ever reads it
      const cell = row * g.columns.padded + column;
      if (rest <= from * g.columns.out + beside) return before ? before(cell) : null;
      if (rest > rows.last[row]! * g.columns.out + columns.last[column]!) return after!(cell);
      return sumAt(first + cell, until);
    };
  }

  return {
    plane,
    padded(p, until) {
      const [n, channel, row, column] = unravel(g.shapes.P, p) as [number, number, number, number];
      return plane(n, channel, until)(row, column);
    },
    folded(padded, n, channel, complete) {
      const first = (n * g.spec.C + channel) * g.rows.n * g.columns.n;
      // once whole, the very number that all lenses show
      if (complete) return (row, column) => back.dx.data[first + row * g.columns.n + column]!;
      return (row, column) => {
        let sum: number | null = null;
        for (const at of copies.rows[row]!)
          for (const beside of copies.columns[column]!) {
            const part = padded(at, beside);
            if (part !== null) sum = (sum ?? 0) + part;
          }
        return sum;
      };
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

/** One plane of the padded gradient, cell by cell, with the stamps of the first `filters` filters of its group. */
type Sums = (n: number, channel: number, filters: number) => (cell: number) => number;

/** Multiply-adds up to which all stamps are gone over at once, in some milliseconds. */
const MOST_TABLED = 2_000_000;

/** Of more cells than that only those that are seen are summed; where nothing was copied, a whole sum is a cell of dX. */
function soughtOf(g: Geometry, back: Backward, sumAt: (p: number, until: number) => number): Sums {
  const { rows, columns, spec, filtersPerGroup, depth } = g;
  const area = rows.out * columns.out;
  return (n, channel, filters) => {
    const plane = n * spec.C + channel;
    const first = plane * rows.padded * columns.padded;
    const group = Math.floor(channel / depth);
    const until = (n * spec.F + group * filtersPerGroup + filters) * area;
    const whole = filters === filtersPerGroup && spec.padMode === "zeros";
    return (cell) => {
      const i = Math.floor(cell / columns.padded) - rows.before;
      const j = (cell % columns.padded) - columns.before;
      const isInside = i >= 0 && i < rows.n && j >= 0 && j < columns.n;
      if (whole && isInside) return back.dx.data[(plane * rows.n + i) * columns.n + j]!;
      return sumAt(first + cell, until);
    };
  };
}

/** Groups of planes that are kept at a time: walks go on from one to the next. */
const KEPT = 4;

/** Sums over whole filters, so that a cell between two filters costs one look-up, however many it has been through. */
function tablesOf(g: Geometry, layer: Layer, back: Backward): Sums {
  const { spec, depth, filtersPerGroup } = g;
  const size = g.rows.padded * g.columns.padded;
  const area = g.rows.out * g.columns.out;
  const kept = new Map<string, Float64Array>();
  let final: Numbers | null = null;

  /** The planes of a group, with the stamps of its first `filters` filters. */
  function planes(n: number, group: number, filters: number): Float64Array {
    const key = `${n} ${group} ${filters}`;
    const known = kept.get(key);
    if (known) return known;
    const made =
      filters === 1 ? new Float64Array(depth * size) : planes(n, group, filters - 1).slice();
    const offset = (n * spec.C + group * depth) * size;
    const first = (n * spec.F + group * filtersPerGroup + filters - 1) * area;
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

  function after(n: number, channel: number, filters: number): Numbers {
    const plane = n * spec.C + channel;
    if (filters === filtersPerGroup) {
      final ??= INPUT_GRADIENTS.scatter.padded(g, layer, back.delta).data;
      return final.subarray(plane * size, (plane + 1) * size);
    }
    const local = channel % depth;
    const group = Math.floor(channel / depth);
    return planes(n, group, filters).subarray(local * size, (local + 1) * size);
  }

  return (n, channel, filters) => {
    const table = after(n, channel, filters);
    return (cell) => table[cell]!;
  };
}

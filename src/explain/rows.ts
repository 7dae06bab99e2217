import type { WindowOrder } from "../conv/view.ts";
import type { Geometry } from "../geometry.ts";

/** How the windows of im2col lie: one a row, in the order (n, oh, ow), or one a column, the batch fastest. */
export type Way = "rows" | "columns";

/** The row of im2col that stands at a place of the order. */
export function rowAt({ rows, columns, spec }: Geometry, way: Way, place: number): number {
  if (way === "rows") return place;
  return (place % spec.N) * rows.out * columns.out + Math.floor(place / spec.N);
}

/** The place of a row of im2col in the order. */
export function placeOfRow({ rows, columns, spec }: Geometry, way: Way, row: number): number {
  if (way === "rows") return row;
  const area = rows.out * columns.out;
  return (row % area) * spec.N + Math.floor(row / area);
}

/** The row of im2col that output `y` is made of. */
export function rowOfOutput({ rows, columns, spec }: Geometry, y: number): number {
  const area = rows.out * columns.out;
  return Math.floor(y / (spec.F * area)) * area + (y % area);
}

/** The output that filter `f` makes of a row of im2col. */
export function outputOfRow({ rows, columns, spec }: Geometry, row: number, f: number): number {
  const area = rows.out * columns.out;
  return (Math.floor(row / area) * spec.F + f) * area + (row % area);
}

/** The first of the cells of a row that filter `f` meets; they are g.window side by side. */
export function firstOfFilter(g: Geometry, f: number): number {
  return Math.floor(f / g.filtersPerGroup) * g.window;
}

/** The cell of a window, counted channel by channel as everywhere, that stands at a place of another order. */
export function cellAt({ rows, columns, spec }: Geometry, order: WindowOrder, place: number) {
  if (order === "c kh kw") return place;
  return (place % spec.C) * rows.k * columns.k + Math.floor(place / spec.C);
}

/** The place of a cell of a window in an order. */
export function placeOfCell({ rows, columns, spec }: Geometry, order: WindowOrder, cell: number) {
  if (order === "c kh kw") return cell;
  const area = rows.k * columns.k;
  return (cell % area) * spec.C + Math.floor(cell / area);
}

/** How names count: the cells of a window in this order, and the windows of the index arrays as rows or columns. */
interface Count {
  readonly order: WindowOrder;
  readonly arrays: Way;
}

const USUAL: Count = { order: "c kh kw", arrays: "columns" };
const counts = new WeakMap<Geometry, Count>();
const others = new WeakMap<Geometry, Map<string, Geometry>>();

/** The same geometry, in whose names the cells of a window are counted in this order: "col[6, 4]", "k[4]", "row 4". */
export function countedIn(g: Geometry, order: WindowOrder, arrays: Way = USUAL.arrays): Geometry {
  if (order === USUAL.order && arrays === USUAL.arrays) return g;
  const known = others.get(g) ?? new Map<string, Geometry>();
  others.set(g, known);
  const key = `${order}, ${arrays}`;
  const other = known.get(key) ?? { ...g };
  known.set(key, other);
  counts.set(other, { order, arrays });
  return other;
}

/** The number by which names call a cell of a window. */
export function countOf(g: Geometry, cell: number): number {
  return placeOfCell(g, (counts.get(g) ?? USUAL).order, cell);
}

/** Whether the windows are rows or columns of the index arrays: the order in which names have their two indices. */
export function arraysOf(g: Geometry): Way {
  return (counts.get(g) ?? USUAL).arrays;
}

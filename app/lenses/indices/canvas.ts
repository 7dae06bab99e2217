import { colAt, type Geometry, rowAt, type Tensor, type Way } from "#engine";
import { columnGradient } from "../col2im/canvas.ts";
import type { Frame } from "../lens.ts";
import { backOf } from "../shared/back.ts";
import { partOf, positionsDone, type Walked } from "../shared/walked.ts";

// What np.add.at and the plain += have made of one plane of dX padded when so many windows are in it. A plane is kept
// and added to as playback goes on; when it goes back it is made anew, so that numbers never depend on the way there.

/** A plane of dX padded: sample and channel. */
export interface PlaneAt {
  readonly n: number;
  readonly channel: number;
}

interface Plane {
  readonly sums: Float64Array;
  readonly plain: Float64Array;
  /** The tap that names a cell and is written last; −1: none. */
  readonly last: Int32Array;
  /** How many cells the two have different numbers in. */
  wrong: number;
  /** How many positions are in it. */
  positions: number;
}

/** One cell: the sum, and what the plain += leaves. */
export interface Both {
  readonly sum: number;
  readonly plain: number;
}

export interface Canvas {
  /** By the flat index of the padded input; null: no window has named the cell yet. */
  readonly at: (p: number) => Both | null;
  /** The sum, or what the plain += leaves: the same without an object for each of many cells. */
  readonly by: (p: number, way: "sum" | "plain") => number | null;
  /** How many cells of the plane have lost a number by now. */
  readonly wrong: () => number;
}

function emptyPlane({ rows, columns }: Geometry): Plane {
  const size = rows.padded * columns.padded;
  return {
    sums: new Float64Array(size),
    plain: new Float64Array(size),
    last: new Int32Array(size).fill(-1),
    wrong: 0,
    positions: 0,
  };
}

/** Whether a number is written after the one of another tap: by rows of the arrays, which are taps or windows. */
function isLater(way: Way, cell: number, last: number): boolean {
  return way === "rows" || cell > last;
}

/**
 * Puts one number into a cell. The plain += reads every cell before it writes one, so each number is added to 0; it
 * writes in the order of the arrays, row by row, and what stays is the number of the last row that names the cell.
 */
function put(plane: Plane, way: Way, at: number, cell: number, value: number): void {
  const before = plane.sums[at] !== plane.plain[at];
  plane.sums[at] = plane.sums[at]! + value;
  if (isLater(way, cell, plane.last[at]!)) {
    plane.plain[at] = value;
    plane.last[at] = cell;
  }
  plane.wrong += Number(plane.sums[at] !== plane.plain[at]) - Number(before);
}

/** Puts the positions that are missing into a plane. */
function fill(frame: Frame, { n, channel, way }: At, plane: Plane, positions: number): void {
  const { geometry: g } = frame;
  const area = g.rows.k * g.columns.k;
  const first = (n * g.spec.C + channel) * g.rows.padded * g.columns.padded;
  const begin = n * g.rows.out * g.columns.out;
  for (let row = begin + plane.positions; row < begin + positions; row++)
    for (let cell = channel * area; cell < (channel + 1) * area; cell++)
      put(plane, way, colAt(g, row, cell).p - first, cell, columnGradient(frame, row, cell));
  plane.positions = positions;
}

/** A plane, and whether windows are rows of the arrays or columns: the plain += leaves other numbers. */
type At = PlaneAt & { readonly way: Way };

interface Kept {
  readonly geometry: Geometry;
  readonly weights: Tensor;
  readonly at: string;
  readonly plane: Plane;
}

/** The plane made last, for every δ; and the one with all columns in it. */
const kept = new WeakMap<Tensor, Kept>();
const finals = new WeakMap<Tensor, Kept>();

function planeAt(frame: Frame, at: At, positions: number, among: WeakMap<Tensor, Kept>): Plane {
  const { geometry, layer } = frame;
  const { delta } = backOf(frame);
  const name = `${at.n} ${at.channel} ${at.way}`;
  const before = among.get(delta);
  const same = before?.geometry === geometry && before.weights === layer.w && before.at === name;
  if (same && before.plane.positions === positions) return before.plane;
  const plane = same && before.plane.positions < positions ? before.plane : emptyPlane(geometry);
  fill(frame, at, plane, positions);
  among.set(delta, { geometry, weights: layer.w, at: name, plane });
  return plane;
}

export function canvasOf(frame: Frame, { n, channel }: PlaneAt, walked: Walked): Canvas {
  const { geometry: g } = frame;
  const { way } = walked;
  const at = { n, channel, way };
  const first = (n * g.spec.C + channel) * g.rows.padded * g.columns.padded;
  const positions = positionsDone(g, walked, n);
  const part = partOf(g, walked);
  const partRow = rowAt(g, way, walked.windows);
  let plane: Plane | null = null;
  // it may have gone on since: another picture is made from the same numbers
  const current = () => {
    if (plane?.positions !== positions) plane = planeAt(frame, at, positions, kept);
    return plane;
  };
  const read = (p: number): Both | null => {
    const { sums, plain, last } = current();
    const i = p - first;
    const cell = part.get(p);
    if (cell === undefined) return last[i]! < 0 ? null : { sum: sums[i]!, plain: plain[i]! };
    const value = columnGradient(frame, partRow, cell);
    return { sum: sums[i]! + value, plain: isLater(way, cell, last[i]!) ? value : plain[i]! };
  };
  const by = (p: number, way: "sum" | "plain"): number | null => {
    if (part.has(p)) return read(p)![way];
    const { sums, plain, last } = current();
    const i = p - first;
    return last[i]! < 0 ? null : way === "sum" ? sums[i]! : plain[i]!;
  };
  const size = g.rows.padded * g.columns.padded;
  const wrong = () => {
    const { sums, plain } = current();
    let count = current().wrong;
    for (const p of part.keys()) {
      const i = p - first;
      if (i < 0 || i >= size) continue;
      const now = read(p)!;
      count += Number(now.sum !== now.plain) - Number(sums[i] !== plain[i]);
    }
    return count;
  };
  return { at: read, by, wrong };
}

/** More products than this are not gone through only to count what would be wrong in the end. */
const MOST_PRODUCTS = 400_000;

/** How many cells of the plane the plain += gets wrong in the end; null where it would take too long to count. */
export function wrongInTheEnd(frame: Frame, { n, channel }: PlaneAt, way: Way): number | null {
  const { geometry: g } = frame;
  const positions = g.rows.out * g.columns.out;
  if (positions * g.rows.k * g.columns.k * g.filtersPerGroup > MOST_PRODUCTS) return null;
  return planeAt(frame, { n, channel, way }, positions, finals).wrong;
}

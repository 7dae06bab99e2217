import { colAt, type Geometry, outputOfRow, rowAt, type Tensor } from "#engine";
import type { Frame } from "../lens.ts";
import { weightAt } from "../shared/matrix.ts";
import { partOf, positionsDone, type Walked } from "../shared/walked.ts";
import type { Writes } from "./place.ts";

// What col2im has made of one padded plane when so many windows are added. A plane is kept and added to as playback goes
// on; when it goes back, it is made anew, so that the numbers never depend on the way there.

/** A cell of the padded input by its flat index; null: nothing has been written there yet. */
export type Canvas = (p: number) => number | null;

interface Plane {
  readonly values: Float64Array;
  readonly touched: Uint8Array;
  /** How many positions of its sample are in it. */
  positions: number;
}

interface Kept {
  readonly geometry: Geometry;
  readonly weights: Tensor;
  readonly plane: Plane;
  readonly at: string;
}

/** The plane made last, for every δ and every X. */
const kept = new WeakMap<Tensor, Kept>();

/** The number in a cell of dcol: δ · W over the filters that read it. */
export function columnGradient({ geometry: g, layer, answer }: Frame, row: number, cell: number) {
  const delta = answer.back!.delta.data;
  const first = Math.floor(cell / g.window) * g.filtersPerGroup;
  let sum = 0;
  for (let f = first; f < first + g.filtersPerGroup; f++)
    sum += delta[outputOfRow(g, row, f)]! * layer.w.data[weightAt(g, cell, f)]!;
  return sum;
}

/** The number in a cell of col. */
function copied({ geometry: g, layer }: Frame, row: number, cell: number): number {
  const { x } = colAt(g, row, cell);
  return x < 0 ? 0 : layer.x.data[x]!;
}

/** A plane of the padded input: sample and channel. */
interface PlaneAt {
  readonly n: number;
  readonly channel: number;
}

/** The canvas of sample `n` and a channel when the walk has come so far. */
export function canvasOf(frame: Frame, writes: Writes, at: PlaneAt, walked: Walked): Canvas {
  const { geometry: g } = frame;
  const first = (at.n * g.spec.C + at.channel) * g.rows.padded * g.columns.padded;
  const positions = positionsDone(g, walked, at.n);
  const part = partOf(g, walked);
  const row = rowAt(g, walked.way, walked.windows);
  const written = writes === "sum" ? columnGradient : copied;
  let plane: Plane | null = null;
  return (p) => {
    // the plane may have gone on since: another picture is made from the same numbers
    if (plane?.positions !== positions) plane = planeAt(frame, writes, at, positions);
    const { values, touched } = plane;
    const cell = part.get(p);
    const i = p - first;
    if (cell === undefined) return touched[i] ? values[i]! : null;
    const value = written(frame, row, cell);
    return writes === "sum" ? values[i]! + value : value;
  };
}

/** The plane with the first positions of its sample in it. */
function planeAt(frame: Frame, writes: Writes, at: PlaneAt, positions: number): Plane {
  const { geometry, layer, answer } = frame;
  const source = writes === "sum" ? answer.back!.delta : layer.x;
  const name = `${at.n} ${at.channel}`;
  const before = kept.get(source);
  const same = before?.geometry === geometry && before.weights === layer.w && before.at === name;
  if (same && before.plane.positions === positions) return before.plane;
  const size = geometry.rows.padded * geometry.columns.padded;
  const plane =
    same && before.plane.positions < positions
      ? before.plane
      : { values: new Float64Array(size), touched: new Uint8Array(size), positions: 0 };
  write(frame, writes, at, plane, positions);
  kept.set(source, { geometry, weights: layer.w, plane, at: name });
  return plane;
}

/** Writes the positions that are missing, window by window. */
function write(
  frame: Frame,
  writes: Writes,
  { n, channel }: PlaneAt,
  plane: Plane,
  positions: number,
): void {
  const { geometry: g } = frame;
  const begin = n * g.rows.out * g.columns.out;
  const area = g.rows.k * g.columns.k;
  const first = (n * g.spec.C + channel) * g.rows.padded * g.columns.padded;
  for (let row = begin + plane.positions; row < begin + positions; row++)
    for (let cell = channel * area; cell < (channel + 1) * area; cell++) {
      const at = colAt(g, row, cell).p - first;
      plane.touched[at] = 1;
      if (writes === "sum") plane.values[at] = plane.values[at]! + columnGradient(frame, row, cell);
      else plane.values[at] = copied(frame, row, cell);
    }
  plane.positions = positions;
}

import { colAt, type Geometry, outputOfRow, type Tensor } from "#engine";
import type { Frame } from "../lens.ts";
import { type Progress, weightAt } from "../shared/matrix.ts";
import { partOfRow, type Writes } from "./place.ts";

// What col2im has made of one padded plane when so many rows are added. A plane is kept and added to as playback goes
// on; when it goes back, it is made anew, so that the numbers never depend on the way there.

/** A cell of the padded input by its flat index; null: nothing has been written there yet. */
export type Canvas = (p: number) => number | null;

interface Plane {
  readonly values: Float64Array;
  readonly touched: Uint8Array;
  /** How many rows of im2col are in it. */
  rows: number;
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

/** The canvas of sample `n` and a channel when `progress` is reached. */
export function canvasOf(
  frame: Frame,
  writes: Writes,
  { n, channel }: { readonly n: number; readonly channel: number },
  progress: Progress,
): Canvas {
  const { geometry: g } = frame;
  const size = g.rows.padded * g.columns.padded;
  const first = (n * g.spec.C + channel) * size;
  const part = partOfRow(g, progress);
  const written = writes === "sum" ? columnGradient : copied;
  let plane: Plane | null = null;
  return (p) => {
    // the plane may have gone on since: another picture is made from the same numbers
    if (plane?.rows !== progress.rows)
      plane = planeAt(frame, writes, { n, channel }, progress.rows);
    const { values, touched } = plane;
    const cell = part.get(p);
    const at = p - first;
    if (cell === undefined) return touched[at] ? values[at]! : null;
    const value = written(frame, progress.rows, cell);
    return writes === "sum" ? values[at]! + value : value;
  };
}

/** The plane with the first `rows` rows of im2col in it. */
function planeAt(
  frame: Frame,
  writes: Writes,
  { n, channel }: { readonly n: number; readonly channel: number },
  rows: number,
): Plane {
  const { geometry, layer, answer } = frame;
  const source = writes === "sum" ? answer.back!.delta : layer.x;
  const at = `${n} ${channel}`;
  const before = kept.get(source);
  const same = before?.geometry === geometry && before.weights === layer.w && before.at === at;
  if (same && before.plane.rows === rows) return before.plane;
  const size = geometry.rows.padded * geometry.columns.padded;
  const plane =
    same && before.plane.rows < rows
      ? before.plane
      : { values: new Float64Array(size), touched: new Uint8Array(size), rows: 0 };
  write(frame, writes, { n, channel }, plane, rows);
  kept.set(source, { geometry, weights: layer.w, plane, at });
  return plane;
}

/** Writes the rows of this sample that are missing, window by window. */
function write(
  frame: Frame,
  writes: Writes,
  { n, channel }: { readonly n: number; readonly channel: number },
  plane: Plane,
  rows: number,
): void {
  const { geometry: g } = frame;
  const windows = g.rows.out * g.columns.out;
  const area = g.rows.k * g.columns.k;
  const first = (n * g.spec.C + channel) * g.rows.padded * g.columns.padded;
  const end = Math.min(rows, (n + 1) * windows);
  for (let row = Math.max(plane.rows, n * windows); row < end; row++)
    for (let cell = channel * area; cell < (channel + 1) * area; cell++) {
      const at = colAt(g, row, cell).p - first;
      plane.touched[at] = 1;
      if (writes === "sum") plane.values[at] = plane.values[at]! + columnGradient(frame, row, cell);
      else plane.values[at] = copied(frame, row, cell);
    }
  plane.rows = rows;
}

import { type Axis, INPUT_GRADIENTS, inputOfPadded, isRead, type Tensor } from "#engine";
import { type Plate, SMOOTH } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { backOf, copiesOf } from "../shared/back.ts";
import { plateOf, type Spot } from "../shared/plates.ts";
import { inReadingOrder, moved } from "../shared/progress.ts";
import { scaleKey } from "../shared/scales.ts";
import { fitting } from "../shared/sizes.ts";
import { written } from "./places.ts";
import { type Look, shapeKey, UNREAD } from "./plates.ts";

const padded = new WeakMap<object, Tensor>();

/** The gradient of the padded input; computed once for an answer. */
function paddedGradient({ geometry: g, layer, answer }: Frame): Tensor {
  const back = answer.back!;
  const found = padded.get(back) ?? INPUT_GRADIENTS.scatter.padded(g, layer, back.delta);
  padded.set(back, found);
  return found;
}

/** How far a plane of dX is written: later and earlier steps leave it as it is. */
function doneIn({ frame, subject }: Look): number {
  const { rows, columns, spec } = frame.geometry;
  const area = rows.n * columns.n;
  const first = (subject.n * spec.C + subject.channel) * area;
  return Math.max(0, Math.min(area, written(frame) - first));
}

/** The gradient of the padded input, before its ring is folded back. A copy is written with the cell it copied. */
export function paddedPlate(look: Look, spot: Spot): Plate {
  const { frame, subject, scales } = look;
  const g = frame.geometry;
  const { rows, columns } = g;
  const first = (subject.n * g.spec.C + subject.channel) * rows.padded * columns.padded;
  const index = (r: number, c: number) => first + r * columns.padded + c;
  const done = doneIn(look);
  const gradient = paddedGradient(frame);
  const until = written(frame);
  const { turned } = subject;
  const missing = (r: number, c: number) => r >= turned.rows.out || c >= turned.columns.out;
  const inside = (axis: Axis, at: number) => at >= axis.before && at < axis.before + axis.n;
  const reads = (axis: Axis) => Array.from({ length: axis.padded }, (_, p) => isRead(axis, p));
  const [readRow, readColumn] = [reads(rows), reads(columns)];
  const size = `${rows.padded} × ${columns.padded}`;
  return plateOf({
    ...spot,
    name: "dX padded",
    title: "dX padded",
    subtitle: fitting([`${size}, ring and all`, size], spot.titleRoom),
    role: "X",
    rows: rows.padded,
    columns: columns.padded,
    scale: scales.dx,
    tensor: "DP",
    indexAt: index,
    valueAt(r, c) {
      if (missing(r, c) || inputOfPadded(g, index(r, c)) >= until) return null;
      return gradient.data[index(r, c)]!;
    },
    textureAt: (r, c) => ({
      ring: inside(rows, r) && inside(columns, c) ? null : "copy",
      unread: missing(r, c) || !(readRow[r] && readColumn[c]),
    }),
    inside: { row: rows.before, column: columns.before, rows: rows.n, columns: columns.n },
    key: [gradient, first, shapeKey(look), scaleKey(scales.dx), done],
    // a copy in another ring is written with the cell it copied
    ...(g.spec.padMode === "zeros"
      ? { progress: moved(inReadingOrder(rows.n, columns.n, done), rows.before, columns.before) }
      : {}),
  });
}

/** dX as far as it is written; what comes out short without the remainder stays empty. */
export function gradientPlate(look: Look, spot: Spot): Plate {
  const { frame, subject, scales } = look;
  const g = frame.geometry;
  const { rows, columns } = g;
  const { dx } = backOf(frame);
  const first = (subject.n * g.spec.C + subject.channel) * rows.n * columns.n;
  const index = (r: number, c: number) => first + r * columns.n + c;
  const until = written(frame);
  const done = doneIn(look);
  const { turned } = subject;
  const [top, left] = turned.name === "full" ? [rows.before, columns.before] : [0, 0];
  const missing = (r: number, c: number) =>
    r + top >= turned.rows.out || c + left >= turned.columns.out;
  const copies = copiesOf(g);
  const read = (axis: Axis, places: readonly (readonly number[])[]) =>
    places.map((at) => at.some((p) => isRead(axis, p)));
  const readRow = read(rows, copies.rows);
  const readColumn = read(columns, copies.columns);
  const shape = g.shapes.X.join(" × ");
  const short = `${Math.max(0, Math.min(rows.n, turned.rows.out - top))} × ${Math.max(0, Math.min(columns.n, turned.columns.out - left))}`;
  const isShort = missing(rows.n - 1, columns.n - 1);
  return plateOf({
    ...spot,
    name: "dX",
    title: "dX",
    subtitle: isShort
      ? fitting([`only ${short} of ${rows.n} × ${columns.n}`, `only ${short}`], spot.titleRoom)
      : shape,
    role: "X",
    rows: rows.n,
    columns: columns.n,
    scale: scales.dx,
    tensor: "DX",
    indexAt: index,
    valueAt: (r, c) => (missing(r, c) || index(r, c) >= until ? null : dx.data[index(r, c)]!),
    textureAt: (r, c) => (missing(r, c) || !(readRow[r] && readColumn[c]) ? UNREAD : SMOOTH),
    key: [dx, first, shapeKey(look), scaleKey(scales.dx), done],
    progress: inReadingOrder(rows.n, columns.n, done),
  });
}

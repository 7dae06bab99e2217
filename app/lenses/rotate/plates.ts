import {
  type Axis,
  type DilatedAxis,
  type Geometry,
  INPUT_GRADIENTS,
  inputOfPadded,
  isRead,
  type Tensor,
} from "#engine";
import { type Plate, SMOOTH, type Texture } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { type BackScales, backOf, copiesOf, fitting } from "../shared/back.ts";
import { planePlate, plateOf, ringKey, type Spot } from "../shared/plates.ts";
import { scaleKey } from "../shared/scales.ts";
import { type Subject, withRemainder, written } from "./places.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly subject: Subject;
  readonly scales: BackScales;
}

const ZERO_BETWEEN: Texture = { ring: "zero", unread: false };
const UNREAD_ZERO: Texture = { ring: "zero", unread: true };
const UNREAD: Texture = { ring: null, unread: true };

/** All that the places of numbers depend on, besides the numbers. */
function shapeKey({ frame }: Look): string {
  const { spec } = frame.geometry;
  return `${ringKey(frame.geometry)} ${spec.flip} ${spec.groups} ${withRemainder(frame)}`;
}

/** How many positions of an axis hold a δ, of those that windows may stand on. */
function held({ source, cropBefore, walked }: DilatedAxis): number {
  return source.slice(cropBefore, cropBefore + walked).filter((o) => o >= 0).length;
}

/** "10 × 10: 16 values, 84 zeros", and what is cropped. */
function countsOf({ rows, columns }: Subject["turned"], room: number): string {
  const size = `${rows.walked} × ${columns.walked}`;
  const values = held(rows) * held(columns);
  const zeros = rows.walked * columns.walked - values;
  const cropped = rows.length * columns.length - rows.walked * columns.walked;
  const counted = `${size}: ${values} ${values === 1 ? "value" : "values"}, ${zeros} ${zeros === 1 ? "zero" : "zeros"}`;
  return cropped > 0
    ? fitting(room, `${counted}, ${cropped} cells cropped`, `${size}, ${cropped} cropped`, size)
    : fitting(room, counted, size);
}

/** Which of zeros between, zeros around and cropping a layer needs. */
export function stepsOf(
  { rows, columns }: Subject["turned"],
  { rows: { stride }, columns: { stride: beside } }: Geometry,
) {
  const ends = [rows.before, rows.after, columns.before, columns.after];
  return {
    dilated: stride > 1 || beside > 1,
    padded: ends.some((n) => n > 0),
    cropped: ends.some((n) => n < 0),
  };
}

/** A character of a title is so much wider than one of a subtitle. */
const BOLD = 1.5;

/** "δ dilated, padded": what has been done to δ, as far as there is room to say it. */
function titleOf({ frame, subject }: Look, room: number): string {
  const steps = stepsOf(subject.turned, frame.geometry);
  const done = Object.entries(steps).flatMap(([word, needed]) => (needed ? [word] : []));
  const titles = done.map((_, i) => `δ ${done.slice(0, done.length - i).join(", ")}`);
  return fitting(room / BOLD, ...titles, "δ");
}

/** δ with zeros between and around, or cropped: the plane of the filter shown. */
export function dilatedPlate(look: Look, spot: Spot): Plate {
  const { frame, subject, scales } = look;
  const g = frame.geometry;
  const { delta } = backOf(frame);
  const { rows, columns } = subject.turned;
  const plane = subject.n * g.spec.F + subject.f;
  const index = (r: number, c: number) => {
    const oh = rows.source[r]!;
    const ow = columns.source[c]!;
    return oh < 0 || ow < 0 ? -1 : (plane * g.rows.out + oh) * g.columns.out + ow;
  };
  return plateOf({
    ...spot,
    name: "Dilated δ",
    title: titleOf(look, spot.titleRoom),
    subtitle: countsOf(subject.turned, spot.titleRoom),
    role: "delta",
    rows: rows.length,
    columns: columns.length,
    scale: scales.delta,
    tensor: "D",
    indexAt: index,
    valueAt(r, c) {
      const y = index(r, c);
      return y < 0 ? 0 : delta.data[y]!;
    },
    textureAt(r, c) {
      const read = rows.read[r] === 1 && columns.read[c] === 1;
      if (index(r, c) < 0) return read ? ZERO_BETWEEN : UNREAD_ZERO;
      return read ? SMOOTH : UNREAD;
    },
    key: [delta, plane, shapeKey(look), scaleKey(scales.delta)],
  });
}

/** Which kernel: as δ meets it, or as the windows of the forward pass did. */
export type Facing = "turned" | "forward";

/** The kernel of the filter shown, for the channel of the step. */
export function kernelPlate(look: Look, facing: Facing, spot: Spot): Plate {
  const { frame, subject, scales } = look;
  const { geometry: g, layer } = frame;
  const { rows, columns, spec } = g;
  const area = rows.k * columns.k;
  const first = (subject.channel * g.filtersPerGroup + subject.local) * area;
  const { weightOf } = subject.turned;
  // forward it stood the other way round
  const index = (r: number, c: number) => {
    const place = r * columns.k + c;
    return weightOf[first + (facing === "turned" ? place : area - 1 - place)]!;
  };
  const words = {
    turned: spec.flip ? ["W", "not turned again"] : ["rot180(W)", `${rows.k} × ${columns.k}`],
    forward: [spec.flip ? "W flipped" : "W", "forward"],
  } as const;
  const [title, subtitle] = words[facing];
  return plateOf({
    ...spot,
    name: facing === "turned" ? "Turned kernel" : "Forward kernel",
    title,
    subtitle,
    role: "W",
    rows: rows.k,
    columns: columns.k,
    outlined: facing === "turned",
    scale: scales.w,
    tensor: "W",
    indexAt: index,
    valueAt: (r, c) => layer.w.data[index(r, c)]!,
    editable: "W",
    key: [layer.w, first, shapeKey(look), scaleKey(scales.w)],
  });
}

/** δ as it came, small beside. */
export function deltaPlate({ frame, subject, scales }: Look, spot: Spot): Plate {
  const { rows, columns } = frame.geometry;
  return planePlate(
    frame,
    {
      name: "δ",
      title: "δ",
      subtitle: `${rows.out} × ${columns.out}`,
      role: "delta",
      scale: scales.delta,
      tensor: "D",
      outer: subject.n,
      inner: subject.f,
      from: [backOf(frame).delta],
    },
    spot,
  );
}

const padded = new WeakMap<object, Tensor>();

/** The gradient of the padded input; computed once for an answer. */
function paddedGradient({ geometry: g, layer, answer }: Frame): Tensor {
  const back = answer.back!;
  const found = padded.get(back) ?? INPUT_GRADIENTS.scatter.padded(g, layer, back.delta);
  padded.set(back, found);
  return found;
}

/** How far a plane of dX is written: later and earlier steps leave it as it is. */
function progress({ frame, subject }: Look): number {
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
    subtitle: fitting(spot.titleRoom, `${size}, ring and all`, size),
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
    key: [gradient, first, shapeKey(look), progress(look), scaleKey(scales.dx)],
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
      ? fitting(spot.titleRoom, `only ${short} of ${rows.n} × ${columns.n}`, `only ${short}`)
      : shape,
    role: "X",
    rows: rows.n,
    columns: columns.n,
    scale: scales.dx,
    tensor: "DX",
    indexAt: index,
    valueAt: (r, c) => (missing(r, c) || index(r, c) >= until ? null : dx.data[index(r, c)]!),
    textureAt: (r, c) => (missing(r, c) || !(readRow[r] && readColumn[c]) ? UNREAD : SMOOTH),
    key: [dx, first, shapeKey(look), progress(look), scaleKey(scales.dx)],
  });
}

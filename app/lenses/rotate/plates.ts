import type { DilatedAxis, Geometry } from "#engine";
import { type Plate, SMOOTH, type Texture } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { type BackScales, backOf, deltaPlane } from "../shared/back.ts";
import { plateOf, ringKey, type Spot } from "../shared/plates.ts";
import { scaleKey } from "../shared/scales.ts";
import { fitting } from "../shared/sizes.ts";
import { type Subject, withRemainder } from "./places.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly subject: Subject;
  readonly scales: BackScales;
}

const ZERO_BETWEEN: Texture = { ring: "zero", unread: false };
const UNREAD_ZERO: Texture = { ring: "zero", unread: true };
export const UNREAD: Texture = { ring: null, unread: true };

/** All that the places of numbers depend on, besides the numbers. */
export function shapeKey({ frame }: Look): string {
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
    ? fitting([`${counted}, ${cropped} cells cropped`, `${size}, ${cropped} cropped`, size], room)
    : fitting([counted, size], room);
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
  return fitting([...titles, "δ"], room / BOLD);
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
    inside: keptOf(subject.turned),
    key: [delta, plane, shapeKey(look), scaleKey(scales.delta)],
  });
}

/** What is left where something is cropped: hatching alone is faint on strong colours. */
function keptOf({ rows, columns }: Look["subject"]["turned"]): Plate["inside"] {
  const cropped = [rows, columns].some((axis) => axis.cropBefore > 0 || axis.cropAfter > 0);
  return cropped
    ? {
        row: rows.cropBefore,
        column: columns.cropBefore,
        rows: rows.walked,
        columns: columns.walked,
      }
    : null;
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
  return deltaPlane(frame, subject, scales.delta, spot, `${rows.out} × ${columns.out}`);
}

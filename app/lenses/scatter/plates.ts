import { type Axis, hasPadding, isRead } from "#engine";
import { type Plate, SMOOTH, type Texture } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { type BackScales, backOf, copiesOf, deltaPlane } from "../shared/back.ts";
import { outputsDone } from "../shared/outputPlace.ts";
import { paddedTextures, planePlate, plateOf, ringKey, type Spot } from "../shared/plates.ts";
import { inStamps, moved } from "../shared/progress.ts";
import { scaleKey } from "../shared/scales.ts";
import { fitting } from "../shared/sizes.ts";
import { type At, endOf, type Filling, fillingOf } from "./filling.ts";
import { type Place, reached } from "./places.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly place: Place;
  readonly scales: BackScales;
  readonly filling: Filling;
  /** What stands now in the planes of the padded gradient and of dX that are shown. */
  readonly padded: At;
  readonly folded: At;
}

export function lookOf(frame: Frame, place: Place, scales: BackScales): Look {
  const { geometry: g, layer } = frame;
  const filling = fillingOf(g, layer, backOf(frame));
  const { n, channel } = place;
  const padded = fillOf(frame, filling, n, channel);
  const complete = outputsDone(frame) >= endOf(g, n, channel);
  const folded = filling.folded(padded, n, channel, complete);
  return { frame, place, scales, filling, padded, folded };
}

/** A plane of the padded gradient at this moment: the stamp of the step may be half there. */
export function fillOf(frame: Frame, filling: Filling, n: number, channel: number): At {
  const { spec, rows, columns } = frame.geometry;
  const whole = filling.plane(n, channel, outputsDone(frame));
  const half = reached(frame);
  if (half.size === 0) return whole;
  const first = (n * spec.C + channel) * rows.padded * columns.padded;
  const next = filling.plane(n, channel, frame.step + 1);
  return (row, column) =>
    (half.has(first + row * columns.padded + column) ? next : whole)(row, column);
}

/** The plane of δ that this filter makes of this sample. */
export function deltaPlate({ frame, place, scales }: Look, spot: Spot): Plate {
  return deltaPlane(frame, place, scales.delta, spot);
}

/** The stored kernel of the filter, for the channel shown. */
export function kernelPlate({ frame, place, scales }: Look, spot: Spot): Plate {
  return planePlate(
    frame,
    {
      name: "W",
      title: "W",
      role: "W",
      outlined: true,
      scale: scales.w,
      tensor: "W",
      outer: place.f,
      inner: place.local,
      editable: "W",
      from: [frame.layer.w],
    },
    spot,
  );
}

/** What the sums of a gradient come from. */
export function sources({ frame, scales }: Look): unknown[] {
  const { geometry: g, layer } = frame;
  return [backOf(frame).delta, layer.w, g.spec.flip, ringKey(g), scaleKey(scales.dx)];
}

/** How far the fill has come in this plane, and in the stamp of the step: steps of other samples leave it as it is. */
function filled({ frame, place }: Look): { readonly done: number; readonly going: string } {
  const { geometry: g, step, slot } = frame;
  const area = g.rows.out * g.columns.out;
  const first = place.n * g.spec.F * area;
  const within = (until: number) => Math.max(0, Math.min(g.spec.F * area, until - first));
  const going = outputsDone(frame) > step || within(step) !== step - first ? "" : `${slot}`;
  const done = within(outputsDone(frame));
  return { done, going: `${done} ${going}` };
}

/** The padded gradient, as far as the stamps have filled it; the ring around dX stands in it too. */
export function paddedPlate(look: Look, spot: Spot): Plate {
  const { frame, place, scales } = look;
  const g = frame.geometry;
  const { rows, columns, spec } = g;
  const plane = place.n * spec.C + place.channel;
  const first = plane * rows.padded * columns.padded;
  const index = (r: number, c: number) => first + r * columns.padded + c;
  const padding = hasPadding(g);
  const { done, going } = filled(look);
  const size = `${rows.padded} × ${columns.padded}`;
  return plateOf({
    ...spot,
    name: padding ? "dX padded" : "dX",
    title: padding ? "dX padded" : "dX",
    subtitle: fitting(
      [`${size}, starts as zeros and fills up`, `${size}, fills up`, size],
      spot.titleRoom,
    ),
    role: "X",
    rows: rows.padded,
    columns: columns.padded,
    scale: scales.dx,
    tensor: padding ? "DP" : "DX",
    indexAt: index,
    valueAt: look.padded,
    textureAt: paddedTextures(g),
    inside: padding
      ? { row: rows.before, column: columns.before, rows: rows.n, columns: columns.n }
      : null,
    key: [...sources(look), plane, going],
    progress: inStamps(g, done),
  });
}

/** dX itself, as far as it is filled: the image inside the ring, with what the ring copied of it added back. */
export function inputGradientPlate(look: Look, spot: Spot): Plate {
  const { frame, place, scales } = look;
  const g = frame.geometry;
  const { rows, columns } = g;
  const plane = place.n * g.spec.C + place.channel;
  const index = (r: number, c: number) => (plane * rows.n + r) * columns.n + c;
  const { done, going } = filled(look);
  const copies = copiesOf(g);
  const read = (axis: Axis, places: readonly (readonly number[])[]) =>
    places.map((at) => at.some((p) => isRead(axis, p)));
  const readRow = read(rows, copies.rows);
  const readColumn = read(columns, copies.columns);
  const how = g.spec.padMode === "zeros" ? "the ring is cropped" : "the ring is folded back";
  const shape = g.shapes.X.join(" × ");
  return plateOf({
    ...spot,
    name: "dX",
    title: "dX",
    subtitle: fitting([`${shape}: ${how}`, how, shape], spot.titleRoom),
    role: "X",
    rows: rows.n,
    columns: columns.n,
    scale: scales.dx,
    tensor: "DX",
    indexAt: index,
    valueAt: look.folded,
    textureAt: (r, c) => (readRow[r] && readColumn[c] ? SMOOTH : UNREAD),
    key: [...sources(look), plane, going],
    // what was in a ring is folded back to cells that stand elsewhere
    ...(g.spec.padMode === "zeros"
      ? { progress: moved(inStamps(g, done), -rows.before, -columns.before) }
      : {}),
  });
}

const UNREAD: Texture = { ring: null, unread: true };

import {
  hasPadding,
  inputOfPadded,
  paddedAtPlace,
  type Sum,
  sizeOf,
  sumOf,
  unravel,
  weightsIn,
  weightsShape,
} from "#engine";
import { type Plate, SMOOTH } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { outputsDone } from "../shared/outputPlace.ts";
import {
  inputPlate,
  planePlate,
  plateOf,
  ringKey,
  type Spot,
  spotAt,
  ZERO,
} from "../shared/plates.ts";
import { type Scales, scaleKey, scalesOf } from "../shared/scales.ts";
import { type Place, placeOf } from "./place.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly place: Place;
  readonly scales: Scales;
  readonly sum: Sum;
  /** The first plane of the sample: what is padding, and what is never read, is the same in all. */
  readonly plane: Plate;
}

export function lookAt(frame: Frame): Look {
  const { geometry: g, layer } = frame;
  const place = placeOf(frame);
  const scales = scalesOf(frame);
  const plane = inputPlate(frame, { n: place.n, channel: 0 }, scales.x, spotAt(0, 0, 1));
  return { frame, place, scales, plane, sum: sumOf(g, layer, place.y) };
}

/** How many numbers one sample takes in memory. */
export function sampleSize({ frame: { geometry: g } }: Look): number {
  return sizeOf(g.shapes.P.slice(1));
}

/** A part of memory in its lines: one channel of NCHW, or all of NHWC, where channels lie side by side. */
export function memoryPlate(look: Look, channel: number, head: Partial<Plate>, spot: Spot): Plate {
  const { frame, place, scales } = look;
  const { geometry: g } = frame;
  const plane = inputPlate(frame, { n: place.n, channel }, scales.x, spot);
  const name = g.spec.C > 1 && place.memory === "NCHW" ? `Memory, channel ${channel}` : "Memory";
  const named = { ...plane, name, ...head, key: [...plane.key, place.memory] };
  if (place.memory === "NCHW" || g.spec.C === 1) return named;
  const { C } = g.spec;
  const size = plane.rows * plane.columns;
  const indexAt = (r: number, c: number) => plane.indexAt(r, Math.floor(c / C)) + (c % C) * size;
  return {
    ...named,
    columns: plane.columns * C,
    indexAt,
    valueAt: (r, c) => valueIn(frame, indexAt(r, c)),
    textureAt: (r, c) => plane.textureAt(r, Math.floor(c / C)),
    inside: plane.inside && {
      ...plane.inside,
      column: plane.inside.column * C,
      columns: plane.inside.columns * C,
    },
    key: [...named.key, C],
  };
}

function valueIn({ geometry: g, layer }: Frame, p: number): number {
  const x = inputOfPadded(g, p);
  return x < 0 ? 0 : layer.x.data[x]!;
}

/** So many numbers of memory in one line, from a place on; what is not of this sample is no one's. */
export function piecePlate(look: Look, name: string, from: number, count: number, spot: Spot) {
  const { frame, place, scales, plane } = look;
  const { geometry: g } = frame;
  const size = sampleSize(look);
  const indexAt = (_r: number, c: number) =>
    Math.floor((from + c) / size) === place.n ? paddedAtPlace(g, place.memory, from + c) : -1;
  return plateOf({
    name,
    role: "X",
    ...spot,
    rows: 1,
    columns: count,
    scale: scales.x,
    tensor: "P",
    indexAt,
    valueAt(r, c) {
      const p = indexAt(r, c);
      return p < 0 ? null : valueIn(frame, p);
    },
    textureAt(r, c) {
      const p = indexAt(r, c);
      const [, , row, column] = unravel(g.shapes.P, Math.max(0, p)) as number[];
      // what lies beyond the sample is no input: like padding, it cannot be typed into
      return p < 0 ? ZERO : plane.textureAt(row!, column!);
    },
    editable: "X",
    key: [...plane.key, place.memory, g.spec.C, from],
  });
}

/** The window of the view, in the channel shown. */
export function viewPlate({ frame, place, scales, sum }: Look, head: Partial<Plate>, spot: Spot) {
  const { geometry: g, layer } = frame;
  const { rows, columns } = g;
  const term = (r: number, c: number) => sum.terms[(place.local * rows.k + r) * columns.k + c]!;
  return plateOf({
    name: "Window of the view",
    title: "view",
    ...head,
    role: "X",
    ...spot,
    rows: rows.k,
    columns: columns.k,
    outlined: true,
    scale: scales.x,
    tensor: "P",
    indexAt: (r, c) => term(r, c).p,
    valueAt: (r, c) => term(r, c).input,
    textureAt: (r, c) => (term(r, c).x < 0 ? ZERO : SMOOTH),
    key: [layer.x, place.y, place.local, ringKey(g), scaleKey(scales.x)],
  });
}

/** The kernel as the window meets it. */
export function kernelPlate({ frame, place, scales, sum }: Look, spot: Spot): Plate {
  const { geometry: g, layer } = frame;
  const { rows, columns, spec } = g;
  const term = (r: number, c: number) => sum.terms[(place.local * rows.k + r) * columns.k + c]!;
  return plateOf({
    name: "W",
    title: spec.flip ? "W turned" : "W",
    subtitle: weightsShape(g, weightsIn(frame.view.options)).join(" × "),
    role: "W",
    ...spot,
    rows: rows.k,
    columns: columns.k,
    outlined: true,
    scale: scales.w,
    tensor: "W",
    indexAt: (r, c) => term(r, c).w,
    valueAt: (r, c) => term(r, c).weight,
    editable: "W",
    key: [layer.w, place.f, place.local, spec.flip, scaleKey(scales.w)],
  });
}

/** The plane of Y that this filter makes of this sample, as far as it is written. */
export function outputPlate({ frame, place, scales }: Look, spot: Spot): Plate {
  const plane = {
    name: "Y",
    title: "Y",
    role: "Y",
    scale: scales.y,
    tensor: "Y",
    outer: place.n,
    inner: place.f,
    until: outputsDone(frame),
    from: [frame.answer.y],
  } as const;
  return planePlate(frame, plane, spot);
}

/** "X padded" where there is a ring, else the image itself. */
export function nameOfMemory({ frame: { geometry } }: Look): string {
  return hasPadding(geometry) ? "X padded" : "X";
}

import {
  type Axis,
  type CellRef,
  heldIn,
  isRead,
  type Numbers,
  shapeLine,
  TENSORS,
  type TensorName,
  valueAt,
} from "#engine";
import { NO_TEXTURE, type Plate, SMOOTH, type Texture } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { inReadingOrder } from "./progress.ts";
import { scaleKey } from "./scales.ts";

/** Where a plate stands, how large its cells are, and how wide the line over it may be. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly cell: number;
  readonly titleRoom: number;
}

export function spotAt(x: number, y: number, cell: number, titleRoom = 0): Spot {
  return { x, y, cell, titleRoom };
}

/** A padding zero, or a zero that is put between numbers: drawn, and no one's cell. */
export const ZERO: Texture = { ring: "zero", unread: false };

type Given = Omit<Plate, "title" | "subtitle" | "outlined" | "textureAt" | "inside" | "editable"> &
  Partial<Plate>;

/** A plate, with what most plates have in common filled in. */
export function plateOf(given: Given): Plate {
  return {
    title: "",
    subtitle: "",
    outlined: false,
    textureAt: NO_TEXTURE,
    inside: null,
    editable: null,
    ...given,
  };
}

interface Plane
  extends Pick<Plate, "name" | "role" | "scale">,
    Partial<Pick<Plate, "title" | "subtitle" | "outlined" | "editable" | "textureAt">> {
  readonly tensor: TensorName;
  /** The plane: example (or filter) and channel of a tensor with four axes. */
  readonly outer: number;
  readonly inner: number;
  /** Cells with this flat index or a later one are not written yet; absent: all are. */
  readonly until?: number;
  /** What the numbers come from: the plate is painted again when one of these changes. */
  readonly from: readonly unknown[];
  /** Its own numbers, where they are not those of the tensor as it stands. */
  readonly valueAt?: Plate["valueAt"];
}

/** One plane of a tensor of four axes. */
export function planePlate(frame: Frame, plane: Plane, spot: Spot): Plate {
  const { geometry: g, layer, answer } = frame;
  const { tensor, outer, inner, until = Number.POSITIVE_INFINITY, from, ...look } = plane;
  const shape = g.shapes[TENSORS[tensor].kind as "X" | "P" | "W" | "Y"];
  const [, width, rows, columns] = shape as [number, number, number, number];
  const first = (outer * width + inner) * rows * columns;
  const indexAt = (r: number, c: number) => first + r * columns + c;
  const written = Math.max(0, Math.min(rows * columns, until - first));
  const held = look.valueAt ? undefined : heldIn(layer, answer, tensor)?.data;
  return plateOf({
    subtitle: look.title ? shape.join(" × ") : "",
    rows,
    columns,
    tensor,
    indexAt,
    valueAt(r, c) {
      const ref: CellRef = { tensor, index: indexAt(r, c) };
      return ref.index < until ? valueAt(g, layer, answer, ref) : null;
    },
    ...look,
    ...spot,
    ...(held ? { shadeAt: shadesOf(held, first, columns, until) } : {}),
    key: [...from, first, scaleKey(look.scale), written],
    ...(until === Number.POSITIVE_INFINITY
      ? {}
      : { progress: inReadingOrder(rows, columns, written) }),
  });
}

/** The numbers of a plane for their colours: asked for each pixel of the screen, so there is nothing else in it. */
function shadesOf(held: Numbers, first: number, columns: number, until: number) {
  return (r: number, c: number) => {
    const i = first + r * columns + c;
    return i < until ? held[i]! : null;
  };
}

/** What changes the look of the padded input besides its numbers. */
export function ringKey({ spec }: Frame["geometry"]): string {
  const { H, W, kH, kW, stride, dilation, padding, padMode } = spec;
  return [H, W, kH, kW, stride, dilation, padding, padMode].join(" ");
}

const OUTSIDE = 1;
const UNREAD = 2;

/** All that a cell of the padded input can be besides its number: read, and unread. */
const TEXTURES = [false, true].map((unread) => ({
  image: unread ? { ring: null, unread } : SMOOTH,
  zero: { ring: "zero", unread },
  copy: { ring: "copy", unread },
})) satisfies Record<string, Texture>[];

const alongs = new WeakMap<Axis, Uint8Array>();

/** For every position of an axis whether it is outside the image, and whether no window reads it. Found once. */
function alongOf(axis: Axis): Uint8Array {
  let along = alongs.get(axis);
  if (!along) {
    along = new Uint8Array(axis.padded);
    for (let p = 0; p < axis.padded; p++) {
      const inside = p >= axis.before && p < axis.before + axis.n;
      along[p] = (inside ? 0 : OUTSIDE) | (isRead(axis, p) ? 0 : UNREAD);
    }
    alongs.set(axis, along);
  }
  return along;
}

/** What the cells of a plane of the padded input are besides their numbers. */
export function paddedTextures({ rows, columns }: Frame["geometry"]): Plate["textureAt"] {
  const [down, across] = [alongOf(rows), alongOf(columns)];
  return (r, c) => {
    const here = down[r]! | across[c]!;
    const textures = TEXTURES[here & UNREAD ? 1 : 0]!;
    if (!(here & OUTSIDE)) return textures.image;
    return rows.source[r]! < 0 || columns.source[c]! < 0 ? textures.zero : textures.copy;
  };
}

/** X inside its ring: the plane of one sample and channel. */
export function inputPlate(
  frame: Frame,
  { n, channel }: { readonly n: number; readonly channel: number },
  scale: Plate["scale"],
  spot: Spot,
): Plate {
  const { geometry: g, layer } = frame;
  const { rows, columns, spec } = g;
  const plane = n * spec.C + channel;
  const index = (r: number, c: number) => (plane * rows.padded + r) * columns.padded + c;
  const x = layer.x.data;
  const first = plane * rows.n;
  return plateOf({
    name: "X",
    title: "X",
    subtitle: inputTitle(frame, spot.titleRoom),
    role: "X",
    ...spot,
    rows: rows.padded,
    columns: columns.padded,
    scale,
    tensor: "P",
    indexAt: index,
    valueAt: (r, c) => {
      const [i, j] = [rows.source[r]!, columns.source[c]!];
      return i < 0 || j < 0 ? 0 : x[(first + i) * columns.n + j]!;
    },
    textureAt: paddedTextures(g),
    inside:
      rows.n === rows.padded && columns.n === columns.padded
        ? null
        : { row: rows.before, column: columns.before, rows: rows.n, columns: columns.n },
    editable: "X",
    key: [layer.x, ringKey(g), plane, scaleKey(scale)],
  });
}

/** The longest description of X that fits over the plate. */
function inputTitle({ geometry: g }: Frame, room: number): string {
  const { rows, columns, spec, shapes } = g;
  const sides = [rows.before, columns.after, rows.after, columns.before];
  const even = sides.every((side) => side === sides[0]);
  const ring = even ? `in a ring of ${sides[0]}` : `padded by ${sides.join(", ")}`;
  const short = sides.some((side) => side > 0) ? ` ${ring}` : "";
  const choices = [
    shapeLine(g),
    `${shapes.X.join(" × ")}${short}`,
    `${spec.H} × ${spec.W}${short}`,
  ];
  return choices.find((text) => text.length * CHARACTER <= room) ?? choices.at(-1)!;
}

/** Width of a character of a subtitle, on the safe side, in CSS pixels. */
const CHARACTER = 6.7;

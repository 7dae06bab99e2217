import { type Axis, hasPadding, isRead, outputOfRow, positionsOf } from "#engine";
import type { Plate } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import {
  colPlate,
  isThere,
  kernelMatrix,
  matrixSize,
  type Windows,
  windowOfRow,
  windowsPlate,
} from "../shared/matrix.ts";
import { inputPlate, planePlate, ringKey, type Spot } from "../shared/plates.ts";
import { type Scales, scaleKey } from "../shared/scales.ts";
import { fitting } from "../shared/sizes.ts";
import { type Canvas, canvasOf, columnGradient } from "./canvas.ts";
import { added, type Place, placeOf, type Writes, writesOf } from "./place.ts";
import { type BackScales, backScales } from "./scales.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly place: Place;
  readonly writes: Writes;
  readonly scales: Scales & BackScales;
  readonly done: ReturnType<typeof added>;
  /** The padded plane as far as it is written. */
  readonly canvas: Canvas;
}

export function lookAt(frame: Frame, scales: Scales): Look {
  const place = placeOf(frame);
  const writes = writesOf(frame);
  const done = added(frame);
  const [n] = windowOfRow(frame.geometry, place.row);
  const canvas = canvasOf(frame, writes, { n, channel: place.channel }, done);
  return { frame, place, writes, scales: { ...scales, ...backScales(frame) }, done, canvas };
}

/** δ as one row a window, as the product takes it. */
export function deltaPlate({ frame, scales }: Look, shown: Windows, spot: Spot): Plate {
  const { geometry: g, answer } = frame;
  const { F } = g.spec;
  const delta = answer.back!.delta;
  return windowsPlate(
    g,
    shown,
    {
      name: "δ",
      title: "δ",
      subtitle: `${matrixSize(g).windows} × ${F}`,
      role: "delta",
      scale: scales.delta,
      tensor: "D",
      across: F,
      indexAt: (row, f) => outputOfRow(g, row, f),
      valueAt: (row, f) => delta.data[outputOfRow(g, row, f)]!,
      key: [delta],
    },
    spot,
  );
}

export function kernelsPlate({ frame, scales }: Look, spot: Spot): Plate {
  return kernelMatrix(
    frame,
    { way: "columns" },
    { name: "W", title: "W_col", scale: scales.w },
    spot,
  );
}

/** dcol as far as it is made; where = brings the image back, col itself. */
export function rowsPlate(look: Look, shown: Windows, spot: Spot): Plate {
  const { frame, writes, scales, done } = look;
  const { geometry: g, layer, answer } = frame;
  const { windows, cells } = matrixSize(g);
  const size = `${windows} × ${cells}`;
  const part = `rows ${shown.first}–${shown.first + shown.count - 1} shown`;
  const what = writes === "sum" ? "what each read did to L" : "what each window read";
  const choices = shown.count < windows ? [`${size}, ${part}`] : [`${size}: ${what}`];
  const subtitle = fitting([...choices, size], spot.titleRoom);
  if (writes === "assign") {
    const all = { rows: windows, cells: 0 };
    return colPlate(frame, shown, all, { title: "col", subtitle, scale: scales.x }, spot);
  }
  return windowsPlate(
    g,
    shown,
    {
      name: "dcol",
      title: "dcol",
      subtitle,
      role: "X",
      scale: scales.dcol,
      tensor: "DR",
      across: cells,
      indexAt: (row, cell) => row * cells + cell,
      valueAt: (row, cell) =>
        isThere(g, done, row, cell) ? columnGradient(frame, row, cell) : null,
      key: [answer.back!.delta, layer.w, g.spec.flip, g.window, done.rows, done.cells],
    },
    spot,
  );
}

/** What changes a canvas besides its place. */
function canvasKey({ frame, writes, done }: Look): unknown[] {
  const { geometry: g, layer, answer } = frame;
  const source = writes === "sum" ? answer.back!.delta : layer.x;
  return [source, layer.w, g.spec.flip, g.window, writes, done.rows, done.cells, ringKey(g)];
}

/** dX padded, or X padded coming back: the ring is still there. */
export function canvasPlate(look: Look, spot: Spot): Plate {
  const { frame, place, writes, scales, canvas } = look;
  const { geometry: g } = frame;
  const [n] = windowOfRow(g, place.row);
  const scale = writes === "sum" ? scales.dx : scales.x;
  const plate = inputPlate(frame, { n, channel: place.channel }, scale, spot);
  const { padded } = g.columns;
  const sum = writes === "sum";
  return {
    ...plate,
    name: sum ? "dX padded" : "X padded",
    title: sum ? "dX padded" : "X padded, from col",
    subtitle: `${g.rows.padded} × ${padded}${ofChannel(look)}`,
    tensor: sum ? "DP" : "P",
    valueAt: (r, c) => {
      const value = canvas(plate.indexAt(r, c));
      return value ?? (sum && plate.textureAt(r, c).unread ? 0 : null);
    },
    editable: null,
    key: [...canvasKey(look), n, place.channel, scaleKey(scale)],
  };
}

function ofChannel({ frame: { geometry: g }, place }: Look): string {
  const { N, C } = g.spec;
  const [n] = windowOfRow(g, place.row);
  return `${N > 1 ? `, sample ${n}` : ""}${C > 1 ? `, channel ${place.channel}` : ""}`;
}

/** dX, or the image that came back: what stood in the ring is dropped, or has gone to the cells it copied. */
export function resultPlate(look: Look, spot: Spot): Plate {
  const { frame, place, writes, scales, canvas } = look;
  const { geometry: g } = frame;
  const { rows, columns, spec } = g;
  const [n] = windowOfRow(g, place.row);
  const sum = writes === "sum";
  const scale = sum ? scales.dx : scales.x;
  const down = placesOf(rows, sum && spec.padMode !== "zeros");
  const across = placesOf(columns, sum && spec.padMode !== "zeros");
  const first = (n * spec.C + place.channel) * rows.padded * columns.padded;
  const unread = (r: number, c: number) => !(down[r]!.read && across[c]!.read);
  const plate = planePlate(
    frame,
    {
      tensor: sum ? "DX" : "X",
      outer: n,
      inner: place.channel,
      from: canvasKey(look),
      name: sum ? "dX" : "X",
      title: sum ? "dX" : "X",
      subtitle: resultTitle(look, spot.titleRoom),
      role: "X",
      outlined: true,
      scale,
      textureAt: (r, c) => ({ ring: null, unread: unread(r, c) }),
    },
    spot,
  );
  return {
    ...plate,
    valueAt: (r, c) => {
      let value: number | null = null;
      for (const i of down[r]!.at)
        for (const j of across[c]!.at) {
          const one = canvas(first + i * columns.padded + j);
          if (one !== null) value = (value ?? 0) + one;
        }
      return value ?? (sum && unread(r, c) ? 0 : null);
    },
  };
}

interface Places {
  /** The positions on the padded axis that count for an input index. */
  readonly at: readonly number[];
  readonly read: boolean;
}

/** Where each input index stands on the padded axis: with its copies in the ring, where they are added up. */
export function placesOf(axis: Axis, withCopies: boolean): Places[] {
  return Array.from({ length: axis.n }, (_, i) => {
    const at = withCopies ? positionsOf(axis, i) : [axis.before + i];
    return { at, read: at.some((p) => isRead(axis, p)) };
  });
}

function resultTitle(look: Look, room: number): string {
  const { geometry: g } = look.frame;
  const size = `${g.spec.H} × ${g.spec.W}${ofChannel(look)}`;
  if (!hasPadding(g)) return size;
  if (look.writes === "assign" || g.spec.padMode === "zeros")
    return fitting([`${size}: the ring is cropped`, `${size}, cropped`, size], room);
  return fitting([`${size}: the ring goes back to what it copied`, `${size}, folded`, size], room);
}

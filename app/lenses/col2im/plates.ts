import { outputOfRow, type Way } from "#engine";
import type { Plate } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import {
  colPlate,
  kernelMatrix,
  matrixSize,
  type Windows,
  windowOfRow,
  windowsPlate,
} from "../shared/matrix.ts";
import type { Spot } from "../shared/plates.ts";
import type { Scales } from "../shared/scales.ts";
import { fitting } from "../shared/sizes.ts";
import { type Filled, filledTo, isReached, type Walked } from "../shared/walked.ts";
import { type Canvas, canvasOf, columnGradient } from "./canvas.ts";
import { added, type Place, placeOf, type Writes, wayOf, writesOf } from "./place.ts";
import { type BackScales, backScales } from "./scales.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly place: Place;
  readonly writes: Writes;
  /** Whether a window is a row of dcol, or a column. */
  readonly way: Way;
  readonly scales: Scales & BackScales;
  readonly done: Walked;
  /** The padded plane as far as it is written, and how far that is. */
  readonly canvas: Canvas;
  readonly filled: Filled;
}

export function lookAt(frame: Frame, scales: Scales): Look {
  const place = placeOf(frame);
  const writes = writesOf(frame);
  const done = added(frame);
  const [n] = windowOfRow(frame.geometry, place.row);
  const canvas = canvasOf(frame, writes, { n, channel: place.channel }, done);
  return {
    frame,
    place,
    writes,
    way: wayOf(frame),
    scales: { ...scales, ...backScales(frame) },
    done,
    canvas,
    filled: filledTo(frame.geometry, done, n),
  };
}

/** "16 × 9", or the other way round where windows are columns. */
function sizeOf(way: Way, windows: number, across: number): string {
  return way === "rows" ? `${windows} × ${across}` : `${across} × ${windows}`;
}

/** δ as one row (or column) a window, as the product takes it. */
export function deltaPlate({ frame, way, scales }: Look, shown: Windows, spot: Spot): Plate {
  const { geometry: g, answer } = frame;
  const { F } = g.spec;
  const delta = answer.back!.delta;
  return windowsPlate(
    g,
    shown,
    {
      name: "δ",
      title: "δ",
      subtitle: sizeOf(way, matrixSize(g).windows, F),
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

/** The kernels as rows right of δ, or transposed left of it. */
export function kernelsPlate({ frame, way, scales }: Look, spot: Spot): Plate {
  const [title, turned] =
    way === "rows" ? (["W_col", "columns"] as const) : (["W_colᵀ", "rows"] as const);
  return kernelMatrix(frame, { way: turned }, { name: "W", title, scale: scales.w }, spot);
}

/** dcol as far as it is made; where = brings the image back, col itself. */
export function rowsPlate(look: Look, shown: Windows, spot: Spot): Plate {
  const { frame, writes, way, scales, done } = look;
  const { geometry: g, layer, answer } = frame;
  const { windows, cells } = matrixSize(g);
  const size = sizeOf(way, windows, cells);
  const part = `${way} ${shown.first}–${shown.first + shown.count - 1} shown`;
  const what = writes === "sum" ? "what each read did to L" : "what each window read";
  const choices =
    shown.count < windows
      ? [`${size}, ${part}`, `${size}, ${part.replace(`${way} `, "")}`]
      : [`${size}: ${what}`];
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
        isReached(g, done, row, cell) ? columnGradient(frame, row, cell) : null,
      key: [answer.back!.delta, layer.w, g.spec.flip, g.window],
      filled: { at: done.windows, key: `${done.windows} ${done.cells}` },
    },
    spot,
  );
}

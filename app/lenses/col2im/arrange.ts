import { type Geometry, hasPadding } from "#engine";
import type { Arrow, Legend, Plate, Words } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { matrixSize, type Windows } from "../shared/matrix.ts";
import { LINE, legends, remarks } from "../shared/notes.ts";
import { type Spot, spotAt } from "../shared/plates.ts";
import { bottom, right, side, TITLE } from "../shared/sizes.ts";
import { deltaPlate, kernelsPlate, type Look, rowsPlate } from "./plates.ts";
import { canvasPlate, resultPlate } from "./result.ts";
import { sizesInColumns, sizesInRows } from "./sizes.ts";

type Note = Words | Arrow | Legend;

/** Where everything stands. */
export interface Arrangement {
  /** δ and W_col are there where dcol is made of them; dX padded where there is a ring. */
  readonly delta: Plate | null;
  readonly kernels: Plate | null;
  readonly rows: Plate;
  readonly canvas: Plate | null;
  readonly result: Plate;
  readonly shown: Windows;
  readonly notes: readonly Note[];
  readonly width: number;
  readonly height: number;
  /** Whether dX stands beside dcol or below it. */
  readonly ties: "beside" | "below";
}

/** The page of rows (or columns) on which playback stands: pointing turns no pages. */
function pageOf({ frame, way }: Look, fits: number): Windows {
  const { windows } = matrixSize(frame.geometry);
  const size = way === "rows" ? fits : evenPage(frame.geometry, fits);
  const first = Math.floor(frame.step / size) * size;
  return { way, first, count: Math.min(size, windows - first) };
}

/** Of columns that do not fit, whole rows of outputs where it can be. */
function evenPage(g: Geometry, fits: number): number {
  const across = g.columns.out * g.spec.N;
  return fits >= matrixSize(g).windows || fits < across ? fits : fits - (fits % across);
}

interface Left {
  readonly delta: Plate | null;
  readonly kernels: Plate | null;
  readonly rows: Plate;
  readonly shown: Windows;
}

/**
 * δ on the left, W_col above, and where they meet dcol: a row of δ times W_col is a row of it. Where windows are
 * columns, W_colᵀ on the left and δ above.
 */
function product(look: Look, at: { x: number; y: number }, cell: number, most: number): Left {
  const { geometry: g } = look.frame;
  const { cells } = matrixSize(g);
  const { F } = g.spec;
  const sum = look.writes === "sum";
  const x = at.x + Math.max(F * cell, 40) + SIGN;
  const y = at.y + F * cell + TITLE;
  const shown = pageOf(look, Math.max(1, Math.floor(most / cell)));
  const rows = look.way === "rows";
  const wide = (rows ? cells : shown.count) * cell + SIGN;
  const left = spotAt(at.x, y, cell, x - at.x - 4);
  const above = spotAt(x, at.y, cell, wide);
  return {
    delta: sum ? deltaPlate(look, shown, rows ? left : above) : null,
    kernels: sum ? kernelsPlate(look, rows ? above : left) : null,
    rows: rowsPlate(look, shown, spotAt(x, y, cell, wide)),
    shown,
  };
}

const SIGN = 26;

/** dX padded and dX; where nothing is padded, dX alone. */
function results(look: Look, spot: Spot, below: (canvas: Plate) => Spot) {
  const padded = hasPadding(look.frame.geometry);
  const canvas = padded ? canvasPlate(look, spot) : null;
  return { canvas, result: resultPlate(look, canvas ? below(canvas) : spot) };
}

const MARGIN = 36;
const GAP = 60;
const FOOT = 32;
/** Between dX padded and dX: a title and its line, close together. */
const BETWEEN = 46;

/** dcol on the left, dX padded over dX on the right. */
export function beside(look: Look, room: Room): Arrangement {
  const { geometry: g, view } = look.frame;
  const { F } = g.spec;
  const padded = hasPadding(g);
  const height = room.height - TITLE - FOOT;
  const width = room.width - 2 * MARGIN - GAP - SIGN - Math.max(0, 40 - F * 20);
  const tall = padded ? g.rows.padded + g.rows.n : g.rows.n;
  const most = Math.min(38, (height - (padded ? BETWEEN : 0)) / tall);
  const sizes = (look.way === "rows" ? sizesInRows : sizesInColumns)(g, { width, height, most });
  const cell = side(sizes.matrix * view.zoom);
  const left = product(look, { x: MARGIN, y: TITLE }, cell, sizes.page);
  const x = side(sizes.x * view.zoom);
  const titleRoom = Math.max(g.columns.padded * x, 180);
  const start = right(left.rows) + GAP;
  const made = results(look, spotAt(start, TITLE, x, titleRoom), (canvas) =>
    spotAt(start, bottom(canvas) + BETWEEN, x, titleRoom),
  );
  return withNotes(look, { ...left, ...made, ties: "beside" }, MARGIN, room.width);
}

const EDGE = 16;
/** How high dcol and δ may be on a phone, where windows are columns. */
const HIGHEST = 440;

/** A phone: a page of dcol above, dX padded and dX below it. */
export function below(look: Look, room: Room): Arrangement {
  const { geometry: g, view } = look.frame;
  const { cells } = matrixSize(g);
  const { F } = g.spec;
  const width = room.width - 2 * EDGE;
  const rows = look.way === "rows";
  const free = width - SIGN - Math.max(0, 40 - F * 20);
  const fit = (rows ? free : HIGHEST) / (cells + F);
  const cell = side(Math.max(2, Math.min(rows ? 26 : 22, fit)) * view.zoom);
  const page = rows ? Math.max(6 * cell, 300) : Math.max(4 * cell, free - F * cell);
  const left = product(look, { x: EDGE, y: TITLE }, cell, page);
  const gap = 20;
  const together = (width - gap) / (g.columns.padded + g.columns.n);
  const alone = Math.min(26, width / g.columns.padded);
  const x = side((together >= 20 || alone < 20 ? Math.min(26, together) : alone) * view.zoom);
  const top = bottom(left.rows) + TITLE;
  const made = results(look, spotAt(EDGE, top, x, width), (canvas) =>
    right(canvas) + gap + g.columns.n * x <= room.width - EDGE + 1
      ? spotAt(right(canvas) + gap, top, x, room.width - right(canvas) - gap)
      : spotAt(EDGE, bottom(canvas) + TITLE, x, width),
  );
  return withNotes(look, { ...left, ...made, ties: "below" }, EDGE, room.width);
}

/** The end of the scene, and under it what is being done. */
function withNotes(
  look: Look,
  plates: Omit<Arrangement, "notes" | "width" | "height">,
  margin: number,
  width: number,
): Arrangement {
  const { delta, kernels, rows, canvas, result } = plates;
  const all = [delta, kernels, rows, canvas, result].filter((plate) => plate !== null);
  const low = Math.max(...all.map(bottom));
  const end = right(result) + 16;
  const texts = remarks(ADJOINT[look.writes], margin, low + 18, width - 2 * margin);
  return {
    ...plates,
    notes: [...texts, ...legends([result], end, bottom(result) - 8, width - end)],
    width: Math.max(...all.map(right)) + margin,
    height: low + FOOT + LINE * (texts.length - 1),
  };
}

const ADJOINT = {
  sum: "col2im is the adjoint of im2col, not its inverse: what was copied is added up",
  assign: "= undoes the copying and gives X; gradients need +=",
} as const;

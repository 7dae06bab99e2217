import { colAt, indicesAt, placeOfCell, unravel, type Way } from "#engine";
import {
  type Curve,
  cellsOf,
  type Lit,
  type Mark,
  type Plate,
  type Rectangle,
} from "../../draw/scene.ts";
import { matrixSize } from "../shared/matrix.ts";
import { right } from "../shared/sizes.ts";
import { entryOf, type WindowOn, windowOn } from "../shared/windowOn.ts";
import type { Arrangement } from "./arrange.ts";
import { LANE, windowsOf } from "./band.ts";
import type { Look } from "./look.ts";
import { cellOfSlot } from "./place.ts";

/** A window in an array, a column or a row, together with its cell of the vector that the windows have. */
function windowIn(lay: Way, along: Plate, array: Plate, at: number): Rectangle {
  if (lay === "rows") {
    const row = cellsOf(array, at, 0, 1, array.columns);
    return { ...row, x: along.x, width: row.x + row.width - along.x };
  }
  const column = cellsOf(array, 0, at, array.rows, 1);
  return { ...column, y: along.y, height: column.y + column.height - along.y };
}

/** All cells of a window in a matrix, or one of them. */
function part(lay: Way, plate: Plate, at: number, cell?: number): Rectangle {
  const [from, count] =
    cell === undefined ? [0, lay === "rows" ? plate.columns : plate.rows] : [cell, 1];
  return lay === "rows" ? cellsOf(plate, at, from, 1, count) : cellsOf(plate, from, at, count, 1);
}

/** The cells that k, i and j name for the column, over all channels: lit on the plane that is shown. */
export function litOf({ frame: { geometry: g }, place }: Look, { x }: Arrangement): Lit {
  const { cells } = matrixSize(g);
  const named = new Set<number>();
  for (let cell = 0; cell < cells; cell++) named.add(colAt(g, place.row, cell).p);
  return { plate: x.name, has: (p) => named.has(p) };
}

/** Below this side a cell has no frame of its own. */
const FRAMES_FROM = 6;

/** Where cells are too small for frames: those that the plain += gets wrong. */
export function faultsOf({ canvas, way }: Look, { x }: Arrangement): Lit | null {
  if (x.cell >= FRAMES_FROM || way === "forward" || x.tensor !== "DP") return null;
  return {
    plate: x.name,
    role: "delta",
    has: (p) => {
      const both = canvas!.at(p);
      return both !== null && both.sum !== both.plain;
    },
  };
}

/** Frames the window in the arrays, what it names, and what is made of it; ties arrays and picture together. */
export function tiesOf(look: Look, arrangement: Arrangement): { marks: Mark[]; curves: Curve[] } {
  const { frame, place, way, lay } = look;
  const { geometry: g } = frame;
  const { band, x, under, result, page } = arrangement;
  const window = windowOn(g, place.row, place.channel, x);
  const marks: Mark[] = [{ name: "window", role: "W", ...window.whole }, ...window.taps];
  if (result && way === "forward") {
    const [, , oh, ow] = unravel(g.shapes.Y, place.y) as [number, number, number, number];
    marks.push({ name: "output", role: "Y", ...cellsOf(result, oh, ow) });
  }
  const at = place.position - page.first;
  if (at < 0 || at >= page.count) return { marks, curves: [] };
  const i = windowIn(lay, band.i1, band.i, at);
  const j = windowIn(lay, band.j1, band.j, at);
  marks.push({ name: "i column", role: "W", ...i }, { name: "j column", role: "W", ...j });
  const shown = windowsOf(look, page);
  const gathered = place.along - shown.first;
  // as rows, a page holds windows of one sample, and another may be pointed at
  if (gathered >= 0 && gathered < shown.count)
    marks.push(
      { name: "column", role: "W", ...part(lay, band.cols, gathered) },
      {
        name: "under",
        role: way === "forward" ? "Y" : "delta",
        ...part(lay, under, gathered),
      },
      ...productMarks(look, arrangement, at, gathered),
    );
  return { marks, curves: curvesOf(look, arrangement, [i, j], window) };
}

const center = ({ x, width }: Rectangle) => x + width / 2;

/** Where every product is stepped through: the three numbers that name a cell, and the number that stands there. */
function productMarks(
  { frame, place, order, lay }: Look,
  { band, x }: Arrangement,
  at: number,
  gathered: number,
): Mark[] {
  const cell = place.slot === null ? null : cellOfSlot(frame);
  if (cell === null) return [];
  const { geometry: g } = frame;
  const row = placeOfCell(g, order, cell);
  const { i, j } = indicesAt(g, place.row * matrixSize(g).cells + cell);
  const framed: readonly (readonly [name: string, Rectangle])[] = [
    ["k cell", part(lay, band.k, 0, row)],
    ["i cell", part(lay, band.i, at, row)],
    ["j cell", part(lay, band.j, at, row)],
    ["cell", part(lay, band.cols, gathered, row)],
    ["named", cellsOf(x, i, j)],
  ];
  return framed.map(([name, cells]) => ({ name, role: "X", ...cells }));
}

type Point = readonly [x: number, y: number];

/** From a window in i and j to what they name. */
function curvesOf(
  { lay }: Look,
  { ground, band, x }: Arrangement,
  windows: readonly Rectangle[],
  window: WindowOn,
): Curve[] {
  const to: Point = [window.whole.x - 2, entryOf(window)];
  if (lay === "rows") return fromRows(ground, x, windows, to);
  if (ground !== "beside") {
    const aside = ground === "apart" ? x.x / 2 : x.x - ASIDE;
    return windows.map((column) => {
      const bottom = column.y + column.height;
      const lane = bottom + LANE;
      const from: Point = [center(column), bottom + 2];
      // titles and words begin at the margin: in it, and under the arrays, is the way past them
      const around: Point[] = [
        [from[0], lane],
        [aside, lane],
        [aside, to[1]],
      ];
      return { role: "W", from, to, along: "across", around };
    });
  }
  const { whole } = window;
  // between two rows of X, not through their numbers
  const sweep = [right(x) + 4, band.k.x - 3] as const;
  const middle = band.k.y + Math.min(band.k.rows * band.k.cell, 200) / 2;
  return [
    {
      role: "W",
      from: [whole.x + whole.width + 2, to[1]],
      to: [band.k.x - 3, middle],
      along: "across",
      sweep,
    },
  ];
}

/** From the rows through the gap right of them to X below, or on a phone through the margin to X above. */
function fromRows(
  ground: Arrangement["ground"],
  x: Plate,
  rows: readonly Rectangle[],
  to: Point,
): Curve[] {
  const aside = ground === "right" ? x.x - ASIDE : x.x / 2;
  return rows.map((row): Curve => {
    const middle = row.y + row.height / 2;
    const from: Point = [ground === "right" ? row.x + row.width + 2 : row.x - 2, middle];
    const around: Point[] = [
      [aside, middle],
      [aside, to[1]],
    ];
    return { role: "W", from, to, along: "across", around };
  });
}

/** From a line beside X to X. */
const ASIDE = 14;

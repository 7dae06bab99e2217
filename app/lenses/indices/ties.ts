import { colAt, indicesAt, placeOfCell, unravel } from "#engine";
import {
  type Curve,
  cellsOf,
  type Lit,
  type Mark,
  type Plate,
  type Rectangle,
} from "../../draw/scene.ts";
import { matrixSize } from "../shared/matrix.ts";
import { entryOf, type WindowOn, windowOn } from "../shared/windowOn.ts";
import type { Arrangement } from "./arrange.ts";
import { LANE } from "./band.ts";
import type { Look } from "./look.ts";
import { cellOfSlot } from "./place.ts";

/** A column of an array together with its cell of the vector along the top. */
function columnOf(along: Plate, array: Plate, c: number): Rectangle {
  const column = cellsOf(array, 0, c, array.rows, 1);
  return { ...column, y: along.y, height: column.y + column.height - along.y };
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

/** Frames the column in the arrays, what it names, and what is made of it; ties arrays and picture together. */
export function tiesOf(look: Look, arrangement: Arrangement): { marks: Mark[]; curves: Curve[] } {
  const { frame, place, way } = look;
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
  const i = columnOf(band.i1, band.i, at);
  const j = columnOf(band.j1, band.j, at);
  const gathered = at * g.spec.N + place.n;
  const made = under.rows;
  marks.push(
    { name: "i column", role: "W", ...i },
    { name: "j column", role: "W", ...j },
    { name: "column", role: "W", ...cellsOf(band.cols, 0, gathered, band.cols.rows, 1) },
    {
      name: "under",
      role: way === "forward" ? "Y" : "delta",
      ...cellsOf(under, 0, gathered, made, 1),
    },
  );
  marks.push(...productMarks(look, arrangement, at, gathered));
  return { marks, curves: curvesOf(arrangement, [i, j], window) };
}

const center = ({ x, width }: Rectangle) => x + width / 2;

/** Where every product is stepped through: the three numbers that name a cell, and the number that stands there. */
function productMarks(
  { frame, place, order }: Look,
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
    ["k cell", cellsOf(band.k, row, 0)],
    ["i cell", cellsOf(band.i, row, at)],
    ["j cell", cellsOf(band.j, row, at)],
    ["cell", cellsOf(band.cols, row, gathered)],
    ["named", cellsOf(x, i, j)],
  ];
  return framed.map(([name, cells]) => ({ name, role: "X", ...cells }));
}

type Point = readonly [x: number, y: number];

/** From the columns of i and j to what they name. */
function curvesOf(
  { ground, band, x }: Arrangement,
  columns: readonly Rectangle[],
  window: WindowOn,
): Curve[] {
  if (ground === "apart") {
    const aside = x.x / 2;
    const to: Point = [window.whole.x - 2, entryOf(window)];
    return columns.map((column) => {
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
  const to = band.k.y + Math.min(band.k.rows * band.k.cell, 200) / 2;
  return [
    {
      role: "W",
      from: [whole.x + whole.width + 2, whole.y + whole.height / 2],
      to: [band.k.x - 3, to],
      along: "across",
    },
  ];
}

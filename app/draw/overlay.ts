import { paintPlate } from "./paint.ts";
import {
  type Curve,
  cellsOf,
  type Hit,
  type Light,
  type Mark,
  NUMBERS_FROM,
  type Plate,
  type Point,
  type Rectangle,
} from "./scene.ts";
import { bodyOf, grown, NOWHERE, type Surface, visible } from "./surface.ts";
import { tint } from "./tint.ts";

/*
 * Every function here says where it has painted, so that the next picture need not clear all of the canvas.
 */

/** Below this side a cell is too small for a ring. */
export const RINGS_FROM = 9;

/** More cells than this are tinted, too: so many rings would be a net over the numbers, and not there within a frame. */
export const CROWD = 200;

/** Rings, or a tint where cells are too small for rings, over every cell that is lit. */
export function paintLight(surface: Surface, plate: Plate, light: Light): Rectangle {
  const isLit = light(plate.tensor);
  if (!isLit) return NOWHERE;
  if (plate.cell < RINGS_FROM) return tint(surface, plate, light, 0.5);
  const { ctx, palette } = surface;
  const { cell } = plate;
  const lit = litCells(surface, plate, isLit);
  if (lit.length > CROWD) return tint(surface, plate, light, 0.3);
  // Each ring by itself: one path of all of them takes the browser several times as long.
  const ring = (width: number, colour: string) => {
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    for (const { x, y } of lit) ctx.strokeRect(x + 1, y + 1, cell - 3, cell - 3);
  };
  // paper under colour: the ring stands out on light and on dark fills alike
  ring(3.5, palette.paper);
  ring(2, palette.roles[plate.role]);
  return boundsOf(lit, cell);
}

/** The corners of the lit cells that can be seen. */
function litCells({ view }: Surface, plate: Plate, isLit: (index: number) => boolean): Point[] {
  const { top, bottom, left, right } = visible(view, plate);
  const lit: Point[] = [];
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++)
      if (isLit(plate.indexAt(row, column))) lit.push(cellsOf(plate, row, column));
  return lit;
}

/** The rectangle of cells of this side, with a little room for lines. */
function boundsOf(corners: readonly Point[], side: number): Rectangle {
  if (corners.length === 0) return NOWHERE;
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [top, bottom] = [left, right];
  for (const { x, y } of corners) {
    left = Math.min(left, x);
    right = Math.max(right, x + side);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + side);
  }
  return grown({ x: left, y: top, width: right - left, height: bottom - top }, 2);
}

export function paintMark({ ctx, palette }: Surface, mark: Mark): Rectangle {
  const { x, y, width, height, role } = mark;
  ctx.beginPath();
  ctx.roundRect(x - 1, y - 1, width + 1, height + 1, 3);
  ctx.strokeStyle = palette.paper;
  ctx.lineWidth = 5;
  ctx.stroke();
  ctx.strokeStyle = palette.roles[role];
  ctx.lineWidth = 3;
  ctx.stroke();
  return grown(mark, 5);
}

/** How round the corners of a curve are, where its sides are long enough. */
const ROUND = 14;

/** The corners of a curve, each no rounder than its sides allow: a side between two corners is shared by both. */
function roundCorners(
  ctx: CanvasRenderingContext2D,
  { from, to }: Curve,
  corners: NonNullable<Curve["around"]>,
): void {
  const points = [from, ...corners, to];
  const side = (i: number) => {
    const [[x, y], [u, v]] = [points[i]!, points[i + 1]!];
    const shared = i > 0 && i + 2 < points.length;
    return Math.hypot(u - x, v - y) / (shared ? 2 : 1);
  };
  for (const [i, [x, y]] of corners.entries())
    ctx.arcTo(x, y, ...points[i + 2]!, Math.min(ROUND, side(i), side(i + 1)));
  ctx.lineTo(...to);
}

export function paintCurve({ ctx, palette }: Surface, curve: Curve): Rectangle {
  const { role, from, to, along, around } = curve;
  const [x, y] = from;
  const [u, v] = to;
  ctx.beginPath();
  ctx.moveTo(x, y);
  if (around) roundCorners(ctx, curve, around);
  else if (along === "across") {
    const [begin, end] = curve.sweep ?? [x, u];
    const half = (begin + end) / 2;
    ctx.lineTo(begin, y);
    ctx.bezierCurveTo(half, y, half, v, end, v);
    ctx.lineTo(u, v);
  } else ctx.bezierCurveTo(x, (y + v) / 2, u, (y + v) / 2, u, v);
  ctx.strokeStyle = palette.roles[role];
  ctx.lineWidth = 1.25;
  ctx.stroke();
  // It stays between its ends and its corners.
  const points = [from, to, ...(around ?? [])];
  return boundsOf(
    points.map(([px, py]) => ({ x: px, y: py })),
    0,
  );
}

/** A freshly written cell comes up out of the paper: `t` runs from 0 to 1. */
export function paintFresh({ ctx, palette }: Surface, cell: Rectangle, t: number): Rectangle {
  ctx.globalAlpha = 1 - t;
  ctx.fillStyle = palette.paper;
  ctx.fillRect(cell.x, cell.y, cell.width - 1, cell.height - 1);
  ctx.globalAlpha = 1;
  return grown(cell, 1);
}

const LOUPE = { rows: 3, columns: 5, cell: 34 } as const;

/** How far the shadow of the loupe falls. */
const SHADOW = 14;

/** Whether a plate's own cells are too small for numbers, so that a loupe has something to show. */
export function needsLoupe({ plate }: Hit): boolean {
  return plate.cell < NUMBERS_FROM;
}

/** A magnifier with numbers. */
export function paintLoupe(surface: Surface, { plate, row, column }: Hit): Rectangle {
  const { ctx, palette, view } = surface;
  const rows = Math.min(LOUPE.rows, plate.rows);
  const columns = Math.min(LOUPE.columns, plate.columns);
  const firstRow = Math.max(0, Math.min(plate.rows - rows, row - (rows >> 1)));
  const firstColumn = Math.max(0, Math.min(plate.columns - columns, column - (columns >> 1)));
  const width = columns * LOUPE.cell;
  const height = rows * LOUPE.cell;
  const px = plate.x + (column + 0.5) * plate.cell;
  const py = plate.y + (row + 0.5) * plate.cell;
  const inside = (v: number, low: number, room: number, size: number) =>
    Math.max(low + 6, Math.min(low + room - size - 6, v));
  const above = py - height - 22;
  const glass: Plate = {
    ...plate,
    title: "",
    subtitle: "",
    outlined: false,
    inside: null,
    x: inside(px - width / 2, view.x, view.width, width),
    y: above > view.y + 4 ? above : inside(py + 22, view.y, view.height, height),
    cell: LOUPE.cell,
    rows,
    columns,
    indexAt: (r, c) => plate.indexAt(r + firstRow, c + firstColumn),
    valueAt: (r, c) => plate.valueAt(r + firstRow, c + firstColumn),
    textureAt: (r, c) => plate.textureAt(r + firstRow, c + firstColumn),
  };
  const body = bodyOf(glass);
  ctx.fillStyle = palette.paper;
  ctx.shadowColor = "rgb(0 0 0 / 0.25)";
  ctx.shadowBlur = SHADOW;
  ctx.beginPath();
  ctx.roundRect(body.x - 5, body.y - 5, body.width + 10, body.height + 10, 6);
  ctx.fill();
  ctx.shadowBlur = 0;
  ctx.strokeStyle = palette.roles[plate.role];
  ctx.lineWidth = 1.5;
  ctx.stroke();
  paintPlate(surface, glass);
  ctx.strokeStyle = palette.roles[plate.role];
  ctx.lineWidth = 2.5;
  ctx.strokeRect(
    glass.x + (column - firstColumn) * LOUPE.cell,
    glass.y + (row - firstRow) * LOUPE.cell,
    LOUPE.cell - 1,
    LOUPE.cell - 1,
  );
  return grown(body, 5 + 2 * SHADOW);
}

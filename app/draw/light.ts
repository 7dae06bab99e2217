import { boundsOf } from "./overlay.ts";
import { paintPlate } from "./paint.ts";
import {
  cellsOf,
  type Hit,
  type Light,
  NUMBERS_FROM,
  type Plate,
  type Point,
  type Rectangle,
} from "./scene.ts";
import { bodyOf, grown, NOWHERE, type Surface, visible } from "./surface.ts";
import { tint } from "./tint.ts";

// What is painted where someone points: the relatives of a cell, and the loupe.

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
  const { shadeAt: _, ...look } = plate; // its numbers stand elsewhere under the glass
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
    ...look,
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

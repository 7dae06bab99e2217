import { bodyOf, paintPlate, type Surface } from "./paint.ts";
import {
  type Curve,
  type Hit,
  type Light,
  type Mark,
  NUMBERS_FROM,
  type Plate,
  type Rectangle,
} from "./scene.ts";

/** Below this side a cell is too small for a ring. */
const RINGS_FROM = 9;

/** Rings, or a tint where cells are too small for rings, over every cell that is lit. */
export function paintLight({ ctx, palette, view }: Surface, plate: Plate, light: Light): void {
  const isLit = light(plate.tensor);
  if (!isLit) return;
  const { cell } = plate;
  const top = Math.max(0, Math.floor((view.y - plate.y) / cell));
  const bottom = Math.min(plate.rows, Math.ceil((view.y + view.height - plate.y) / cell));
  const left = Math.max(0, Math.floor((view.x - plate.x) / cell));
  const right = Math.min(plate.columns, Math.ceil((view.x + view.width - plate.x) / cell));
  if (cell < RINGS_FROM) {
    tint(ctx, palette.roles[plate.role], plate, isLit, { top, bottom, left, right });
    return;
  }
  ctx.beginPath();
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      if (!isLit(plate.indexAt(row, column))) continue;
      ctx.rect(plate.x + column * cell + 1, plate.y + row * cell + 1, cell - 3, cell - 3);
    }
  // paper under colour: the ring stands out on light and on dark fills alike
  ctx.strokeStyle = palette.paper;
  ctx.lineWidth = 3.5;
  ctx.stroke();
  ctx.strokeStyle = palette.roles[plate.role];
  ctx.lineWidth = 2;
  ctx.stroke();
}

/** A light colour over cells of a few pixels: painted as one image, since they may be hundreds of thousands. */
function tint(
  ctx: CanvasRenderingContext2D,
  colour: string,
  plate: Plate,
  isLit: (index: number) => boolean,
  { top, bottom, left, right }: Readonly<Record<"top" | "bottom" | "left" | "right", number>>,
): void {
  const width = right - left;
  const height = bottom - top;
  if (width <= 0 || height <= 0) return;
  const mask = new ImageData(width, height);
  let alpha = 3;
  let any = false;
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++, alpha += 4) {
      if (!isLit(plate.indexAt(row, column))) continue;
      mask.data[alpha] = 255;
      any = true;
    }
  if (!any) return;
  const small = new OffscreenCanvas(width, height);
  const into = small.getContext("2d")!;
  into.putImageData(mask, 0, 0);
  into.globalCompositeOperation = "source-in";
  into.fillStyle = colour;
  into.fillRect(0, 0, width, height);
  ctx.globalAlpha = 0.5;
  ctx.imageSmoothingEnabled = false;
  const { x, y, cell } = plate;
  ctx.drawImage(small, x + left * cell, y + top * cell, width * cell, height * cell);
  ctx.globalAlpha = 1;
}

export function paintMark({ ctx, palette }: Surface, { x, y, width, height, role }: Mark): void {
  ctx.beginPath();
  ctx.roundRect(x - 1, y - 1, width + 1, height + 1, 3);
  ctx.strokeStyle = palette.paper;
  ctx.lineWidth = 5;
  ctx.stroke();
  ctx.strokeStyle = palette.roles[role];
  ctx.lineWidth = 3;
  ctx.stroke();
}

/** How round the corners of a curve are. */
const ROUND = 14;

export function paintCurve({ ctx, palette }: Surface, curve: Curve): void {
  const { role, from, to, along, around } = curve;
  const [x, y] = from;
  const [u, v] = to;
  const bend = along === "across" ? (u - x) / 2 : (v - y) / 2;
  ctx.beginPath();
  ctx.moveTo(x, y);
  if (around) {
    for (const [i, [p, q]] of around.entries()) ctx.arcTo(p, q, ...(around[i + 1] ?? to), ROUND);
    ctx.lineTo(u, v);
  } else if (along === "across") ctx.bezierCurveTo(x + bend, y, u - bend, v, u, v);
  else ctx.bezierCurveTo(x, y + bend, u, v - bend, u, v);
  ctx.strokeStyle = palette.roles[role];
  ctx.lineWidth = 1.25;
  ctx.stroke();
}

/** A freshly written cell comes up out of the paper: `t` runs from 0 to 1. */
export function paintFresh({ ctx, palette }: Surface, cell: Rectangle, t: number): void {
  ctx.globalAlpha = 1 - t;
  ctx.fillStyle = palette.paper;
  ctx.fillRect(cell.x, cell.y, cell.width - 1, cell.height - 1);
  ctx.globalAlpha = 1;
}

const LOUPE = { rows: 3, columns: 5, cell: 34 } as const;

/** A magnifier with numbers over a plate whose own cells are too small for them. */
export function paintLoupe(surface: Surface, { plate, row, column }: Hit): void {
  if (plate.cell >= NUMBERS_FROM) return;
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
    x: inside(px - width / 2, view.x, view.width, width),
    y: above > view.y + 4 ? above : inside(py + 22, view.y, view.height, height),
    cell: LOUPE.cell,
    rows,
    columns,
    inside: null,
    indexAt: (r, c) => plate.indexAt(r + firstRow, c + firstColumn),
    valueAt: (r, c) => plate.valueAt(r + firstRow, c + firstColumn),
    textureAt: (r, c) => plate.textureAt(r + firstRow, c + firstColumn),
  };
  const body = bodyOf(glass);
  ctx.fillStyle = palette.paper;
  ctx.shadowColor = "rgb(0 0 0 / 0.25)";
  ctx.shadowBlur = 14;
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
}

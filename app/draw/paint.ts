import { short } from "#engine";
import { fillOf, inkOn, type Palette, type Rgb } from "./palette.ts";
import { paintPixels, type Range } from "./pixels.ts";
import {
  type Arrow,
  cellsOf,
  type Legend,
  NUMBERS_FROM,
  type Plate,
  type Rectangle,
  type Scale,
  type Words,
} from "./scene.ts";

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

/** Below this side a cell is a pixel of an image, without a gap and without a pattern of its own. */
const PIXELS_BELOW = 6;

/** A canvas to draw on, in CSS pixels of the scene; `view` is the part of the scene that can be seen. */
export interface Surface {
  readonly ctx: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly view: Rectangle;
}

/** One plate: titles, cells, patterns, numbers, outline. Paints only what can be seen. */
export function paintPlate(surface: Surface, plate: Plate): void {
  paintTitles(surface, plate);
  paintBody(surface, plate);
}

/** The same plate with other numbers: its titles still stand, and so do the cells that look as before. */
export function repaintPlate(surface: Surface, plate: Plate, before: Plate): void {
  if (canStand(surface, plate, before)) {
    repaintCells(surface, plate, before);
    return;
  }
  const { x, y, width, height } = aroundBody(plate);
  surface.ctx.clearRect(x, y, width, height);
  paintBody(surface, plate);
}

/** Clears all that can be seen but for the cells of some plates, which do not overlap. */
export function clearAround({ ctx, view }: Surface, standing: readonly Plate[]): void {
  let rest: readonly Rectangle[] = [view];
  for (const plate of standing) rest = rest.flatMap((piece) => without(piece, aroundBody(plate)));
  for (const { x, y, width, height } of rest) ctx.clearRect(x, y, width, height);
}

/** What is left of `a` around `b`: bands above and below, pieces to the left and right. */
function without(a: Rectangle, b: Rectangle): Rectangle[] {
  const right = a.x + a.width;
  const bottom = a.y + a.height;
  const [x0, x1] = [Math.max(a.x, b.x), Math.min(right, b.x + b.width)];
  const [y0, y1] = [Math.max(a.y, b.y), Math.min(bottom, b.y + b.height)];
  if (x0 >= x1 || y0 >= y1) return [a];
  return [
    { x: a.x, y: a.y, width: a.width, height: y0 - a.y },
    { x: a.x, y: y0, width: x0 - a.x, height: y1 - y0 },
    { x: x1, y: y0, width: right - x1, height: y1 - y0 },
    { x: a.x, y: y1, width: a.width, height: bottom - y1 },
  ].filter(({ width, height }) => width > 0 && height > 0);
}

/** The rectangle of a plate's cells with the lines around them. */
function aroundBody(plate: Plate): Rectangle {
  const { x, y, width, height } = bodyOf(plate);
  return { x: x - 3, y: y - 3, width: width + 6, height: height + 6 };
}

function paintBody(surface: Surface, plate: Plate): void {
  const seen = visible(surface.view, plate);
  if (plate.cell < PIXELS_BELOW) paintPixels(surface, plate, seen);
  else cells(surface, plate, seen);
  lines(surface, plate);
}

/** Around the plate, and around the image inside its ring: over the cells, which are painted up to them. */
function lines(surface: Surface, plate: Plate): void {
  edge(surface, plate);
  if (!plate.outlined) return;
  const { ctx, palette } = surface;
  const { x, y, width, height } = bodyOf(plate);
  ctx.strokeStyle = palette.roles[plate.role];
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.roundRect(x - 1.5, y - 1.5, width + 2, height + 2, 2.5);
  ctx.stroke();
}

function repaintCells(surface: Surface, plate: Plate, before: Plate): void {
  const { ctx } = surface;
  cells(surface, plate, visible(surface.view, plate), (row, column) => {
    if (looksSame(plate, before, row, column)) return false;
    const { x, y, width, height } = cellsOf(plate, row, column);
    ctx.clearRect(x, y, width, height);
    return true;
  });
  lines(surface, plate);
}

/**
 * Whether a plate that is painted can stand with only some of its cells painted anew: they can be cleared without biting
 * into their neighbours, and all have the colours they had.
 */
export function canStand({ ctx }: Surface, plate: Plate, before: Plate): boolean {
  const { a, d, e, f } = ctx.getTransform();
  const { x, y, cell } = plate;
  const onPixels = [x * a + e, y * d + f, cell * a].every(Number.isInteger);
  return onPixels && cell >= PIXELS_BELOW && sameScale(plate.scale, before.scale);
}

export function sameScale(a: Scale, b: Scale): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function looksSame(a: Plate, b: Plate, row: number, column: number): boolean {
  if (!Object.is(a.valueAt(row, column), b.valueAt(row, column))) return false;
  const [one, other] = [a.textureAt(row, column), b.textureAt(row, column)];
  return (
    one === other ||
    (one.ring === other.ring && one.unread === other.unread && one.wrong === other.wrong)
  );
}

/** The rectangle of a plate's cells. */
export function bodyOf(plate: Plate): Rectangle {
  return {
    x: plate.x,
    y: plate.y,
    width: plate.columns * plate.cell,
    height: plate.rows * plate.cell,
  };
}

/** The rows and columns of a plate that can be seen. */
export function visible(view: Rectangle, plate: Plate): Range {
  const clamp = (v: number, most: number) => Math.max(0, Math.min(most, v));
  return {
    top: clamp(Math.floor((view.y - plate.y) / plate.cell), plate.rows),
    bottom: clamp(Math.ceil((view.y + view.height - plate.y) / plate.cell), plate.rows),
    left: clamp(Math.floor((view.x - plate.x) / plate.cell), plate.columns),
    right: clamp(Math.ceil((view.x + view.width - plate.x) / plate.cell), plate.columns),
  };
}

/** What stands over a plate. */
export function paintTitles({ ctx, palette }: Surface, plate: Plate): void {
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  if (plate.title) {
    ctx.fillStyle = plate.role === "plain" ? palette.muted : palette.roles[plate.role];
    ctx.font = `600 17px ${FONT}`;
    ctx.fillText(plate.title, plate.x, plate.y - (plate.subtitle ? 27 : 10));
  }
  if (plate.subtitle) {
    ctx.fillStyle = palette.muted;
    ctx.font = `12.5px ${FONT}`;
    ctx.fillText(cut(ctx, plate.subtitle, plate.titleRoom), plate.x, plate.y - 10);
  }
}

/** As much of a text as fits into `room`, with an ellipsis where that is not all. */
function cut(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text;
  let end = text.length;
  while (end > 0 && ctx.measureText(`${text.slice(0, end)}…`).width > room) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Cells large enough to have a gap between them, and a number when there is room: all that `isWanted`. */
function cells(
  surface: Surface,
  plate: Plate,
  seen: Range,
  isWanted: (row: number, column: number) => boolean = () => true,
): void {
  const { ctx, palette } = surface;
  const { cell } = plate;
  const gap = cell >= 12 ? 1 : 0.5;
  const numbers = cell >= NUMBERS_FROM;
  if (numbers) {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = `${fontSize(cell)}px ${FONT}`;
  }
  const written: Written[] = [];
  for (let row = seen.top; row < seen.bottom; row++)
    for (let column = seen.left; column < seen.right; column++) {
      if (!isWanted(row, column)) continue;
      const x = plate.x + column * cell;
      const y = plate.y + row * cell;
      const v = plate.valueAt(row, column);
      const { ring, unread, wrong } = plate.textureAt(row, column);
      if (v === null) {
        // Two rectangles are painted in less time than the line around one.
        ctx.fillStyle = palette.hairline;
        ctx.fillRect(x, y, cell, cell);
        ctx.clearRect(x + 1, y + 1, cell - 2, cell - 2);
        if (unread) hatch(ctx, palette, x, y, cell - gap);
        continue;
      }
      const own = fillOf(palette, plate.scale, v);
      const fill =
        ring === "zero" ? palette.ring : ring === "copy" ? halfway(own, palette.ring) : own;
      ctx.fillStyle = css(fill);
      ctx.fillRect(x, y, cell - gap, cell - gap);
      if (unread) hatch(ctx, palette, x, y, cell - gap);
      if (ring === "copy") fold(ctx, palette, x, y, cell - gap);
      if (wrong) fault(ctx, palette, x, y, cell - gap);
      if (numbers)
        written.push({
          text: short(v),
          x: x + (cell - gap) / 2,
          y: y + (cell - gap) / 2 + 0.5,
          ink: ring === "zero" ? palette.muted : inkOn(palette, fill),
        });
    }
  write(ctx, written, cell - 5);
}

interface Written {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly ink: string;
}

/** Numbers, after all fills: most have one ink, and to change it takes time. */
function write(ctx: CanvasRenderingContext2D, written: readonly Written[], room: number): void {
  let now = "";
  for (const { text, x, y, ink } of written) {
    if (ink !== now) ctx.fillStyle = now = ink;
    ctx.fillText(text, x, y, room);
  }
}

/** The edge of the image inside its ring. */
function edge({ ctx, palette }: Surface, plate: Plate): void {
  if (!plate.inside) return;
  const { x, y, width, height } = cellsOf(
    plate,
    plate.inside.row,
    plate.inside.column,
    plate.inside.rows,
    plate.inside.columns,
  );
  ctx.strokeStyle = palette.roles[plate.role];
  ctx.lineWidth = 1.25;
  ctx.strokeRect(x - 0.5, y - 0.5, width, height);
}

function halfway(a: Rgb, b: Rgb): Rgb {
  return [(a[0] + b[0]) >> 1, (a[1] + b[1]) >> 1, (a[2] + b[2]) >> 1];
}

function fontSize(cell: number): number {
  return Math.max(9, Math.min(22, Math.round(cell * 0.4)));
}

const cssOf = new WeakMap<Rgb, string>();

function css(colour: Rgb): string {
  let text = cssOf.get(colour);
  if (text === undefined) {
    text = `#${colour.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
    cssOf.set(colour, text);
  }
  return text;
}

/** Diagonal lines over a cell that no window reads. */
function hatch(
  ctx: CanvasRenderingContext2D,
  palette: Palette,
  x: number,
  y: number,
  side: number,
): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, side, side);
  ctx.clip();
  ctx.strokeStyle = palette.hatch;
  ctx.lineWidth = 1;
  ctx.beginPath();
  const gap = Math.max(4, side / 5);
  for (let d = gap / 2; d < 2 * side; d += gap) {
    ctx.moveTo(x + d, y);
    ctx.lineTo(x + d - side, y + side);
  }
  ctx.stroke();
  ctx.restore();
}

/** A folded corner: this cell is a copy in the ring, not a cell of the image. */
function fold(
  ctx: CanvasRenderingContext2D,
  palette: Palette,
  x: number,
  y: number,
  side: number,
): void {
  const fold = Math.max(3, side * 0.22);
  ctx.fillStyle = palette.paper;
  ctx.beginPath();
  ctx.moveTo(x + side, y);
  ctx.lineTo(x + side - fold, y);
  ctx.lineTo(x + side, y + fold);
  ctx.fill();
}

/** A frame with a corner struck off: this number is wrong. */
function fault(
  ctx: CanvasRenderingContext2D,
  palette: Palette,
  x: number,
  y: number,
  side: number,
): void {
  const line = side >= 14 ? 2 : 1;
  const corner = Math.max(3, side * 0.3);
  ctx.strokeStyle = ctx.fillStyle = palette.roles.delta;
  ctx.lineWidth = line;
  ctx.strokeRect(x + line / 2, y + line / 2, side - line, side - line);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + corner, y);
  ctx.lineTo(x, y + corner);
  ctx.fill();
}

/** Between a strip of colours and the numbers at its ends. */
const LEGEND_GAP = 6;

/** The numbers at the ends of a legend, where its strip starts, and where all of it ends. */
function endsOf(ctx: CanvasRenderingContext2D, { scale, x, width }: Legend) {
  const [low, high] =
    scale.kind === "signed" ? [-scale.reach, scale.reach] : [scale.low, scale.high];
  ctx.font = `11px ${FONT}`;
  const start = x + ctx.measureText(short(low)).width + LEGEND_GAP;
  const right = start + width + LEGEND_GAP + ctx.measureText(short(high)).width;
  return { low, high, start, right };
}

const NOTES = {
  words: ({ ctx, palette }: Surface, note: Words) => {
    ctx.textAlign = note.align;
    ctx.textBaseline = "middle";
    ctx.fillStyle = note.role ? palette.roles[note.role] : palette[note.tone];
    ctx.font = `${note.weight === "bold" ? "600 " : ""}${note.size}px ${FONT}`;
    ctx.fillText(note.text, note.x, note.y);
  },
  arrow: ({ ctx, palette }: Surface, { x, y, length }: Arrow) => {
    ctx.strokeStyle = palette.muted;
    ctx.lineWidth = 1.25;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + length, y);
    ctx.moveTo(x + length - 7, y - 4);
    ctx.lineTo(x + length, y);
    ctx.lineTo(x + length - 7, y + 4);
    ctx.stroke();
  },
  legend: ({ ctx, palette }: Surface, legend: Legend) => {
    const { scale, y, width } = legend;
    const { low, high, start } = endsOf(ctx, legend);
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.fillStyle = palette.muted;
    ctx.fillText(short(low), legend.x, y);
    const bands = 24;
    for (let i = 0; i < bands; i++) {
      ctx.fillStyle = css(fillOf(palette, scale, low + ((i + 0.5) / bands) * (high - low)));
      ctx.fillRect(start + (i * width) / bands, y - 4, width / bands + 0.5, 8);
    }
    ctx.strokeStyle = palette.hairline;
    ctx.lineWidth = 1;
    ctx.strokeRect(start - 0.5, y - 4.5, width + 1, 9);
    ctx.fillStyle = palette.muted;
    ctx.fillText(short(high), start + width + LEGEND_GAP, y);
  },
} as const;

export function paintNote(surface: Surface, note: Words | Arrow | Legend): void {
  if (note.kind === "words") NOTES.words(surface, note);
  else if (note.kind === "arrow") NOTES.arrow(surface, note);
  else NOTES.legend(surface, note);
}

/** The same legend with other numbers. */
export function repaintLegend(surface: Surface, legend: Legend, before: Legend): void {
  const { right } = endsOf(surface.ctx, before);
  surface.ctx.clearRect(before.x - 2, before.y - 8, right - before.x + 4, 16);
  paintNote(surface, legend);
}

import { paintCells, paintOneByOne } from "./cells.ts";
import { PIXELS_BELOW, paintPixels } from "./pixels.ts";
import { sameKey } from "./same.ts";
import { cellsOf, type Plate, type Range, type Rectangle, type Scale } from "./scene.ts";
import { bodyOf, FONT, grown, near, onPixels, type Surface, visible } from "./surface.ts";

/** One plate: titles, cells, patterns, numbers, outline. Paints only what can be seen. */
export function paintPlate(surface: Surface, plate: Plate): void {
  paintTitles(surface, plate);
  paintBody(surface, plate);
}

/** The same plate with other numbers: its titles still stand, and so do the cells that look as before. */
export function repaintPlate(surface: Surface, plate: Plate, before: Plate): void {
  const { ctx } = surface;
  const changed = canStand(surface, plate, before)
    ? changedCells(surface, plate, before)
    : walkedOver(plate, before);
  if (!changed) {
    const { x, y, width, height } = near(surface, aroundBody(plate));
    ctx.clearRect(x, y, width, height);
    paintBody(surface, plate);
  } else if (changed.bottom > changed.top) repaintRange(surface, plate, changed);
}

/** Some cells, and the lines over them; what is painted around them must not be painted twice. */
function repaintRange(surface: Surface, plate: Plate, range: Range): void {
  const { ctx } = surface;
  const { top, bottom, left, right } = range;
  const cells = cellsOf(plate, top, left, bottom - top, right - left);
  ctx.save();
  if (plate.cell < PIXELS_BELOW) {
    clipTo(ctx, bodyOf(plate));
    clipTo(ctx, grown(cells, 1));
    paintBody(surface, plate); // nothing shows through pixels: what stood there need not be cleared
  } else {
    clipTo(ctx, cells);
    ctx.clearRect(cells.x, cells.y, cells.width, cells.height);
    paintOneByOne(surface, plate, range);
    lines(surface, plate);
  }
  ctx.restore();
}

function clipTo(ctx: CanvasRenderingContext2D, { x, y, width, height }: Rectangle): void {
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.clip();
}

/** From the first to the last of the cells in sight that look different; none where it is as high as nothing. */
function changedCells({ view }: Surface, plate: Plate, before: Plate): Range {
  const seen = visible(view, plate);
  let [top, bottom, left, right] = [seen.bottom, seen.top, seen.right, seen.left];
  for (let row = seen.top; row < seen.bottom; row++)
    for (let column = seen.left; column < seen.right; column++) {
      if (looksSame(plate, before, row, column)) continue;
      top = Math.min(top, row);
      bottom = row + 1;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
    }
  return { top, bottom, left, right };
}

/** Where pixels look different since all that has changed is how far the walk has come; null: anywhere. */
function walkedOver({ cell, key, progress }: Plate, before: Plate): Range | null {
  if (cell >= PIXELS_BELOW || !progress || !before.progress) return null;
  if (!sameKey(before.key.slice(0, -1), key.slice(0, -1))) return null;
  return progress.between(before.progress.at, progress.at);
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
  else paintCells(surface, plate, seen);
  lines(surface, plate);
}

/** Around the plate, and around the image inside its ring: over the cells, which are painted up to them. */
function lines(surface: Surface, plate: Plate): void {
  edge(surface, plate);
  if (!plate.outlined) return;
  const { ctx, palette } = surface;
  const { x, y, width, height } = near(surface, bodyOf(plate));
  ctx.strokeStyle = palette.roles[plate.role];
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.roundRect(x - 1.5, y - 1.5, width + 2, height + 2, 2.5);
  ctx.stroke();
}

/**
 * Whether a plate that is painted can stand with only some of its cells painted anew: they can be cleared without biting
 * into their neighbours, and all have the colours they had.
 */
export function canStand(surface: Surface, plate: Plate, before: Plate): boolean {
  return (
    onPixels(surface, plate) && plate.cell >= PIXELS_BELOW && sameScale(plate.scale, before.scale)
  );
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

/** The edge of the image inside its ring. */
function edge(surface: Surface, plate: Plate): void {
  if (!plate.inside) return;
  const { ctx, palette } = surface;
  const { row, column, rows, columns } = plate.inside;
  const { x, y, width, height } = near(surface, cellsOf(plate, row, column, rows, columns));
  ctx.strokeStyle = palette.roles[plate.role];
  ctx.lineWidth = 1.25;
  ctx.strokeRect(x - 0.5, y - 0.5, width, height);
}

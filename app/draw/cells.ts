import { short } from "#engine";
import { inkOn, type Palette } from "./palette.ts";
import { paintPixels } from "./pixels.ts";
import { cellsOf, NUMBERS_FROM, type Plate, type Range } from "./scene.ts";
import { css, FONT, onPixels, type Surface } from "./surface.ts";
import { halfway, hasPatterns, toneOf } from "./tones.ts";

/** Cells large enough to have a gap between them, and a number when there is room: on clean paper, all that can be seen. */
export function paintCells(surface: Surface, plate: Plate, seen: Range): void {
  // Thousands of cells without a number are there sooner as one image, enlarged, than one by one.
  const asImage = plate.cell < NUMBERS_FROM && onPixels(surface, plate);
  if (asImage) {
    paintPixels(surface, plate, seen);
    clearGaps(surface, plate, seen);
  }
  paintOneByOne(surface, plate, seen, !asImage);
}

/** Between two cells, in CSS pixels. */
function gapOf({ cell }: Plate): number {
  return cell >= 12 ? 1 : 0.5;
}

function clearGaps({ ctx }: Surface, plate: Plate, { top, bottom, left, right }: Range): void {
  const gap = gapOf(plate);
  const { x, y, width, height } = cellsOf(plate, top, left, bottom - top, right - left);
  for (let end = plate.cell; end <= width; end += plate.cell)
    ctx.clearRect(x + end - gap, y, gap, height);
  for (let end = plate.cell; end <= height; end += plate.cell)
    ctx.clearRect(x, y + end - gap, width, gap);
}

/** The same where it is some cells only; without `fills` only what stands on them. */
export function paintOneByOne(
  { ctx, palette }: Surface,
  plate: Plate,
  seen: Range,
  fills = true,
): void {
  const { cell } = plate;
  const patterned = hasPatterns(plate);
  const gap = gapOf(plate);
  const numbers = cell >= NUMBERS_FROM;
  if (numbers) {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
  }
  const written: Written[] = [];
  const empty: [row: number, column: number][] = [];
  for (let row = seen.top; row < seen.bottom; row++)
    for (let column = seen.left; column < seen.right; column++) {
      const x = plate.x + column * cell;
      const y = plate.y + row * cell;
      const v = plate.valueAt(row, column);
      const { ring, unread, wrong } = plate.textureAt(row, column);
      if (v === null) {
        empty.push([row, column]);
        if (unread && patterned) hatch(ctx, palette, x, y, cell - gap);
        else if (unread) {
          ctx.fillStyle = css(halfway(palette.empty, palette.hatch));
          ctx.fillRect(x + 1, y + 1, cell - 2, cell - 2);
        }
        continue;
      }
      const tone = toneOf(palette, plate, row, column, v);
      if (fills) {
        ctx.fillStyle = css(tone);
        ctx.fillRect(x, y, cell - gap, cell - gap);
      }
      if (unread && patterned) hatch(ctx, palette, x, y, cell - gap);
      if (ring === "copy" && patterned) fold(ctx, palette, x, y, cell - gap);
      if (wrong) fault(ctx, palette, x, y, cell - gap);
      if (numbers)
        written.push({
          text: short(v),
          x: x + (cell - gap) / 2,
          y: y + (cell - gap) / 2 + 0.5,
          ink: ring === "zero" ? palette.muted : inkOn(palette, tone),
        });
    }
  write(ctx, written, cell);
  ctx.fillStyle = palette.hairline;
  for (const block of blocksOf(empty)) outline(ctx, plate, block);
}

/** Lines around all cells of a block: for a thousand cells that have no number yet, some dozens. */
function outline(
  ctx: CanvasRenderingContext2D,
  plate: Plate,
  { top, bottom, left, right }: Range,
): void {
  const { x, y, width, height } = cellsOf(plate, top, left, bottom - top, right - left);
  const { cell } = plate;
  for (let column = 0; column < right - left; column++) {
    ctx.fillRect(x + column * cell, y, 1, height);
    ctx.fillRect(x + (column + 1) * cell - 1, y, 1, height);
  }
  for (let row = 0; row < bottom - top; row++) {
    ctx.fillRect(x, y + row * cell, width, 1);
    ctx.fillRect(x, y + (row + 1) * cell - 1, width, 1);
  }
}

/** Cells, told row by row from left to right, gathered into blocks. */
function blocksOf(cells: readonly (readonly [row: number, column: number])[]): Range[] {
  const blocks: { top: number; bottom: number; left: number; right: number }[] = [];
  /** The last run of cells joins the block above it that is as wide. */
  const join = () => {
    const [above, run] = blocks.slice(-2);
    if (!above || !run || above.bottom !== run.top) return;
    if (above.left !== run.left || above.right !== run.right) return;
    above.bottom = run.bottom;
    blocks.pop();
  };
  for (const [row, column] of cells) {
    const run = blocks.at(-1);
    if (run && run.bottom === row + 1 && run.right === column) run.right++;
    else {
      join();
      blocks.push({ top: row, bottom: row + 1, left: column, right: column + 1 });
    }
  }
  join();
  return blocks;
}

interface Written {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly ink: string;
}

/** Numbers, after all fills: most have one size and one ink, and to change either takes time. */
function write(ctx: CanvasRenderingContext2D, written: readonly Written[], cell: number): void {
  const sizes = new Map<number, Written[]>();
  for (const one of written) {
    const size = fontSize(cell, one.text.length);
    const alike = sizes.get(size);
    if (alike) alike.push(one);
    else sizes.set(size, [one]);
  }
  for (const [size, alike] of sizes) {
    ctx.font = `${size}px ${FONT}`;
    let now = "";
    for (const { text, x, y, ink } of alike) {
      if (ink !== now) ctx.fillStyle = now = ink;
      ctx.fillText(text, x, y, roomIn(cell));
    }
  }
}

const roomIn = (cell: number) => cell - 5;

/** Width of a digit as a part of the size of its font, about. */
const DIGIT = 0.57;
/** How small the figures of a long number get beside those of a short one, before they are squeezed. */
const SMALLEST = 0.75;

/** The size for a number of so many figures in a cell of this side, in pixels. */
export function fontSize(cell: number, figures: number): number {
  const size = Math.max(9, Math.min(22, Math.round(cell * 0.4)));
  const fits = roomIn(cell) / (DIGIT * size * figures);
  return fits >= 1 ? size : Math.max(size * SMALLEST, Math.min(9, size), size * fits);
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
  ctx.strokeStyle = css(palette.hatch);
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

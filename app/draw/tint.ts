import type { Palette } from "./palette.ts";
import { cellsOf, type Light, type Plate, type Range, type Rectangle } from "./scene.ts";
import { grown, NOWHERE, type Surface, visible } from "./surface.ts";

/** A light colour over cells: painted as one image, since they may be hundreds of thousands. */
export function tint(surface: Surface, plate: Plate, light: Light, strength: number): Rectangle {
  const { ctx, palette, view } = surface;
  const seen = visible(view, plate);
  if (isNone(seen)) return NOWHERE;
  const { image, range, lit } = tintedOf(palette, plate, light, seen);
  if (isNone(lit)) return NOWHERE;
  const { x, y, width, height } = placeOf(plate, lit);
  const rows = lit.bottom - lit.top;
  ctx.globalAlpha = strength;
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(image, 0, lit.top - range.top, image.width, rows, x, y, width, height);
  ctx.globalAlpha = 1;
  return grown({ x, y, width, height }, 1);
}

function isNone({ top, bottom, left, right }: Range): boolean {
  return bottom <= top || right <= left;
}

function placeOf(plate: Plate, { top, bottom, left, right }: Range): Rectangle {
  return cellsOf(plate, top, left, bottom - top, right - left);
}

interface Tinted {
  readonly palette: Palette;
  readonly light: Light;
  readonly range: Range;
  /** One pixel for each cell of the range, in the colour of the plate where it is lit. */
  readonly image: OffscreenCanvas;
  /** From the first row with a lit cell to the last: no more is drawn, since what is clear takes time, too. */
  readonly lit: Range;
}

/** Plates of up to this many cells are tinted whole when they are scrolled under one light. */
const WHOLE_UP_TO = 2 ** 20;

const tints = new WeakMap<Plate, Tinted>();

/** The tint of the cells that can be seen, or of more: while one scrolls, it is not made anew. */
function tintedOf(palette: Palette, plate: Plate, light: Light, seen: Range): Tinted {
  const known = tints.get(plate);
  const lasts = known?.light === light && known.palette === palette;
  if (known && lasts && holds(known.range, seen)) return known;
  const { rows, columns } = plate;
  const whole = { top: 0, bottom: rows, left: 0, right: columns };
  const range = lasts && rows * columns <= WHOLE_UP_TO ? whole : seen;
  const made = { palette, light, range, ...tintOver(palette, plate, light, range) };
  tints.set(plate, made);
  return made;
}

function holds(a: Range, b: Range): boolean {
  return a.top <= b.top && a.bottom >= b.bottom && a.left <= b.left && a.right >= b.right;
}

function tintOver(palette: Palette, plate: Plate, light: Light, range: Range) {
  const { top, bottom, left, right } = range;
  const [width, height] = [right - left, bottom - top];
  const isLit = light(plate.tensor)!;
  const mask = new ImageData(width, height);
  const lit = { ...range, top: bottom, bottom: top };
  let alpha = 3;
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++, alpha += 4) {
      if (!isLit(plate.indexAt(row, column))) continue;
      mask.data[alpha] = 255;
      lit.top = Math.min(lit.top, row);
      lit.bottom = row + 1;
    }
  const image = new OffscreenCanvas(width, height);
  const into = image.getContext("2d")!;
  into.putImageData(mask, 0, 0);
  into.globalCompositeOperation = "source-in";
  into.fillStyle = palette.roles[plate.role];
  into.fillRect(0, 0, width, height);
  return { image, lit };
}

import type { Palette } from "./palette.ts";
import { lookedAt, pointsOf, type Raster, rasterOf } from "./raster.ts";
import { sameKey } from "./same.ts";
import type { Light, Plate, Range, Rectangle } from "./scene.ts";
import { grown, NOWHERE, type Surface, visible } from "./surface.ts";

/** A light that lies over everything is as good at half the pixels of the screen each way, in a quarter of the time. */
const COARSE = 2;

/** A light colour over cells: painted as one image, since they may be hundreds of thousands. */
export function tint(surface: Surface, plate: Plate, light: Light, strength: number): Rectangle {
  const { ctx, palette, view } = surface;
  const raster = rasterOf(surface, plate, COARSE);
  const seen = pointsOf(raster, visible(view, plate));
  if (isNone(seen)) return NOWHERE;
  const { image, range, lit } = tintedOf(palette, plate, light, raster, seen);
  if (isNone(lit)) return NOWHERE;
  const side = plate.cell * raster.step;
  const [x, y] = [plate.x + lit.left * side, plate.y + lit.top * side];
  const [columns, rows] = [lit.right - lit.left, lit.bottom - lit.top];
  const [width, height] = [columns * side, rows * side];
  ctx.globalAlpha = strength;
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(image, 0, lit.top - range.top, columns, rows, x, y, width, height);
  ctx.globalAlpha = 1;
  return grown({ x, y, width, height }, 1);
}

function isNone({ top, bottom, left, right }: Range): boolean {
  return bottom <= top || right <= left;
}

interface Tinted {
  readonly name: string;
  readonly key: Plate["key"];
  readonly palette: Palette;
  readonly light: Light;
  readonly step: number;
  /** In points of the raster. */
  readonly range: Range;
  /** One pixel for each point of the range, in the colour of the plate where it is lit. */
  readonly image: OffscreenCanvas;
  /** From the first row with a lit cell to the last: no more is drawn, since what is clear takes time, too. */
  readonly lit: Range;
}

/** Plates of up to this many points are tinted whole when they are scrolled under one light. */
const WHOLE_UP_TO = 2 ** 20;

/** As many tints are kept as there are plates on a page. */
const MOST_KEPT = 12;

/** The tints made last, the latest first. */
let tints: readonly Tinted[] = [];

/** The tint of the cells that can be seen, or of more: while one scrolls, it is not made anew. */
function tintedOf(
  palette: Palette,
  plate: Plate,
  light: Light,
  raster: Raster,
  seen: Range,
): Tinted {
  const { rows, columns, step } = raster;
  const { name, key } = plate;
  const known = tints.find(
    (one) =>
      one.name === name &&
      one.light === light &&
      one.palette === palette &&
      one.step === step &&
      sameKey(one.key, key),
  );
  if (known && holds(known.range, seen)) return known;
  const whole = { top: 0, bottom: rows, left: 0, right: columns };
  const range = known && rows * columns <= WHOLE_UP_TO ? whole : seen;
  const lit = tintOver(palette, plate, light, raster, range);
  const made = { name, key, palette, light, step, range, ...lit };
  tints = [made, ...tints.filter((one) => one !== known)].slice(0, MOST_KEPT);
  return made;
}

function holds(a: Range, b: Range): boolean {
  return a.top <= b.top && a.bottom >= b.bottom && a.left <= b.left && a.right >= b.right;
}

function tintOver(palette: Palette, plate: Plate, light: Light, raster: Raster, range: Range) {
  const { top, bottom, left, right } = range;
  const [width, height] = [right - left, bottom - top];
  const isLit = light(plate.tensor)!;
  const mask = new ImageData(width, height);
  const lit = { ...range, top: bottom, bottom: top };
  const across = lookedAt(raster, plate.columns, left, right);
  const down = lookedAt(raster, plate.rows, top, bottom);
  let alpha = 3;
  for (let r = 0; r < down.length; r++)
    for (let c = 0; c < across.length; c++, alpha += 4) {
      if (!isLit(plate.indexAt(down[r]!, across[c]!))) continue;
      mask.data[alpha] = 255;
      lit.top = Math.min(lit.top, top + r);
      lit.bottom = top + r + 1;
    }
  const image = new OffscreenCanvas(width, height);
  const into = image.getContext("2d")!;
  into.putImageData(mask, 0, 0);
  into.globalCompositeOperation = "source-in";
  into.fillStyle = palette.roles[plate.role];
  into.fillRect(0, 0, width, height);
  return { image, lit };
}

import { fillOf, type Palette, type Rgb } from "./palette.ts";
import { lookedAt, pointsOf, type Raster, rasterOf } from "./raster.ts";
import { sameKey } from "./same.ts";
import { NO_TEXTURE, type Plate, type Range, type Texture } from "./scene.ts";
import type { Surface } from "./surface.ts";
import { hasPatterns, toneOf } from "./tones.ts";

// Cells of a few pixels: one pixel each in a small image, enlarged without smoothing.

/** Below this side a cell is a pixel of an image, without a gap and without a pattern of its own. */
export const PIXELS_BELOW = 6;

/** Of plates with up to this many points all are painted, so that scrolling finds them painted. */
const WHOLE_UP_TO = 3e5;

/** The colours of the cells; what has no number yet is a tone of its own where cells are pixels, and else left out. */
export function paintPixels(surface: Surface, plate: Plate, seen: Range): void {
  if (isNone(seen)) return;
  const { ctx, palette } = surface;
  const raster = rasterOf(surface, plate);
  const whole: Range = { top: 0, bottom: raster.rows, left: 0, right: raster.columns };
  const all = plate.cell < PIXELS_BELOW && raster.rows * raster.columns <= WHOLE_UP_TO;
  const range = all ? whole : pointsOf(raster, seen);
  const image = imageOf(palette, plate, raster, range);
  const side = plate.cell * raster.step;
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(
    image,
    plate.x + range.left * side,
    plate.y + range.top * side,
    image.width * side,
    image.height * side,
  );
}

/** Whether a part of a plate can be painted beside another: not so where the edges of cells fall between pixels. */
export function joins(surface: Surface, plate: Plate): boolean {
  const { step } = rasterOf(surface, plate);
  const { a } = surface.ctx.getTransform();
  return plate.cell >= PIXELS_BELOW || step > 1 || Number.isInteger(plate.cell * a);
}

interface Kept {
  readonly from: readonly unknown[];
  /** In points of the raster. */
  readonly range: Range;
  /** How far the walk had come that fills the plate. */
  readonly at: number;
  readonly image: OffscreenCanvas;
}

/** As many images are kept as there are plates on a page. */
const MOST_KEPT = 12;

/** The images painted last, the latest first, and what they were painted from. */
let images: readonly Kept[] = [];

/** Scrolling moves the picture of a million cells as it is: it is painted again only where it looks different. */
function imageOf(palette: Palette, plate: Plate, raster: Raster, range: Range): OffscreenCanvas {
  const { name, rows, columns, key, progress } = plate;
  const size = plate.cell < PIXELS_BELOW ? "pixel" : hasPatterns(plate);
  const from = [palette, name, rows, columns, raster.step, size, ...key];
  const paint = (into: OffscreenCanvas, part: Range) =>
    paintInto(into, range, palette, plate, raster, part);
  const keep = (image: OffscreenCanvas) => {
    const kept = { from, range, at: progress?.at ?? 0, image };
    images = [kept, ...images.filter((one) => one.image !== image)].slice(0, MOST_KEPT);
    return image;
  };

  const alike = images.filter((one) => sameKey(one.from, from));
  const known = alike.find((one) => sameRange(one.range, range));
  if (known) return keep(known.image);
  if (progress) {
    const before = images.find(
      (one) => sameRange(one.range, range) && sameKey(one.from.slice(0, -1), from.slice(0, -1)),
    );
    if (before) {
      paint(
        before.image,
        common(pointsOf(raster, progress.between(before.at, progress.at)), range),
      );
      return keep(before.image);
    }
  }
  const image = new OffscreenCanvas(range.right - range.left, range.bottom - range.top);
  const scrolled = alike.find((one) => !isNone(common(one.range, range)));
  if (!scrolled) paint(image, range);
  else {
    const { left, top } = scrolled.range;
    const stays = common(scrolled.range, range);
    image.getContext("2d")!.drawImage(scrolled.image, left - range.left, top - range.top);
    paint(image, { ...range, bottom: stays.top });
    paint(image, { ...range, top: stays.bottom });
    paint(image, { ...stays, left: range.left, right: stays.left });
    paint(image, { ...stays, left: stays.right, right: range.right });
    images = images.filter((one) => one !== scrolled);
  }
  return keep(image);
}

function isNone({ top, bottom, left, right }: Range): boolean {
  return bottom <= top || right <= left;
}

function sameRange(a: Range, b: Range): boolean {
  return a.top === b.top && a.bottom === b.bottom && a.left === b.left && a.right === b.right;
}

function common(a: Range, b: Range): Range {
  return {
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
  };
}

/** Paints part of the points of a range into its image, one pixel a point. */
function paintInto(
  small: OffscreenCanvas,
  range: Range,
  palette: Palette,
  plate: Plate,
  raster: Raster,
  { top, bottom, left, right }: Range,
): void {
  if (bottom <= top || right <= left) return;
  const image = new ImageData(right - left, bottom - top);
  const colours = new Uint32Array(image.data.buffer);
  const nothing = plate.cell < PIXELS_BELOW ? pack(palette.empty) : 0;
  const shadeAt = plate.shadeAt ?? plate.valueAt;
  const plain = plainOf(palette, plate);
  const across = lookedAt(raster, plate.columns, left, right);
  const { textureAt } = plate;
  let i = 0;
  for (const row of lookedAt(raster, plate.rows, top, bottom))
    for (let c = 0; c < across.length; c++) {
      const column = across[c]!;
      const v = shadeAt(row, column);
      if (v === null) colours[i++] = nothing;
      else if (textureAt === NO_TEXTURE || isPlain(textureAt(row, column))) colours[i++] = plain(v);
      else colours[i++] = pack(toneOf(palette, plate, row, column, v));
    }
  small.getContext("2d")!.putImageData(image, left - range.left, top - range.top);
}

const isPlain = ({ ring, unread }: Texture) => ring === null && !unread;

/** The colours of a scale, as bytes: of cells that are nothing besides their number. */
function plainOf(palette: Palette, { scale }: Plate): (v: number) => number {
  const [low, width] =
    scale.kind === "signed" ? [-scale.reach, 2 * scale.reach] : [scale.low, scale.high - scale.low];
  const table = Uint32Array.from({ length: 256 }, (_, i) =>
    pack(fillOf(palette, scale, low + (width * i) / 255)),
  );
  const none = pack(fillOf(palette, scale, Number.NaN));
  const factor = 255 / width;
  return (v) => {
    const at = (v - low) * factor + 0.5;
    return at < 256 ? (at >= 0 ? table[at | 0]! : table[0]!) : at >= 256 ? table[255]! : none;
  };
}

/** 0xAABBGGRR: how a little-endian machine, which every browser runs on, sees the bytes R G B A. */
function pack([r, g, b]: Rgb): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

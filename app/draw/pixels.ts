import type { Palette, Rgb } from "./palette.ts";
import type { Plate } from "./scene.ts";
import type { Range, Surface } from "./surface.ts";
import { hasPatterns, toneOf } from "./tones.ts";

// Cells of a few pixels: one pixel each in a small image, enlarged without smoothing.

/** Below this side a cell is a pixel of an image, without a gap and without a pattern of its own. */
export const PIXELS_BELOW = 6;

/** Of plates of up to this many cells as small as pixels all are painted, so that scrolling finds them painted. */
const WHOLE_UP_TO = 2 ** 21;

/** The colours of the cells; what has no number yet is a tone of its own where cells are pixels, and else left out. */
export function paintPixels({ ctx, palette }: Surface, plate: Plate, seen: Range): void {
  if (seen.right <= seen.left || seen.bottom <= seen.top) return;
  const whole: Range = { top: 0, bottom: plate.rows, left: 0, right: plate.columns };
  const range =
    plate.cell < PIXELS_BELOW && plate.rows * plate.columns <= WHOLE_UP_TO ? whole : seen;
  const image = imageOf(palette, plate, range);
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(
    image,
    plate.x + range.left * plate.cell,
    plate.y + range.top * plate.cell,
    image.width * plate.cell,
    image.height * plate.cell,
  );
}

interface Kept {
  readonly from: readonly unknown[];
  readonly image: OffscreenCanvas;
}

/** As many images are kept as there are plates on a page. */
const MOST_KEPT = 12;

/** The images painted last, the latest first, and what they were painted from. */
let images: readonly Kept[] = [];

/** Scrolling moves the picture of a million cells as it is: it is painted again only when it looks different. */
function imageOf(palette: Palette, plate: Plate, range: Range): OffscreenCanvas {
  const { name, rows, columns, key } = plate;
  const size = plate.cell < PIXELS_BELOW ? "pixel" : hasPatterns(plate);
  const from = [palette, name, rows, columns, size, ...Object.values(range), ...key];
  const same = ({ from: known }: Kept) =>
    known.length === from.length && from.every((part, i) => Object.is(part, known[i]));
  const kept = images.find(same) ?? { from, image: painted(palette, plate, range) };
  images = [kept, ...images.filter((one) => one !== kept)].slice(0, MOST_KEPT);
  return kept.image;
}

function painted(palette: Palette, plate: Plate, range: Range): OffscreenCanvas {
  const width = range.right - range.left;
  const height = range.bottom - range.top;
  const image = new ImageData(width, height);
  const colours = new Uint32Array(image.data.buffer);
  const nothing = plate.cell < PIXELS_BELOW ? pack(palette.empty) : 0;
  let i = 0;
  for (let row = range.top; row < range.bottom; row++)
    for (let column = range.left; column < range.right; column++) {
      const v = plate.valueAt(row, column);
      colours[i++] = v === null ? nothing : pack(toneOf(palette, plate, row, column, v));
    }
  const small = new OffscreenCanvas(width, height);
  small.getContext("2d")!.putImageData(image, 0, 0);
  return small;
}

/** 0xAABBGGRR: how a little-endian machine, which every browser runs on, sees the bytes R G B A. */
function pack([r, g, b]: Rgb): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

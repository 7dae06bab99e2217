import { fillOf, type Palette, type Rgb } from "./palette.ts";
import type { Plate } from "./scene.ts";

/** Below this side lines and corners would be a gray noise: a tone says that no window reads a cell. */
export const PATTERNS_FROM = 16;

export function hasPatterns({ cell }: Plate): boolean {
  return cell >= PATTERNS_FROM;
}

/** The colour that a cell with a number is filled with: that of the number, toned by where the cell stands. */
export function toneOf(
  palette: Palette,
  plate: Plate,
  row: number,
  column: number,
  value: number,
): Rgb {
  const { ring, unread } = plate.textureAt(row, column);
  const own = ring === "zero" ? palette.ring : fillOf(palette, plate.scale, value);
  const tone = ring === "copy" ? halfway(own, palette.ring) : own;
  return unread && !hasPatterns(plate) ? halfway(tone, palette.hatch) : tone;
}

export function halfway(a: Rgb, b: Rgb): Rgb {
  return [(a[0] + b[0]) >> 1, (a[1] + b[1]) >> 1, (a[2] + b[2]) >> 1];
}

/** Below this width the plates of a scene stand above each other more than beside. */
export const NARROW = 560;

/** What a title and the line under it take above a plate. */
export const TITLE = 52;

/** Whole pixels where cells have gaps between them, quarters where they are pixels of an image. */
export function side(v: number): number {
  return v >= 6 ? Math.floor(v) : Math.max(0.25, Math.floor(v * 4) / 4);
}

/** Width of a character of a subtitle, on the safe side, in CSS pixels. */
const CHARACTER = 6.7;

/** The longest of these that fits, the last where none does. They stand with the longest first. */
export function fitting(choices: readonly string[], room: number): string {
  return choices.find((text) => text.length * CHARACTER <= room) ?? choices.at(-1)!;
}

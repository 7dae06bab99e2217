import type { RoleName, Scale } from "./scene.ts";

export type Rgb = readonly [number, number, number];

/** All colours a picture needs, read from the style sheet so that they stand written once. */
export interface Palette {
  readonly roles: Readonly<Record<RoleName, string>>;
  readonly ink: string;
  readonly muted: string;
  readonly hairline: string;
  readonly paper: string;
  /** A cell that is a padding zero; a cell that is not computed yet. */
  readonly ring: Rgb;
  readonly empty: Rgb;
  readonly hatch: Rgb;
  /** Numbers on a dark and on a light cell. */
  readonly onDark: string;
  readonly onLight: string;
  /** 256 colours from −1 over 0 to +1, and from no ink to full ink. */
  readonly signed: readonly Rgb[];
  readonly inked: readonly Rgb[];
  readonly lit: readonly Rgb[];
}

function rgb(text: string): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim());
  if (!hex) throw new Error(`the colour ${text} is not written as #rrggbb`);
  return [1, 2, 3].map((i) => Number.parseInt(hex[i]!, 16)) as unknown as Rgb;
}

/** A colour with all its digits: a built style sheet says #fff for #ffffff. */
function whole(colour: string): string {
  return colour.replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");
}

/** 256 colours through `stops`, evenly spaced. */
function ramp(stops: readonly Rgb[]): Rgb[] {
  return Array.from({ length: 256 }, (_, i) => {
    const at = (i / 255) * (stops.length - 1);
    const k = Math.min(Math.floor(at), stops.length - 2);
    return stops[k]!.map((c, j) =>
      Math.round(c + (at - k) * (stops[k + 1]![j]! - c)),
    ) as unknown as Rgb;
  });
}

/** The palette of the theme that `element` stands in. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  return paletteFrom((property) => style.getPropertyValue(property));
}

/** The palette of a style sheet, from the texts of its properties. */
export function paletteFrom(textOf: (property: string) => string): Palette {
  const read = (name: string) => whole(textOf(`--${name}`).trim());
  const stops = (...names: string[]) => ramp(names.map((name) => rgb(read(name))));
  return {
    roles: {
      X: read("x"),
      W: read("w"),
      Y: read("y"),
      delta: read("delta"),
      plain: read("plain"),
    },
    ink: read("ink"),
    muted: read("muted"),
    hairline: read("hairline"),
    paper: read("paper"),
    ring: rgb(read("ring")),
    empty: rgb(read("empty")),
    hatch: rgb(read("hatch")),
    onDark: read("on-dark"),
    onLight: read("on-light"),
    signed: stops("neg-3", "neg-2", "neg-1", "zero", "pos-1", "pos-2", "pos-3"),
    inked: stops("zero", "ink-full"),
    lit: ramp([
      [0, 0, 0],
      [255, 255, 255],
    ]),
  };
}

/** The fill of a number. Not-a-number has no place on a scale: it is painted as nothing is. */
export function fillOf(palette: Palette, scale: Scale, v: number): Rgb {
  if (scale.kind === "signed") return at(palette.signed, (v / scale.reach + 1) / 2);
  const share = (v - scale.low) / (scale.high - scale.low);
  return at(scale.tone === "ink" ? palette.inked : palette.lit, share);
}

function at(colours: readonly Rgb[], share: number): Rgb {
  const i = Math.round(255 * share);
  return colours[Number.isFinite(i) ? Math.max(0, Math.min(255, i)) : 128]!;
}

/** WCAG 2 relative luminance, 0 to 1. */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const inkCache = new WeakMap<Palette, Map<number, string>>();

/** Dark or light digits, whichever stand out more on `fill`. */
export function inkOn(palette: Palette, fill: Rgb): string {
  const known = inkCache.get(palette) ?? new Map<number, string>();
  inkCache.set(palette, known);
  const key = (fill[0] << 16) | (fill[1] << 8) | fill[2];
  let ink = known.get(key);
  if (ink === undefined) {
    const under = luminance(fill) + 0.05;
    const dark = luminance(rgb(palette.onLight)) + 0.05;
    const light = luminance(rgb(palette.onDark)) + 0.05;
    ink = light / under > under / dark ? palette.onDark : palette.onLight;
    known.set(key, ink);
  }
  return ink;
}

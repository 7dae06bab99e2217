import { ConvError } from "../errors.ts";
import { tensor } from "../tensor.ts";
import type { Dataset } from "./dataset.ts";

/** The handwritten digits of the UCI repository as scikit-learn has them: 8 × 8, levels 0 to 16. */
export const DIGITS = {
  /** What the collection of them is called. */
  name: "digits",
  count: 1797,
  size: 8,
  classes: 10,
  /** Levels of a pixel: 0 is paper, 16 is ink. */
  levels: 17,
  file: "digits/digits.b17.bin",
  bytes: 60458,
  /** The customary split: the first 1,437 to train on, 360 held out, some by writers not seen in training. */
  train: 1437,
  attribution:
    "Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI Machine Learning Repository (1998), doi:10.24432/C50P49, CC BY 4.0; test split as redistributed by scikit-learn (BSD-3-Clause)",
} as const;

/** Pixels that share one number of base 17, and the bits it takes: 17⁷ < 2²⁹. */
const GROUP = { pixels: 7, bits: 29 } as const;

/** Levels (count · 64, image after image, row-major) and classes. */
export interface Digits {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

function refuse(reason: string): never {
  throw new ConvError("digits", reason, `the file ${DIGITS.file} as it was shipped`);
}

/** `bits` bits from bit `first` on, most significant first, as a number. */
function bitsAt(file: Uint8Array, first: number, bits: number): number {
  let value = 0;
  let at = first;
  let left = bits;
  while (left > 0) {
    const inByte = 8 - (at % 8);
    const taken = Math.min(inByte, left);
    const chunk = (file[at >> 3]! >> (inByte - taken)) & (2 ** taken - 1);
    value = value * 2 ** taken + chunk;
    at += taken;
    left -= taken;
  }
  return value;
}

/**
 * The digits in a file of 7 pixels per 29 bits (a number of base 17, first pixel most significant), filled up to a
 * byte, then the labels, two per byte, high nibble first.
 * @throws ConvError when the file is not of that length, or holds a level or a label that is none.
 */
export function decodeDigits(file: Uint8Array): Digits {
  if (file.length !== DIGITS.bytes)
    refuse(`${file.length} bytes are not the ${DIGITS.bytes} of it`);
  const { count, size, levels, classes } = DIGITS;
  const pixels = new Uint8Array(count * size * size);
  const groups = Math.ceil(pixels.length / GROUP.pixels);
  for (let group = 0; group < groups; group++) {
    let value = bitsAt(file, group * GROUP.bits, GROUP.bits);
    if (value >= levels ** GROUP.pixels) refuse(`group ${group + 1} of pixels is out of range`);
    for (let i = GROUP.pixels - 1; i >= 0; i--) {
      pixels[group * GROUP.pixels + i] = value % levels;
      value = Math.floor(value / levels);
    }
  }
  const first = Math.ceil((groups * GROUP.bits) / 8);
  const labels = Uint8Array.from({ length: count }, (_, n) => {
    const byte = file[first + (n >> 1)]!;
    return n % 2 === 0 ? byte >> 4 : byte & 15;
  });
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) refuse(`label ${wrong + 1} is ${labels[wrong]}`);
  return { pixels, labels };
}

/** The digits as a network sees them: N 1 8 8, level / 16, from 0 to 1. */
export function digitsDataset({ pixels, labels }: Digits): Dataset {
  const { count, size, levels } = DIGITS;
  const images = Float64Array.from(pixels, (level) => level / (levels - 1));
  return { images: tensor([count, 1, size, size], images), labels };
}

import { ranged, type Tensor, tensor } from "#engine";

/** The numbers a pixel becomes: 0 is black, the level itself white. */
export const LEVELS = {
  255: { label: "0 to 255", why: "The bytes of the image.", step: 1 },
  9: {
    label: "0 to 9",
    why: "One digit a pixel: sums that can be checked in one's head.",
    step: 1,
  },
  1: { label: "0 to 1", why: "As networks are fed, to two decimals.", step: 0.01 },
} as const;

export type Level = keyof typeof LEVELS;

/** One channel is gray, three are red, green and blue. */
export type Channels = 1 | 3;

/** What R, G and B count for in gray. Source: Rec. ITU-R BT.601, 2.5.1. */
const LUMA = [0.299, 0.587, 0.114] as const;

/** Opaque RGBA bytes of h × w, as canvas gives them. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** The tensor 1 × C × H × W of an image, averaged over area where it is larger; rounded once, at the end. */
export function tensorOf(
  pixels: Pixels,
  wish: { readonly H: number; readonly W: number; readonly C: Channels; readonly levels: Level },
): Tensor {
  const { H, W, C, levels } = wish;
  const perUnit = Math.round(1 / LEVELS[levels].step);
  const size = C * H * W;
  // whole numbers up to 255 lose nothing in float32, and millions of them take half the room
  const room = size > MANY && perUnit === 1 ? new Float32Array(size) : new Float64Array(size);
  const made = tensor([1, C, H, W], room, "image");
  for (let c = 0; c < C; c++) {
    const plane = resized(planeOf(pixels, C, c), pixels, H, W);
    for (let i = 0; i < plane.length; i++)
      made.data[c * H * W + i] = Math.round((plane[i]! / 255) * levels * perUnit) / perUnit;
  }
  return size > MANY ? ranged(made) : made;
}

/** From so many pixels on it matters how they are stored. */
const MANY = 2 ** 20;

/** One channel, 0 to 255. */
function planeOf({ width, height, data }: Pixels, C: Channels, c: number): Float64Array {
  const plane = new Float64Array(width * height);
  for (let i = 0; i < plane.length; i++)
    plane[i] =
      C === 3
        ? data[4 * i + c]!
        : LUMA[0] * data[4 * i]! + LUMA[1] * data[4 * i + 1]! + LUMA[2] * data[4 * i + 2]!;
  return plane;
}

function resized(plane: Float64Array, from: Pixels, H: number, W: number): Float64Array {
  return averaged(averaged(plane, from.height, from.width, 1, W), 1, from.height, W, H);
}

/**
 * One axis of `data`, seen as outer × n × inner, brought to length `to`: each new cell is the mean of what it covers.
 * Fewer pixels than cells make blocks; as many are copied unchanged.
 */
export function averaged(
  data: Float64Array,
  outer: number,
  n: number,
  inner: number,
  to: number,
): Float64Array {
  if (n === to) return data;
  const out = new Float64Array(outer * to * inner);
  for (let o = 0; o < to; o++) {
    // In units of 1 / to of a pixel all limits are whole numbers, so the weights add up to exactly n.
    const start = o * n;
    const end = start + n;
    for (let i = Math.floor(start / to); i * to < end; i++) {
      const covered = Math.min(end, (i + 1) * to) - Math.max(start, i * to);
      for (let a = 0; a < outer; a++)
        for (let b = 0; b < inner; b++) {
          const cell = (a * to + o) * inner + b;
          out[cell] = out[cell]! + covered * data[(a * n + i) * inner + b]!;
        }
    }
  }
  return out.map((sum) => sum / n);
}

import type { Pair } from "../spec.ts";
import type { Argument } from "./argument.ts";
import { GLYPH_SIZE, glyph } from "./digits.ts";
import { bell, integer, type Random, randomOf } from "./random.ts";

export interface ImageRequest {
  readonly N: number;
  readonly C: number;
  readonly H: number;
  readonly W: number;
  readonly argument: number;
  readonly seed: number;
}

export interface ImageRow {
  readonly label: string;
  readonly why: string;
  /** H × W, and the channels, where none are asked for. */
  readonly size: Pair;
  readonly channels?: number;
  readonly argument?: Argument;
  readonly seeded?: true;
  /** ink: 0 is paper and the largest value is black; light: 0 is black, as in photographs. */
  readonly tone: "ink" | "light";
  /** N · C · H · W numbers, row by row. */
  readonly make: (request: ImageRequest) => Float64Array;
}

/** One cell of the plane of example `n`, channel `c`. */
interface At {
  readonly n: number;
  readonly c: number;
  readonly h: number;
  readonly w: number;
  readonly H: number;
  readonly W: number;
  readonly argument: number;
}

function everyCell(request: ImageRequest, value: (at: At) => number): Float64Array {
  const { N, C, H, W, argument } = request;
  const data = new Float64Array(N * C * H * W);
  let i = 0;
  for (let n = 0; n < N; n++)
    for (let c = 0; c < C; c++)
      for (let h = 0; h < H; h++)
        for (let w = 0; w < W; w++) data[i++] = value({ n, c, h, w, H, W, argument });
  return data;
}

/**
 * The planes of a pattern: channel c is the pattern turned by c quarter turns, so that channels differ and a
 * kernel can be seen to treat them differently. What example n changes stands with each row.
 */
function turned(value: (at: At) => number) {
  const turns: readonly ((at: At) => At)[] = [
    (at) => at,
    (at) => ({ ...at, h: at.W - 1 - at.w, w: at.h, H: at.W, W: at.H }),
    (at) => ({ ...at, h: at.H - 1 - at.h, w: at.W - 1 - at.w }),
    (at) => ({ ...at, h: at.w, w: at.H - 1 - at.h, H: at.W, W: at.H }),
  ];
  return (request: ImageRequest) => everyCell(request, (at) => value(turns[at.c % 4]!(at)));
}

/** Every plane from a stream of its own: adding a channel or an example leaves the others as they are. */
function fromSeed(draw: (random: Random) => number) {
  return ({ N, C, H, W, seed }: ImageRequest) => {
    const data = new Float64Array(N * C * H * W);
    for (let plane = 0; plane < N * C; plane++) {
      const random = randomOf(seed, Math.floor(plane / C), plane % C);
      for (let i = 0; i < H * W; i++) data[plane * H * W + i] = draw(random);
    }
    return data;
  };
}

/** How much of a cell a disc covers, in ninths: counted at 3 × 3 points of it. */
function discAt({ h, w, H, W, n, c }: At): number {
  const radius = (Math.min(H, W) * 3) / 8 / (n + c + 1);
  let inside = 0;
  for (let point = 0; point < 9; point++) {
    const y = h + (Math.floor(point / 3) + 0.5) / 3 - H / 2;
    const x = w + ((point % 3) + 0.5) / 3 - W / 2;
    if (y * y + x * x <= radius * radius) inside++;
  }
  return inside;
}

/** cos r²: rings that narrow outward until, at the nearer edge, they are two cells wide, the finest there is. */
function ringsAt({ h, w, H, W, n, c }: At): number {
  const y = h - (H - 1) / 2;
  const x = w - (W - 1) / 2;
  const phase = (Math.PI * (y * y + x * x)) / Math.min(H, W) + (n + c) * Math.PI;
  return Math.round(4.5 + 4.5 * Math.cos(phase));
}

/** Red, green and blue of eight bars from white to black, over a gray wedge. */
function cardAt({ h, w, H, W, c, n }: At): number {
  const bar = (Math.floor((w * 8) / W) + n) % 8;
  const gray = Math.round((9 * w) / Math.max(1, W - 1));
  if (h >= H * 0.75) return gray;
  return [bar & 2, bar & 4, bar & 1][c % 3] === 0 ? 9 : 0;
}

const square: Argument = { meaning: "cells a side", initial: 2, least: 1, most: 512 };

/**
 * Pictures made by a rule. Patterns are 0 and 9, so that the mean of a 3 × 3 window is a whole number;
 * the impulse is 1, so that its answer is the kernel itself.
 */
export const IMAGES = {
  digit: {
    label: "digit",
    why: "A handwritten digit of 8 × 8 in small whole numbers: edges in every direction.",
    size: [GLYPH_SIZE, GLYPH_SIZE],
    argument: { meaning: "the digit", initial: 7, least: 0, most: 9 },
    tone: "ink",
    // Example n is the n-th digit after the first.
    make: turned(({ h, w, H, W, n, argument }) =>
      glyph(
        (argument + n) % 10,
        Math.floor((h * GLYPH_SIZE) / H),
        Math.floor((w * GLYPH_SIZE) / W),
      ),
    ),
  },
  counting: {
    label: "counting",
    why: "1, 2, 3, … row by row, the matrix of the textbooks: every cell can be told from its number.",
    size: [4, 4],
    tone: "light",
    // The count goes on through channels and examples.
    make: ({ N, C, H, W }) => Float64Array.from({ length: N * C * H * W }, (_, i) => i + 1),
  },
  impulse: {
    label: "impulse",
    why: "A single 1 in the middle: what comes out is the kernel, turned by 180° unless it was flipped first.",
    size: [7, 7],
    tone: "ink",
    // The 1 stands n cells further down in example n, and c further right in channel c.
    make: (request) =>
      everyCell(request, ({ h, w, H, W, n, c }) =>
        h === (Math.floor(H / 2) + n) % H && w === (Math.floor(W / 2) + c) % W ? 1 : 0,
      ),
  },
  ramp: {
    label: "ramp",
    why: "0, 1, 2, … from left to right: the slope is the same everywhere, and so is the answer of an edge detector.",
    size: [8, 8],
    tone: "light",
    // Example n is n + 1 times as steep.
    make: turned(({ w, n }) => (n + 1) * w),
  },
  checkerboard: {
    label: "checkerboard",
    why: "Squares of 0 and 9: strides and dilations that meet their rhythm see one colour only.",
    size: [8, 8],
    argument: square,
    tone: "ink",
    // Every other example has its colours exchanged.
    make: turned(({ h, w, n, argument }) =>
      (Math.floor(h / argument) + Math.floor(w / argument) + n) % 2 === 0 ? 0 : 9,
    ),
  },
  stripes: {
    label: "stripes",
    why: "Upright stripes of 0 and 9: a kernel for x sees them, one for y does not.",
    size: [8, 8],
    argument: { ...square, meaning: "cells a stripe" },
    tone: "ink",
    // Example n is shifted by n cells.
    make: turned(({ w, n, argument }) => (Math.floor((w + n) / argument) % 2 === 0 ? 0 : 9)),
  },
  disc: {
    label: "disc",
    why: "A filled circle with soft edges: an edge of every direction once.",
    size: [16, 16],
    tone: "ink",
    // A turn would not show: the radius shrinks instead, by 1 + n + c.
    make: (request) => everyCell(request, discAt),
  },
  rings: {
    label: "rings",
    why: "Rings that narrow outward (a zone plate): it shows which widths a kernel lets through, and what a stride makes of fine ones.",
    size: [64, 64],
    tone: "light",
    // A turn would not show: every other channel and example has its colours exchanged instead.
    make: (request) => everyCell(request, ringsAt),
  },
  card: {
    label: "colour card",
    why: "Eight colour bars over a gray wedge: red, green and blue are three channels.",
    size: [8, 8],
    channels: 3,
    tone: "light",
    // Channels are red, green, blue, red, …; example n has its bars moved by n.
    make: (request) => everyCell(request, cardAt),
  },
  random: {
    label: "random",
    why: "Whole numbers from 0 to 9, other ones for every channel and example; the seed says which.",
    size: [8, 8],
    seeded: true,
    tone: "light",
    make: fromSeed((random) => integer(random, 0, 9)),
  },
  noise: {
    label: "noise",
    why: "Bell-shaped numbers around 0 with two decimals, as a network's layers see them; the seed says which.",
    size: [8, 8],
    seeded: true,
    tone: "light",
    make: fromSeed(bell),
  },
  ones: {
    label: "ones",
    why: "Ones everywhere: what comes out tells the sum of the weights, and how much of it padding takes away.",
    size: [6, 6],
    tone: "light",
    make: ({ N, C, H, W }) => new Float64Array(N * C * H * W).fill(1),
  },
  blank: {
    label: "blank",
    why: "Zeros: an empty sheet to draw on.",
    size: [8, 8],
    tone: "ink",
    make: ({ N, C, H, W }) => new Float64Array(N * C * H * W),
  },
} as const satisfies Record<string, ImageRow>;

export type ImageName = keyof typeof IMAGES;

import type { Pair } from "../spec.ts";
import type { Argument } from "./argument.ts";
import { integer, randomOf } from "./random.ts";

/** One kH × kW kernel is asked for: the one of this filter and channel. */
export interface KernelRequest {
  readonly kH: number;
  readonly kW: number;
  readonly argument: number;
  readonly seed: number;
  readonly filter: number;
  readonly channel: number;
}

export interface KernelRow {
  readonly label: string;
  readonly why: string;
  /** kH × kW where none is asked for. */
  readonly size: Pair;
  /** Whether the kernel can be made at this size, and which sizes those are, in words. */
  readonly fits: (kH: number, kW: number) => boolean;
  readonly sizes: string;
  readonly argument?: Argument;
  readonly seeded?: true;
  /** kH · kW numbers, row by row. */
  readonly make: (request: KernelRequest) => number[];
}

const ANY = { fits: () => true, sizes: "any size" };
const ODD_SQUARES = {
  fits: (kH: number, kW: number) => kH === kW && kH >= 3 && kH <= 7 && kH % 2 === 1,
  sizes: "3x3, 5x5 or 7x7",
};

/** Only this size, these numbers. */
function fixed(...rows: readonly (readonly number[])[]) {
  const size = [rows.length, rows[0]!.length] as const;
  return {
    size,
    fits: (kH: number, kW: number) => kH === size[0] && kW === size[1],
    sizes: `${size.join("x")} only`,
    make: () => rows.flat(),
  };
}

function constant(value: number) {
  return ({ kH, kW }: KernelRequest) => new Array<number>(kH * kW).fill(value);
}

function outer(column: readonly number[], row: readonly number[]): number[] {
  return column.flatMap((a) => row.map((b) => (a * b === 0 ? 0 : a * b)));
}

/** 1 2 1, 1 3 3 1, 1 4 6 4 1 …: a row of Pascal's triangle, the whole-number Gaussian. */
function binomial(k: number): number[] {
  let row = [1];
  while (row.length < k) row = [...row, 0].map((v, i) => v + (row[i - 1] ?? 0));
  return row;
}

/** −1 0 1, −1 −2 0 2 1 …: the difference of two smoothed neighbours. */
function difference(k: number): number[] {
  const smooth = binomial(k - 2);
  return Array.from({ length: k }, (_, i) => (smooth[i - 2] ?? 0) - (smooth[i] ?? 0));
}

/** Where the centre of `k` cells is: at even sizes the upper (left) one, as "same" padding has it. */
export function centreOf(k: number): number {
  return Math.floor((k - 1) / 2);
}

/** A wave under a bell, in whole numbers from −9 to 9. */
function gabor({ kH, kW, argument }: KernelRequest): number[] {
  const angle = (argument * Math.PI) / 180;
  const k = Math.min(kH, kW);
  const [spread, wavelength] = [k / 5, (k + 1) / 2];
  return Array.from({ length: kH * kW }, (_, i) => {
    const y = Math.floor(i / kW) - (kH - 1) / 2;
    const x = (i % kW) - (kW - 1) / 2;
    const along = x * Math.cos(angle) + y * Math.sin(angle);
    const bell = Math.exp(-(x * x + y * y) / (2 * spread * spread));
    return Math.round(9 * bell * Math.cos((2 * Math.PI * along) / wavelength)) || 0;
  });
}

/** The kernels that have a name. Whole numbers where the field writes whole numbers. */
export const KERNELS = {
  identity: {
    label: "identity",
    why: "One at the centre and zeros around it: the output is the input.",
    size: [3, 3],
    ...ANY,
    make: ({ kH, kW }) =>
      Array.from({ length: kH * kW }, (_, i) => (i === centreOf(kH) * kW + centreOf(kW) ? 1 : 0)),
  },
  box: {
    label: "box (mean)",
    why: "The mean of the window: every weight is 1 divided by the number of cells, so the brightness stays.",
    size: [3, 3],
    ...ANY,
    make: (request) => constant(1 / (request.kH * request.kW))(request),
  },
  ones: {
    label: "ones (sum)",
    why: "The sum of the window; on a picture of ones it counts the cells that are not padding.",
    size: [3, 3],
    ...ANY,
    make: constant(1),
  },
  gaussian: {
    label: "Gaussian",
    why: "A sum that favours the centre (1 2 1 both ways); divide by the sum of the weights, 16 at 3 × 3, to blur at the same brightness.",
    size: [3, 3],
    fits: (kH, kW) => Math.max(kH, kW) <= 15, // beyond, the weights no longer read as numbers
    sizes: "1x1 to 15x15",
    make: ({ kH, kW }) => outer(binomial(kH), binomial(kW)),
  },
  sharpen: {
    label: "sharpen",
    why: "The cell plus its difference from its four neighbours: edges stand out and flat areas stay.",
    ...fixed([0, -1, 0], [-1, 5, -1], [0, -1, 0]),
  },
  "sobel-x": {
    label: "Sobel x",
    why: "Right minus left, smoothed downward: it answers to vertical edges.",
    size: [3, 3],
    ...ODD_SQUARES,
    make: ({ kH, kW }) => outer(binomial(kH), difference(kW)),
  },
  "sobel-y": {
    label: "Sobel y",
    why: "Below minus above, smoothed sideways: it answers to horizontal edges.",
    size: [3, 3],
    ...ODD_SQUARES,
    make: ({ kH, kW }) => outer(difference(kH), binomial(kW)),
  },
  "prewitt-x": {
    label: "Prewitt x",
    why: "Right minus left, every row counting the same: a plainer Sobel.",
    ...fixed([-1, 0, 1], [-1, 0, 1], [-1, 0, 1]),
  },
  "prewitt-y": {
    label: "Prewitt y",
    why: "Below minus above, every column counting the same: a plainer Sobel.",
    ...fixed([-1, -1, -1], [0, 0, 0], [1, 1, 1]),
  },
  "scharr-x": {
    label: "Scharr x",
    why: "Right minus left with weights 3 10 3: slanted edges are measured more evenly than by Sobel.",
    ...fixed([-3, 0, 3], [-10, 0, 10], [-3, 0, 3]),
  },
  roberts: {
    label: "Roberts",
    why: "One cell minus its diagonal neighbour: the smallest edge detector, and an even kernel.",
    ...fixed([1, 0], [0, -1]),
  },
  laplacian: {
    label: "Laplacian",
    why: "The four neighbours minus four times the cell: zero on flat areas and even slopes, large where they bend.",
    ...fixed([0, 1, 0], [1, -4, 1], [0, 1, 0]),
  },
  outline: {
    label: "outline",
    why: "Eight times the cell minus its eight neighbours: only outlines and single points remain.",
    ...fixed([-1, -1, -1], [-1, 8, -1], [-1, -1, -1]),
  },
  corner: {
    label: "corner",
    why: "A second difference both ways: straight horizontal and vertical edges give zero, corners and points remain.",
    ...fixed([1, -2, 1], [-2, 4, -2], [1, -2, 1]),
  },
  emboss: {
    label: "emboss",
    why: "Below right minus above left, plus the cell itself: the picture looks pressed into paper.",
    ...fixed([-2, -1, 0], [-1, 1, 1], [0, 1, 2]),
  },
  diagonal: {
    label: "diagonal (motion)",
    why: "The sum along the diagonal: strokes that run with it answer most, and all else is smeared along it.",
    size: [3, 3],
    fits: (kH, kW) => kH === kW,
    sizes: "square sizes",
    make: ({ kH, kW }) =>
      Array.from({ length: kH * kW }, (_, i) => (Math.floor(i / kW) === i % kW ? 1 : 0)),
  },
  gabor: {
    label: "Gabor",
    why: "A wave under a bell: it answers to stripes of one width and one direction, as cells of the visual cortex do.",
    size: [7, 7],
    fits: (kH, kW) => Math.min(kH, kW) >= 3,
    sizes: "3x3 and larger",
    argument: { meaning: "angle in degrees", initial: 0, least: 0, most: 180 },
    make: gabor,
  },
  zeros: {
    label: "zeros",
    why: "Nothing yet: a kernel to paint.",
    size: [3, 3],
    ...ANY,
    make: constant(0),
  },
  random: {
    label: "random",
    why: "Whole numbers from −3 to 3, other ones for every filter and channel; the seed says which.",
    size: [3, 3],
    ...ANY,
    seeded: true,
    make: ({ kH, kW, seed, filter, channel }) => {
      const random = randomOf(seed, filter, channel);
      return Array.from({ length: kH * kW }, () => integer(random, -3, 3));
    },
  },
} as const satisfies Record<string, KernelRow>;

export type KernelName = keyof typeof KERNELS;

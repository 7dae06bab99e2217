import { ConvError } from "./errors.ts";

export interface PadModeRow {
  readonly label: string;
  readonly why: string;
  /** The input index that stands at position `i` of an axis of `n` cells, `i` outside 0…n−1; −1: a zero. */
  readonly source: (i: number, n: number) => number;
  /** The most that may be padded on one side of an axis of `n` cells. */
  readonly most: (n: number) => number;
  /** `most` in words, for a refusal. */
  readonly limit: string;
}

/** What stands in the ring around the input. */
export const PAD_MODES = {
  zeros: {
    label: "zeros",
    why: "The ring holds zeros: cheap, but the edge of the image darkens.",
    source: () => -1,
    most: () => Number.POSITIVE_INFINITY,
    limit: "any padding",
  },
  reflect: {
    label: "reflect",
    why: "The image is mirrored at its edge cells, which are not repeated.",
    source: (i, n) => (i < 0 ? -i : 2 * (n - 1) - i),
    most: (n) => n - 1,
    limit: "at most the input length − 1 on each side",
  },
  replicate: {
    label: "replicate",
    why: "The edge cells are repeated outward.",
    source: (i, n) => (i < 0 ? 0 : n - 1),
    most: () => Number.POSITIVE_INFINITY,
    limit: "any padding",
  },
  circular: {
    label: "circular",
    why: "The image is a torus: what leaves at one edge comes in at the other.",
    source: (i, n) => (i < 0 ? i + n : i - n),
    most: (n) => n,
    limit: "at most the input length on each side",
  },
} as const satisfies Record<string, PadModeRow>;

export type PadMode = keyof typeof PAD_MODES;

/** Top, right, bottom, left: the order of CSS and of the address. */
export type Sides = readonly [top: number, right: number, bottom: number, left: number];

/** Paddings that follow from the rest of the geometry; `before` and `after` of one axis. */
export const PADDING_WORDS = {
  valid: {
    label: "valid: no padding",
    sides: () => [0, 0],
  },
  same: {
    // TensorFlow, Keras and ONNX SAME_UPPER: the odd cell goes after.
    label: "same: out = ⌈in / stride⌉",
    sides: ({ n, effective, stride }) => {
      const total = Math.max((Math.ceil(n / stride) - 1) * stride + effective - n, 0);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    },
  },
  full: {
    label: "full: every overlap",
    sides: ({ effective }) => [effective - 1, effective - 1],
  },
} as const satisfies Record<
  string,
  {
    readonly label: string;
    readonly sides: (axis: AxisQuestion) => readonly [before: number, after: number];
  }
>;

export type PaddingWord = keyof typeof PADDING_WORDS;

/** What was asked: a word, one number for all sides, or four. */
export type Padding = PaddingWord | number | Sides;

interface AxisQuestion {
  readonly n: number;
  readonly effective: number;
  readonly stride: number;
}

/** [before, after] of the axis that `sides` picks: rows are top and bottom, columns left and right. */
export function paddingOf(
  padding: Padding,
  axis: "rows" | "columns",
  question: AxisQuestion,
): readonly [before: number, after: number] {
  if (typeof padding === "string") return PADDING_WORDS[padding].sides(question);
  if (typeof padding === "number") return [padding, padding];
  return axis === "rows" ? [padding[0], padding[2]] : [padding[3], padding[1]];
}

/** Refuses a padding that its mode cannot fill. */
export function checkPadMode(
  mode: PadMode,
  n: number,
  pad: readonly [before: number, after: number],
  sides: readonly [string, string],
): void {
  const row: PadModeRow = PAD_MODES[mode];
  for (const [side, p] of pad.entries())
    if (p > 0 && p > row.most(n))
      throw new ConvError(
        `padding.${sides[side]}`,
        `${p} is more than ${mode} padding can take from an input length of ${n}`,
        `${row.limit} (here ${row.most(n)}), or another pad mode`,
      );
}

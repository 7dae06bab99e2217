import { type Tensor, tensor } from "../tensor.ts";
import { DIGITS } from "./digits.ts";

/** Full ink, as a level. */
export const INK_LEVEL = DIGITS.levels - 1;

/** A level is how many of GRAIN × GRAIN points of a cell are black: so the digits were made from scans of 32 × 32. */
const GRAIN = 4;

interface PenRow {
  readonly label: string;
  readonly why: string;
  /** Of its round tip, in cells. */
  readonly radius: number;
  /** What it makes of a level where it has blackened so many points. */
  readonly leaves: (level: number, points: number) => number;
}

/** What can be drawn with. To go over a cell twice makes it no darker: a stroke is as dark as the darker of two. */
export const PENS = {
  pen: {
    label: "Pen",
    why: "Drag to draw: a cell is as dark as the share of it that the tip has covered.",
    radius: 0.7,
    leaves: Math.max,
  },
  eraser: {
    label: "Eraser",
    why: "Drag to take ink away.",
    radius: 0.7,
    leaves: (level, points) => Math.min(level, INK_LEVEL - points),
  },
} as const satisfies Record<string, PenRow>;

export type Pen = keyof typeof PENS;

/** A place on a field, in cells from its top left corner: the middle of the first cell is at ½, ½. */
export interface PenPoint {
  readonly row: number;
  readonly column: number;
}

/** A stroke under way. Never changed in place. */
export interface Stroke {
  readonly pen: Pen;
  /** The levels it is drawn over, 1 1 H W. */
  readonly over: Tensor;
  readonly last: PenPoint;
  /** The points of every cell that it has come over, GRAIN·H × GRAIN·W of them. */
  readonly points: Uint8Array;
}

/** A field without ink. */
export function blankLevels(H: number, W: number): Tensor {
  return tensor([1, 1, H, W]);
}

/** The image a network is shown: levels from 0 to 1. */
export function imageOfLevels({ shape, data }: Tensor): Tensor {
  return tensor(
    shape,
    data.map((level) => level / INK_LEVEL),
  );
}

/** An image of numbers from 0 to 1 as whole levels. */
export function levelsOfImage({ shape, data }: Tensor): Tensor {
  const levelOf = (v: number) => Math.round(Math.min(1, Math.max(0, v)) * INK_LEVEL);
  return tensor(shape, data.map(levelOf));
}

/** The pen is put down. */
export function startStroke(over: Tensor, pen: Pen, at: PenPoint): Stroke {
  const points = new Uint8Array(over.data.length * GRAIN ** 2);
  return strokeTo({ pen, over, last: at, points }, at);
}

/** The pen is drawn on to another place, the straight way. */
export function strokeTo(stroke: Stroke, to: PenPoint): Stroke {
  const { pen, over, last: from } = stroke;
  const W = over.shape[3]!;
  const points = stroke.points.slice();
  const [down, across] = [to.row - from.row, to.column - from.column];
  const length = down ** 2 + across ** 2;
  for (let i = 0; i < points.length; i++) {
    const row = (Math.floor(i / (W * GRAIN)) + 0.5) / GRAIN - from.row;
    const column = ((i % (W * GRAIN)) + 0.5) / GRAIN - from.column;
    const along = length && (row * down + column * across) / length;
    const share = Math.min(1, Math.max(0, along)); // of the way, where it came nearest
    const far = (row - share * down) ** 2 + (column - share * across) ** 2;
    if (far <= PENS[pen].radius ** 2) points[i] = 1;
  }
  return { pen, over, last: to, points };
}

/** The levels a stroke has made so far. */
export function levelsOfStroke({ pen, over, points }: Stroke): Tensor {
  const W = over.shape[3]!;
  const black = new Uint8Array(over.data.length);
  for (let i = 0; i < points.length; i++) {
    const row = Math.floor(i / (W * GRAIN * GRAIN));
    const column = Math.floor((i % (W * GRAIN)) / GRAIN);
    black[row * W + column]! += points[i]!;
  }
  return tensor(
    over.shape,
    over.data.map((level, cell) => PENS[pen].leaves(level, black[cell]!)),
  );
}

import { type Axis, positionOf } from "../axis.ts";
import type { Canvas } from "./canvas.ts";

/**
 * One axis of δ as it is drawn before it is correlated: dilated, padded with zeros, and, where the padding is
 * negative, with the cells that are cropped still standing at their ends.
 */
export interface DilatedAxis {
  /** Zeros before the first δ and after the last, the remainder among them; negative: so many cells are cropped. */
  readonly before: number;
  readonly after: number;
  /** Positions drawn: those cropped in front, those that windows may stand on, those cropped at the end. */
  readonly length: number;
  readonly cropBefore: number;
  readonly walked: number;
  readonly cropAfter: number;
  /** Position → output index, or −1 for a zero between or around. */
  readonly source: Int32Array;
  /** Whether a window at stride 1 reads the position: 0 in what is cropped, and in gaps wider than what is walked. */
  readonly read: Uint8Array;
  /** How many windows there are at stride 1: the length of the gradient. */
  readonly out: number;
}

/** How an axis of a canvas is drawn. Without the remainder its last positions are missing. */
export function dilatedAxis(
  axis: Axis,
  canvas: Canvas["rows"],
  withRemainder: boolean,
): DilatedAxis {
  const walked = Math.max(0, canvas.length - (withRemainder ? 0 : axis.remainder));
  const spread = positionOf(axis, axis.out - 1, 0) + 1;
  const after = walked - canvas.before - spread;
  const cropBefore = Math.max(0, -canvas.before);
  const cropAfter = Math.max(0, -after);
  const length = cropBefore + walked + cropAfter;
  const out = Math.max(0, walked - axis.effective + 1);
  const source = new Int32Array(length).fill(-1);
  for (let o = 0; o < axis.out; o++)
    source[cropBefore + canvas.before + positionOf(axis, o, 0)] = o;
  const read = new Uint8Array(length);
  for (let t = 0; t < axis.k; t++) {
    const first = cropBefore + t * axis.dilation;
    read.fill(1, first, first + out);
  }
  return { before: canvas.before, after, length, cropBefore, walked, cropAfter, source, read, out };
}

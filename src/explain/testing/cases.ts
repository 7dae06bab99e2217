import { deltaOf } from "../../activate.ts";
import { gradientsByTaps } from "../../conv/gradients.ts";
import { type Answer, type Backward, forward } from "../../forward.ts";
import { type Geometry, geometryOf } from "../../geometry.ts";
import type { Layer } from "../../layer.ts";
import { type ConvSpec, checkSpec, DEFAULTS } from "../../spec.ts";
import { sizeOf, type Tensor, tensor } from "../../tensor.ts";
import type { Training } from "../../training.ts";
import { updateOf } from "../../update.ts";

/** A layer and what the engine says of it: all that an explanation is made of. */
export interface Case {
  readonly g: Geometry;
  readonly layer: Layer;
  readonly answer: Answer;
}

/** Sizes, and what differs from the defaults. */
type Asked = Pick<ConvSpec, "H" | "W" | "kH" | "kW"> & Partial<ConvSpec>;

/** Numbers that a test writes down; the others are made. */
interface Numbers {
  readonly x?: readonly number[];
  readonly w?: readonly number[];
  readonly b?: readonly number[];
}

/** Small numbers of both signs, zeros among them, in a row that does not repeat with the width of a matrix. */
function made(shape: readonly number[], step: number, unit: number): Tensor {
  return tensor(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => (((i * step + 2) % 11) - 5) * unit),
  );
}

/** The case of a layer. `unit` 1 gives whole numbers; a third gives numbers that no float holds exactly. */
export function caseOf(asked: Asked, numbers: Numbers = {}, unit = 1): Case {
  const spec = checkSpec({ ...DEFAULTS, N: 1, C: 1, F: 1, ...asked });
  const g = geometryOf(spec);
  const { X, W, b } = g.shapes;
  const layer = {
    spec,
    x: numbers.x ? tensor(X, numbers.x) : made(X, 3, unit),
    w: numbers.w ? tensor(W, numbers.w) : made(W, 4, unit),
    b: numbers.b ? tensor(b, numbers.b) : made(b, 5, unit),
  };
  return { g, layer, answer: forward(layer) };
}

/** A case with its way back. */
export interface CaseBack extends Case {
  readonly answer: Answer & { readonly back: Backward };
}

/** The way back of a case: from ∂L/∂Y (made numbers where none are given), or from a target. */
export function withBack(
  it: Case,
  from: { readonly upstream?: readonly number[]; readonly target?: readonly number[] } = {},
  training: Training | null = null,
): CaseBack {
  const { g, layer, answer } = it;
  const { y, z } = answer;
  const target = from.target ? tensor(g.shapes.Y, from.target) : null;
  const upstream = target
    ? tensor(
        g.shapes.Y,
        y.data.map((v, i) => v - target.data[i]!),
      )
    : from.upstream
      ? tensor(g.shapes.Y, from.upstream)
      : made(g.shapes.Y, 7, 1);
  const delta = deltaOf(layer.spec.activation, z, upstream);
  const loss = upstream.data.reduce((sum, v) => sum + v * v, 0) / 2;
  const gradients = gradientsByTaps(g, layer, delta);
  const back = {
    ...gradients,
    upstream,
    delta,
    target: target && { tensor: target, loss },
    update: updateOf(g, layer, gradients, training),
  };
  return { ...it, answer: { ...answer, back } };
}

/** A seven of nines. */
const SEVEN = [
  [0, 0, 0, 0, 0, 0, 0, 0],
  [0, 9, 9, 9, 9, 9, 9, 0],
  [0, 0, 0, 0, 0, 0, 9, 0],
  [0, 0, 0, 0, 0, 9, 0, 0],
  [0, 0, 0, 0, 9, 0, 0, 0],
  [0, 0, 0, 0, 8, 0, 0, 0],
  [0, 0, 0, 9, 0, 0, 0, 0],
  [0, 0, 0, 9, 0, 0, 0, 0],
].flat();
const SOBEL = [-1, 0, 1, -2, 0, 2, -1, 0, 1];

/** The picture the lenses open with: a seven of nines, Sobel x, stride 2, padding 1. */
export function seven(asked: Partial<Asked> = {}, bias = 0): Case {
  return caseOf(
    { H: 8, W: 8, kH: 3, kW: 3, stride: [2, 2], padding: 1, ...asked },
    { x: SEVEN, w: SOBEL, b: [bias] },
  );
}

export const RELU = { name: "relu", alpha: 0 } as const;

const THIRD = 1 / 3;

/** Layers of every kind that a program has to be able to write, rectangles nearly all. */
export const CASES: Readonly<Record<string, () => Case>> = {
  "the opening screen: stride 2, padding 1": () =>
    caseOf({ H: 8, W: 8, kH: 3, kW: 3, stride: [2, 2], padding: 1 }),
  "a rectangle without padding": () => caseOf({ H: 4, W: 6, kH: 3, kW: 2, stride: [1, 2] }),
  "reflected, kernel 3 × 1": () =>
    caseOf({ H: 5, W: 4, kH: 3, kW: 1, padding: [2, 1, 1, 0], padMode: "reflect" }),
  "replicated further than the input": () =>
    caseOf(
      { H: 2, W: 3, kH: 2, kW: 3, padding: 3, padMode: "replicate", stride: [3, 2] },
      {},
      THIRD,
    ),
  "circular, same": () =>
    caseOf({ H: 4, W: 5, kH: 2, kW: 4, padding: "same", padMode: "circular" }),
  "full, flipped": () => caseOf({ H: 3, W: 4, kH: 2, kW: 3, padding: "full", flip: true }),
  "four sides, dilated, leaky ReLU": () =>
    caseOf({
      H: 6,
      W: 7,
      kH: 2,
      kW: 3,
      padding: [0, 1, 2, 3],
      dilation: [3, 2],
      activation: { name: "leaky-relu", alpha: 0.1 },
    }),
  "channels into one filter, sigmoid": () =>
    caseOf(
      { C: 3, H: 4, W: 3, kH: 2, kW: 2, activation: { name: "sigmoid", alpha: 0 } },
      {},
      THIRD,
    ),
  "several filters of one channel, tanh": () =>
    caseOf(
      { F: 3, H: 4, W: 5, kH: 3, kW: 2, padding: 1, activation: { name: "tanh", alpha: 0 } },
      {},
      THIRD,
    ),
  "a batch of one filter, ReLU": () =>
    caseOf({
      N: 2,
      H: 3,
      W: 4,
      kH: 2,
      kW: 2,
      padding: [1, 0, 0, 1],
      activation: { name: "relu", alpha: 0 },
    }),
  "a batch of channels into one filter, flipped": () =>
    caseOf({ N: 2, C: 2, H: 4, W: 3, kH: 3, kW: 2, padding: 1, flip: true }),
  "groups of two channels and two filters, batch, flipped, circular": () =>
    caseOf({
      N: 2,
      C: 4,
      F: 4,
      groups: 2,
      H: 5,
      W: 4,
      kH: 3,
      kW: 2,
      padding: [2, 1, 3, 0],
      padMode: "circular",
      stride: [2, 1],
      dilation: [1, 2],
      flip: true,
    }),
  "depthwise, one filter a channel": () =>
    caseOf({ C: 3, F: 3, groups: 3, H: 4, W: 5, kH: 2, kW: 3, padding: 1 }),
  "depthwise, two filters a channel": () =>
    caseOf({
      C: 2,
      F: 4,
      groups: 2,
      H: 4,
      W: 5,
      kH: 2,
      kW: 3,
      padding: "same",
      padMode: "replicate",
    }),
  "groups of two channels and one filter": () =>
    caseOf({ C: 4, F: 2, groups: 2, H: 4, W: 3, kH: 2, kW: 2, dilation: [2, 1] }),
  "one cell, one weight": () => caseOf({ H: 1, W: 1, kH: 1, kW: 1 }, { x: [3], w: [-2], b: [0.5] }),
};

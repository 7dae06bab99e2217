import type { Geometry } from "./geometry.ts";
import { sizeOf } from "./tensor.ts";

/** How the cells of a tensor take part in the taps: as an input, a padded input, a weight, … */
export type Kind = "X" | "P" | "W" | "b" | "Y" | "T" | "S" | "R";

interface TensorRow {
  /** Cells of one kind and one index belong to the same taps: δ[1, 2] has the relatives of Y[1, 2]. */
  readonly kind: Kind;
  /** What a cell is called before its indices. */
  readonly word: string;
}

/**
 * The tensors whose cells can be pointed at. Besides the field's names: P is X padded; T holds the products of all
 * windows (index y · window + slot), S what each channel adds to each output (y · depth + c), R the rows of im2col
 * (row · C·kH·kW + column), K, I and J the channel, row and column of the padded input that such a cell is copied
 * from; U is ∂L/∂Y, D is δ, G the gate activation′(Z), TG the target of the loss; TX and TW are the products δ · w and
 * δ · x of the same taps. V and V2 are the velocity before and after an update, W2 the weights after it; VB, VB2 and B2
 * the same of the biases.
 */
export const TENSORS = {
  X: { kind: "X", word: "X" },
  P: { kind: "P", word: "Xp" },
  W: { kind: "W", word: "W" },
  b: { kind: "b", word: "b" },
  Z: { kind: "Y", word: "Z" },
  Y: { kind: "Y", word: "Y" },
  T: { kind: "T", word: "product" },
  S: { kind: "S", word: "channel" },
  R: { kind: "R", word: "col" },
  K: { kind: "R", word: "k" },
  I: { kind: "R", word: "i" },
  J: { kind: "R", word: "j" },
  U: { kind: "Y", word: "∂L/∂Y" },
  D: { kind: "Y", word: "δ" },
  G: { kind: "Y", word: "activation′" },
  TG: { kind: "Y", word: "T" },
  TX: { kind: "T", word: "product" },
  TW: { kind: "T", word: "product" },
  DR: { kind: "R", word: "dcol" },
  DP: { kind: "P", word: "dXp" },
  DX: { kind: "X", word: "dX" },
  DW: { kind: "W", word: "dW" },
  DB: { kind: "b", word: "db" },
  V: { kind: "W", word: "V" },
  V2: { kind: "W", word: "V′" },
  W2: { kind: "W", word: "W′" },
  VB: { kind: "b", word: "Vb" },
  VB2: { kind: "b", word: "Vb′" },
  B2: { kind: "b", word: "b′" },
} as const satisfies Record<string, TensorRow>;

export type TensorName = keyof typeof TENSORS;

/** One number of one tensor, by its flat index. */
export interface CellRef {
  readonly tensor: TensorName;
  readonly index: number;
}

/** How many cells a tensor of this kind has. */
export function cellsOfKind({ shapes, window, depth }: Geometry, kind: Kind): number {
  if (kind === "T") return sizeOf(shapes.Y) * window;
  if (kind === "S") return sizeOf(shapes.Y) * depth;
  return sizeOf(shapes[kind]);
}

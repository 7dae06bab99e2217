import { type CellRef, sizeOf, TENSORS, type UpdateSums, unravel, updateSums } from "#engine";
import type { Frame } from "../lens.ts";
import { backOf } from "../shared/back.ts";

/** What the Update lens looks at: one weight, or one bias, and the plane of W it stands in. */
export interface Place {
  readonly of: "W" | "b";
  /** Flat index of the weight, or of the bias. */
  readonly index: number;
  /** Filter, and channel within it. */
  readonly f: number;
  readonly local: number;
}

/** The step of the cell that is pointed at, where that is a weight or a bias, or a gradient or velocity of one. */
function stepAt({ geometry: g }: Frame, { tensor, index }: CellRef): number | null {
  const { kind } = TENSORS[tensor];
  if (kind === "W") return index;
  return kind === "b" ? sizeOf(g.shapes.W) + index : null;
}

export function placeOf(frame: Frame): Place {
  const { geometry: g, pointed, step } = frame;
  const at = (pointed && stepAt(frame, pointed)) ?? step;
  const weights = sizeOf(g.shapes.W);
  if (at >= weights) return { of: "b", index: at - weights, f: at - weights, local: 0 };
  const [f, local] = unravel(g.shapes.W, at) as [number, number];
  return { of: "W", index: at, f, local };
}

/** The weight or bias after the update: what a step is about. */
export function updatedAt({ of, index }: Place): CellRef {
  return { tensor: of === "W" ? "W2" : "B2", index };
}

export function sumsOf(frame: Frame, place = placeOf(frame)): UpdateSums {
  return updateSums(backOf(frame), place.of, place.index);
}

/** What a tensor is called where it does not matter which cell. */
export function wordOf({ tensor }: CellRef): string {
  return TENSORS[tensor].word;
}

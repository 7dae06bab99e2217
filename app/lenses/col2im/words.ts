import {
  type CellRef,
  narrateAdd,
  narrateCell,
  narratePut,
  rowName,
  type Sentence,
  type Span,
  unravel,
} from "#engine";
import type { Frame } from "../lens.ts";
import { matrixSize, windowOfRow } from "../shared/matrix.ts";
import { cellOfSlot, writesOf } from "./place.ts";

/** The cell that a product of the step is about. */
export function product(frame: Frame): CellRef | null {
  if (frame.slot === null) return null;
  return { tensor: writesOf(frame) === "sum" ? "DR" : "R", index: cellOfSlot(frame) };
}

export function caption(frame: Frame): Sentence {
  const { geometry: g, layer, answer, pointed, step } = frame;
  const cell = pointed ?? product(frame);
  if (cell) return narrateCell(g, layer, answer, cell);
  return writesOf(frame) === "sum" ? narrateAdd(g, layer, answer, step) : narratePut(g, step);
}

export function place(frame: Frame): string {
  const matrix = writesOf(frame) === "sum" ? "dcol" : "col";
  return `${rowName(frame.geometry, "rows", frame.step)} of ${matrix}`;
}

const X = (text: string): Span => ({ text, role: "X" });

export function equation(frame: Frame): { formula: readonly Span[]; remark: string } {
  if (writesOf(frame) === "assign")
    return {
      formula: [X("X"), { text: " = col2im(" }, X("col"), { text: "), writing with =" }],
      remark:
        "every copy holds the same number, so the image comes back; what has to be added up would not",
    };
  return {
    formula: [
      X("dX"),
      { text: " = col2im(" },
      X("dcol"),
      { text: "), " },
      X("dcol"),
      { text: " = " },
      { text: "δ", role: "delta" },
      { text: " · " },
      { text: "W_col", role: "W" },
    ],
    remark: "one matrix product, then every row is added back where its window was copied from",
  };
}

/** What the NumPy program holds at this step. */
export function variables({ geometry: g, step, slot }: Frame): string {
  const { windows, cells } = matrixSize(g);
  const row = `row = ${step} = (${windowOfRow(g, step).join(", ")})`;
  const shape = `dcol.shape = (${windows}, ${cells})`;
  if (slot === null) return `${row}   ${shape}`;
  const [, u, v] = unravel([g.depth, g.rows.k, g.columns.k], slot);
  return `${row}   u = ${u}   v = ${v}`;
}

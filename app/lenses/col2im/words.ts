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
import { cellOfSlot, rowOfStep, wayOf, writesOf } from "./place.ts";

/** The cell that a product of the step is about. */
export function product(frame: Frame): CellRef | null {
  if (frame.slot === null) return null;
  return { tensor: writesOf(frame) === "sum" ? "DR" : "R", index: cellOfSlot(frame) };
}

export function caption(frame: Frame): Sentence {
  const { geometry: g, layer, answer, pointed } = frame;
  const cell = pointed ?? product(frame);
  if (cell) return narrateCell(g, layer, answer, cell);
  const [row, way] = [rowOfStep(frame), wayOf(frame)];
  return writesOf(frame) === "sum" ? narrateAdd(g, answer, row, way) : narratePut(g, row, way);
}

export function place(frame: Frame): string {
  const matrix = writesOf(frame) === "sum" ? "dcol" : "col";
  return `${rowName(frame.geometry, wayOf(frame), rowOfStep(frame))} of ${matrix}`;
}

const X = (text: string): Span => ({ text, role: "X" });

export function equation(frame: Frame): { formula: readonly Span[]; remark: string } {
  if (writesOf(frame) === "assign")
    return {
      formula: [X("X"), { text: " = col2im(" }, X("col"), { text: "), writing with =" }],
      remark:
        "every copy holds the same number, so the image comes back; what has to be added up would not",
    };
  const [delta, kernels]: Span[] = [
    { text: "δ", role: "delta" },
    { text: "W_col", role: "W" },
  ];
  const [first, second, one] =
    wayOf(frame) === "rows"
      ? [delta!, kernels!, "row"]
      : [{ ...kernels!, text: "W_colᵀ" }, delta!, "column"];
  return {
    formula: [
      X("dX"),
      { text: " = col2im(" },
      X("dcol"),
      { text: "), " },
      X("dcol"),
      { text: " = " },
      first,
      { text: " · " },
      second,
    ],
    remark: `one matrix product, then every ${one} is added back where its window was copied from`,
  };
}

/** What the NumPy program holds at this step. */
export function variables(frame: Frame): string {
  const { geometry: g, step, slot } = frame;
  const { windows, cells } = matrixSize(g);
  const rows = wayOf(frame) === "rows";
  const [n, oh, ow] = windowOfRow(g, rowOfStep(frame));
  const row = rows
    ? `row = ${step} = (${n}, ${oh}, ${ow})`
    : `column = ${step} = (${oh}, ${ow}, ${n})`;
  const shape = `dcol.shape = (${rows ? `${windows}, ${cells}` : `${cells}, ${windows}`})`;
  if (slot === null) return `${row}   ${shape}`;
  const [, u, v] = unravel([g.depth, g.rows.k, g.columns.k], slot);
  return `${row}   u = ${u}   v = ${v}`;
}

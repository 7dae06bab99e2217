import {
  ACTIVATIONS,
  type CellRef,
  countedIn,
  flatKernels,
  narrateCell,
  narrateGather,
  narrateProduct,
  outName,
  rowName,
  type Sentence,
  type Span,
  unravel,
  weightsIn,
} from "#engine";
import type { Frame } from "../lens.ts";
import { matrixSize, windowOfRow } from "../shared/matrix.ts";
import { orderOf, outputOfStep, placeOf, wayOf } from "./place.ts";

/** The cell that a product of the step is about: one that is copied into col, or a product of an output. */
export function cellOfSlot(frame: Frame): CellRef {
  const { geometry: g, step, slot } = frame;
  const made = outputOfStep(frame);
  if (made !== null) return { tensor: "T", index: made * g.window + slot! };
  const { channel } = placeOf({ ...frame, pointed: null });
  const first = channel * g.rows.k * g.columns.k;
  const block = first - (first % g.window);
  return { tensor: "R", index: step * matrixSize(g).cells + block + slot! };
}

export function caption(frame: Frame): Sentence {
  const { layer, answer, pointed, slot, step } = frame;
  const g = countedIn(frame.geometry, orderOf(frame));
  const cell = pointed ?? (slot === null ? null : cellOfSlot(frame));
  if (cell) return narrateCell(g, layer, answer, cell);
  const way = wayOf(frame);
  const made = outputOfStep(frame);
  return made === null
    ? narrateGather(g, layer, answer, step, way)
    : narrateProduct(g, layer, answer, made, way);
}

export function place(frame: Frame): string {
  const made = outputOfStep(frame);
  const way = wayOf(frame);
  if (made !== null) return outName(frame.geometry, way, made);
  return `${rowName(frame.geometry, way, frame.step)} of col`;
}

export function equation(frame: Frame): { formula: readonly Span[]; remark: string } {
  const { spec } = frame.geometry;
  const way = wayOf(frame);
  const col: Span = { text: "col", role: "X" };
  const sum: Span[] =
    way === "rows"
      ? [col, { text: " · " }, { text: "Wᵀ", role: "W" }, { text: " + b" }]
      : [{ text: "W", role: "W" }, { text: " · " }, col, { text: " + b" }];
  const { name } = spec.activation;
  const formula: Span[] = [
    { text: "Y", role: "Y" },
    { text: " = " },
    ...(name === "linear" ? sum : [{ text: `${ACTIVATIONS[name].label}(` }, ...sum, { text: ")" }]),
    { text: ", " },
    col,
    { text: " = im2col(" },
    { text: "X", role: "X" },
    { text: ")" },
  ];
  return { formula, remark: remarkOf(frame, way === "rows" ? "row" : "column") };
}

/** How the matrix of the kernels is made of W, whose axes may stand in another order than those of a window. */
export function flattened(frame: Frame): string {
  const weights = weightsIn(frame.view.options);
  const filters = frame.geometry.spec.F;
  return flatKernels({ w: "W", filters, weights, order: orderOf(frame), way: wayOf(frame) });
}

function remarkOf(frame: Frame, one: string): string {
  const first = `each window becomes one ${one}`;
  if (frame.geometry.spec.groups > 1)
    return `${first}; a group of filters multiplies only its own part of it`;
  const usual = orderOf(frame) === "c kh kw" && weightsIn(frame.view.options) === "OIHW";
  const product = usual ? "matrix product" : `product with ${flattened(frame)}`;
  return `${first}; the whole convolution is then one ${product}`;
}

/** What the NumPy program holds at this step. */
export function variables(frame: Frame): string {
  const { geometry: g, slot } = frame;
  const { windows, cells } = matrixSize(g);
  const { row, f } = placeOf(frame);
  const col = `col.shape = (${windows}, ${cells})`;
  if (outputOfStep(frame) !== null)
    return `row = ${row}   f = ${f}   ${col}   out.shape = (${windows}, ${g.spec.F})`;
  if (slot === null) return `row = ${row} = (${windowOfRow(g, row).join(", ")})   ${col}`;
  const [, u, v] = unravel([g.depth, g.rows.k, g.columns.k], slot);
  return `u = ${u}   v = ${v}   ${col}`;
}

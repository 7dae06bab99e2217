import {
  type CellRef,
  countedIn,
  full,
  GATHERED,
  type Geometry,
  indicesAt,
  narrateCell,
  narrateGathered,
  narrateGatheredCell,
  narrateIndexAdd,
  placeOfCell,
  placeOfRow,
  rowName,
  rowOfOutput,
  type Sentence,
  say,
  span,
  tapsOf,
} from "#engine";
import { columnGradient } from "../col2im/canvas.ts";
import type { Frame } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { canvasOf } from "./canvas.ts";
import type { Look } from "./look.ts";
import { cellOfSlot, layOf, orderOf, placeOf, progressOf, rowOfStep, wayOf } from "./place.ts";

/** "2·text", or the text alone where the factor is 1. */
function times(factor: number, text: string): string {
  return factor === 1 ? text : `${factor}·${text}`;
}

/** How the vectors are built, as the programs do it. */
export function builtOf({ frame: { geometry }, order }: Look): Record<"i" | "j", string[]> {
  const { rows, columns, spec } = geometry;
  const { C } = spec;
  const one = C === 1;
  const last = order === "kh kw c";
  const repeated = `repeat(arange(${rows.k}), ${columns.k * (last ? C : 1)})`;
  const down = one || last ? repeated : `tile(${repeated}, ${C})`;
  const line = `arange(${columns.k})`;
  const along = one || !last ? line : `repeat(${line}, ${C})`;
  return {
    i: [
      `i0 = ${times(rows.dilation, down)}`,
      `i1 = ${times(rows.stride, `repeat(arange(${rows.out}), ${columns.out})`)}`,
    ],
    j: [
      `j0 = ${times(columns.dilation, `tile(${along}, ${last ? rows.k : rows.k * C})`)}`,
      `j1 = ${times(columns.stride, `tile(arange(${columns.out}), ${rows.out})`)}`,
    ],
  };
}

/** The cell that a product of the step is about: one that is gathered, or added. */
export function product(frame: Frame): CellRef | null {
  const cell = cellOfSlot(frame);
  if (cell === null) return null;
  const { geometry: g } = frame;
  const index = rowOfStep(frame) * matrixSize(g).cells + cell;
  return { tensor: wayOf(frame) === "forward" ? "R" : "DR", index };
}

/** The geometry in whose names the taps and windows of the arrays are counted as they stand. */
function counted(frame: Frame): Geometry {
  return countedIn(frame.geometry, orderOf(frame), layOf(frame));
}

export function caption(frame: Frame): Sentence {
  const { layer, answer, pointed, step } = frame;
  const g = counted(frame);
  if (pointed) return narrateCell(g, layer, answer, pointed);
  const one = product(frame);
  const way = wayOf(frame);
  if (way === "forward")
    return one ? narrateGatheredCell(g, layer, one.index) : narrateGathered(g, layer, answer, step);
  return one
    ? addedCell(frame, one.index)
    : narrateIndexAdd(g, step, way, { met: metBefore(frame), wrong: wrongNow(frame) });
}

function wrongNow(frame: Frame): number {
  return canvasOf(frame, placeOf(frame), progressOf(frame)).wrong();
}

/** The windows that name a cell of the padded input, each once, by their places in the walk. */
function windowsOf(frame: Frame, p: number): number[] {
  const { geometry: g } = frame;
  const lay = layOf(frame);
  return [...new Set(tapsOf(g, "P", p).map(({ y }) => placeOfRow(g, lay, rowOfOutput(g, y))))];
}

/** How many cells of the step's window one before has named. */
function metBefore(frame: Frame): number {
  const { geometry: g, step } = frame;
  const { cells } = matrixSize(g);
  const first = rowOfStep(frame) * cells;
  let met = 0;
  for (let cell = 0; cell < cells; cell++)
    if (windowsOf(frame, indicesAt(g, first + cell).p).some((at) => at < step)) met++;
  return met;
}

/** One number of dcols on its way into dX padded. */
function addedCell(frame: Frame, index: number): Sentence {
  const { geometry: g, step } = frame;
  const { cells } = matrixSize(g);
  const { cell, p, k, i, j } = indicesAt(counted(frame), index);
  const value = columnGradient(frame, Math.floor(index / cells), index % cells);
  const now = canvasOf(frame, placeOf(frame), progressOf(frame)).at(p)!;
  const before = windowsOf(frame, p).filter((at) => at < step).length;
  const lay = layOf(frame);
  const one = lay === "columns" ? "column" : "row";
  const place = lay === "columns" ? `Row ${cell}, column ${step}` : `Row ${step}, column ${cell}`;
  const begun = say(
    `${place} of ${GATHERED[lay].dcol} is `,
    span(full(value), "X"),
    `, and goes to channel ${k}, row ${i}, column ${j}. `,
  );
  if (before === 0) return say(begun, `No ${one} before has named that cell.`);
  const named = before === 1 ? `One ${one} has` : `${before} ${one}s have`;
  return say(
    begun,
    `${named} named that cell before: np.add.at makes it `,
    span(full(now.sum), "X"),
    ", the plain += leaves ",
    span(full(now.plain), now.sum === now.plain ? "X" : "delta"),
    ".",
  );
}

export function place(frame: Frame): string {
  const lay = layOf(frame);
  const { col, dcol } = GATHERED[lay];
  return `${rowName(frame.geometry, lay, rowOfStep(frame))} of ${wayOf(frame) === "forward" ? col : dcol}`;
}

/** What is said under the picture: how many cells are wrong in the end, and why. */
export function remarkBelow({ frame, way, lay, wrong }: Look): string {
  if (way === "forward") return "";
  const { geometry: g } = frame;
  const all = g.rows.padded * g.columns.padded;
  const plane = g.spec.N * g.spec.C > 1 ? " of this plane" : "";
  const count = wrong === null ? "" : `; in the end ${wrong} of ${all}${plane}`;
  return way === "add"
    ? `np.add.at takes the numbers one by one, so that overlapping windows add up. Framed: the cells that the plain += would get wrong${count}.`
    : `The plain += reads all cells, adds, then writes: where a cell is named again, each write replaces the one before, and the number of the last ${lay === "columns" ? "tap" : "window"} is left. Framed: the cells that are wrong by now${count}.`;
}

/** What the program holds at this step. */
export function variables(frame: Frame): string {
  const { geometry: g } = frame;
  const { windows, cells } = matrixSize(g);
  const cell = cellOfSlot(frame);
  const lay = layOf(frame);
  const at = indicesAt(g, rowOfStep(frame) * cells + (cell ?? 0));
  const index = lay === "columns" ? "[r, q]" : "[q, r]";
  const q = `q = ${at.position}`;
  if (cell !== null)
    return `r = ${placeOfCell(g, orderOf(frame), cell)}   ${q}   k[r] = ${at.k}   i${index} = ${at.i}   j${index} = ${at.j}`;
  const matrix = GATHERED[lay][wayOf(frame) === "forward" ? "col" : "dcol"];
  const shape = lay === "columns" ? `${cells} × ${windows}` : `${windows} × ${cells}`;
  return `${q}   i1[q] = ${at.i1}   j1[q] = ${at.j1}   ${matrix}: ${shape}`;
}

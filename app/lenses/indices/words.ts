import {
  ACTIVATIONS,
  type CellRef,
  countedIn,
  full,
  type Geometry,
  hasPadding,
  indicesAt,
  narrateCell,
  narrateGathered,
  narrateGatheredCell,
  narrateIndexAdd,
  placeOfCell,
  placeOfRow,
  rowAt,
  rowOfOutput,
  type Sentence,
  type Span,
  say,
  span,
  tapsOf,
} from "#engine";
import { columnGradient } from "../col2im/canvas.ts";
import type { Frame } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { canvasOf } from "./canvas.ts";
import type { Look } from "./look.ts";
import { cellOfSlot, orderOf, placeOf, progressOf, wayOf } from "./place.ts";

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
  const { geometry: g, step } = frame;
  const index = rowAt(g, "columns", step) * matrixSize(g).cells + cell;
  return { tensor: wayOf(frame) === "forward" ? "R" : "DR", index };
}

/** The geometry in whose names the rows of the arrays are counted as they stand. */
function counted(frame: Frame): Geometry {
  return countedIn(frame.geometry, orderOf(frame));
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

/** The columns that name a cell of the padded input, each once. */
function columnsOf({ geometry: g }: Frame, p: number): number[] {
  return [
    ...new Set(tapsOf(g, "P", p).map(({ y }) => placeOfRow(g, "columns", rowOfOutput(g, y)))),
  ];
}

/** How many cells of the step's column a column before has named. */
function metBefore(frame: Frame): number {
  const { geometry: g, step } = frame;
  const { cells } = matrixSize(g);
  const first = rowAt(g, "columns", step) * cells;
  let met = 0;
  for (let cell = 0; cell < cells; cell++)
    if (columnsOf(frame, indicesAt(g, first + cell).p).some((column) => column < step)) met++;
  return met;
}

/** One number of dcols on its way into dX padded. */
function addedCell(frame: Frame, index: number): Sentence {
  const { geometry: g, step } = frame;
  const { cells } = matrixSize(g);
  const { cell, p, k, i, j } = indicesAt(counted(frame), index);
  const value = columnGradient(frame, Math.floor(index / cells), index % cells);
  const now = canvasOf(frame, placeOf(frame), progressOf(frame)).at(p)!;
  const before = columnsOf(frame, p).filter((column) => column < step).length;
  const begun = say(
    `Row ${cell}, column ${step} of dcols is `,
    span(full(value), "X"),
    `, and goes to channel ${k}, row ${i}, column ${j}. `,
  );
  if (before === 0) return say(begun, "No column before has named that cell.");
  const named = before === 1 ? "One column has" : `${before} columns have`;
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
  return `column ${frame.step} of ${wayOf(frame) === "forward" ? "cols" : "dcols"}`;
}

const X = (text: string): Span => ({ text, role: "X" });
const W = (text: string): Span => ({ text, role: "W" });

export function equation(frame: Frame): { formula: readonly Span[]; remark: string } {
  const { spec } = frame.geometry;
  const way = wayOf(frame);
  const gradient = X(hasPadding(frame.geometry) ? "dXp" : "dX");
  if (way === "add")
    return {
      formula: [
        { text: "np.add.at(" },
        gradient,
        { text: ", (:, k, i, j), " },
        ...dcols(),
        { text: ")" },
      ],
      remark: "every number is added, also where k, i and j name a cell again",
    };
  if (way === "plain")
    return {
      formula: [gradient, { text: "[:, k, i, j] += " }, ...dcols()],
      remark: "one read, one sum, one write for all: of the numbers for one cell only one is left",
    };
  const { name } = spec.activation;
  const sum: Span[] = [W("W_row"), { text: " · " }, X("X"), { text: "[:, k, i, j] + b" }];
  const groups = spec.groups > 1 ? "; a group of filters multiplies only its own rows" : "";
  return {
    formula: [
      { text: "Y", role: "Y" },
      { text: " = " },
      ...(name === "linear"
        ? sum
        : [{ text: `${ACTIVATIONS[name].label}(` }, ...sum, { text: ")" }]),
    ],
    remark: `row r of the arrays is a tap, column q a window: i[r, q] = i0[r] + i1[q]${groups}${rowsOf(frame)}`,
  };
}

/** How W becomes W_row, where its axes stand in another order than usual. */
function rowsOf(frame: Frame): string {
  if (orderOf(frame) === "c kh kw") return "";
  return `; the rows go through (kh, kw, c) as W does: W_row = W.reshape(-1, ${frame.geometry.spec.F}).T`;
}

function dcols(): Span[] {
  return [W("W_rowᵀ"), { text: " · " }, { text: "δ", role: "delta" }];
}

/** What is said under the picture: how many cells are wrong in the end, and why. */
export function remarkBelow({ frame, way, wrong }: Look): string {
  if (way === "forward") return "";
  const { geometry: g } = frame;
  const all = g.rows.padded * g.columns.padded;
  const plane = g.spec.N * g.spec.C > 1 ? " of this plane" : "";
  const count = wrong === null ? "" : `; in the end ${wrong} of ${all}${plane}`;
  return way === "add"
    ? `np.add.at takes the numbers one by one, so that overlapping windows add up. Framed: the cells that the plain += would get wrong${count}.`
    : `The plain += reads all cells, adds, then writes: where a cell is named again, each write replaces the one before, and the last row's number is left. Framed: the cells that are wrong by now${count}.`;
}

/** What the program holds at this step. */
export function variables(frame: Frame): string {
  const { geometry: g, step } = frame;
  const { windows, cells } = matrixSize(g);
  const cell = cellOfSlot(frame);
  const at = indicesAt(g, rowAt(g, "columns", step) * cells + (cell ?? 0));
  const q = `q = ${at.position}`;
  if (cell !== null)
    return `r = ${placeOfCell(g, orderOf(frame), cell)}   ${q}   k[r] = ${at.k}   i[r, q] = ${at.i}   j[r, q] = ${at.j}`;
  const matrix = wayOf(frame) === "forward" ? "cols" : "dcols";
  return `${q}   i1[q] = ${at.i1}   j1[q] = ${at.j1}   ${matrix}: ${cells} × ${windows}`;
}

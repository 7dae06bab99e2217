import type { Answer } from "../../forward.ts";
import type { Geometry } from "../../geometry.ts";
import type { Layer } from "../../layer.ts";
import { unravel } from "../../tensor.ts";
import { hasPadding, inputValue, nameOf } from "../cell.ts";
import { indicesAt } from "../indices.ts";
import { full } from "../number.ts";
import { arraysOf, outputOfRow, rowAt, type Way } from "../rows.ts";
import type { Sentence } from "../text.ts";
import { list, roundingNote, say, span } from "../words.ts";
import type { Narrate } from "./narrate.ts";
import { standsAt } from "./ring.ts";
import { rowFirst, rowName } from "./row.ts";

// The index arrays k, i and j in words: what they say, and what is gathered and added with them. Whether a window is a
// row or a column of them, the geometry in whose names is spoken says (`countedIn`).

/** What a tap is in the arrays. */
const TAP = { columns: "row", rows: "column" } as const satisfies Record<Way, string>;

/** What is gathered, and what comes back: as columns by the names of CS231n, as rows by those of im2col. */
export const GATHERED = {
  columns: { col: "cols", dcol: "dcols" },
  rows: { col: "col", dcol: "dcol" },
} as const satisfies Record<Way, unknown>;

/** The two matrix products, forward and back, by the kernels as rows. */
export const PRODUCTS = {
  columns: { forward: "W_row · cols", back: "W_rowᵀ · δ" },
  rows: { forward: "col · W_rowᵀ", back: "δ · W_row" },
} as const satisfies Record<Way, unknown>;

/** "Xp[3, 6]", or "X[3, 6]" where nothing is padded. */
function placeName(g: Geometry, p: number): string {
  return hasPadding(g)
    ? nameOf(g, { tensor: "P", index: p })
    : nameOf(g, { tensor: "X", index: standsAt(g, p).x });
}

/** "i[5, 6] = i0[5] + i1[6] = 1 + 2 = 3": an array is the sum of a column and a row. */
function sumInWords(g: Geometry, tensor: "I" | "J", index: number): Sentence {
  const at = indicesAt(g, index);
  const [letter, down, along, sum] =
    tensor === "I" ? ["i", at.i0, at.i1, at.i] : ["j", at.j0, at.j1, at.j];
  const name = nameOf(g, { tensor, index });
  return say(
    span(name, "strong"),
    ` = ${letter}0[${at.cell}] + ${letter}1[${at.position}] = ${down} + ${along} = ${sum}`,
  );
}

/** One cell of an index array. `r` is a cell of R. */
export const narrateIndex =
  (tensor: "K" | "I" | "J"): Narrate =>
  (g, layer, _answer, r) => {
    const { cell, position, k, p } = indicesAt(g, r);
    const [, , t, u] = unravel([g.shapes.R[0]!, g.spec.C, g.rows.k, g.columns.k], r);
    const [oh, ow] = unravel([g.rows.out, g.columns.out], position);
    const value = inputValue(layer, standsAt(g, p).x);
    const tap = `tap (${t}, ${u})`;
    const at = TAP[arraysOf(g)];
    if (tensor === "K")
      return say(
        span(`k[${cell}] = ${k}`, "strong"),
        `: ${at} ${cell} of the arrays is ${tap} in channel ${k}, whatever the window: one ${at === "row" ? "column" : "row"} is enough.`,
      );
    const axis = tensor === "I" ? "row" : "column";
    return say(
      sumInWords(g, tensor, r),
      `: ${tap} of the window at (${oh}, ${ow}) reads ${axis} ${tensor === "I" ? indicesAt(g, r).i : indicesAt(g, r).j}. k, i and j together name `,
      span(`${placeName(g, p)} = ${full(value)}`, "X"),
      ".",
      roundingNote([value]),
    );
  };

/** A window of X[:, k, i, j], by its place in the order, is gathered and multiplied. */
export function narrateGathered(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  place: number,
): Sentence {
  const way = arraysOf(g);
  const row = rowAt(g, way, place);
  const { position, i1, j1, n } = indicesAt(g, row * g.shapes.R[1]!);
  const outputs = Array.from({ length: g.spec.F }, (_, f) => outputOfRow(g, row, f));
  const values = list(outputs, (y) => {
    return `${nameOf(g, { tensor: "Y", index: y })} = ${full(answer.y.data[y]!)}`;
  });
  const several = g.spec.N > 1;
  return say(
    span(`${way === "rows" ? "Row" : "Column"} ${position}`, "strong"),
    ` of i and j is i0 + ${i1} and j0 + ${j1}: the window whose corner is at row ${i1}, column ${j1}. `,
    `The ${g.shapes.R[1]} cells that k, i and j name are copied${several ? ` from sample ${n}` : ""} into `,
    span(rowName(g, way, row), "strong"),
    ` of ${GATHERED[way].col}. `,
    g.spec.groups > 1
      ? `One product a group of ${g.window} ${TAP[way]}s${bias(layer)}`
      : PRODUCTS[way].forward + bias(layer),
    " makes of it ",
    span(values, "Y"),
    ".",
    roundingNote(outputs.map((y) => answer.y.data[y]!)),
  );
}

function bias({ b }: Layer): string {
  return b.data.some((v) => v !== 0) ? " + b" : "";
}

/** One cell of a column is gathered. `r` is a cell of R. */
export function narrateGatheredCell(g: Geometry, layer: Layer, r: number): Sentence {
  const { cell, p, k, i, j } = indicesAt(g, r);
  const value = inputValue(layer, standsAt(g, p).x);
  const way = arraysOf(g);
  const window = rowName(g, way, Math.floor(r / g.shapes.R[1]!));
  const tap = `${TAP[way]} ${cell}`;
  return say(
    `k[${cell}] = ${k}; `,
    sumInWords(g, "I", r),
    "; ",
    sumInWords(g, "J", r),
    `. So ${way === "columns" ? `${tap}, ${window}` : `${window}, ${tap}`} of ${GATHERED[way].col} is channel ${k}, row ${i}, column ${j}: `,
    span(`${placeName(g, p)} = ${full(value)}`, "X"),
    ".",
    roundingNote([value]),
  );
}

/** How one window's numbers are added into dX padded; `met` of them go to a cell that one before has named. */
export function narrateIndexAdd(
  g: Geometry,
  place: number,
  how: "add" | "plain",
  counts: { readonly met: number; readonly wrong: number },
): Sentence {
  const cells = g.shapes.R[1]!;
  const { met, wrong } = counts;
  const way = arraysOf(g);
  const one = way === "rows" ? "row" : "column";
  const begun = say(
    rowFirst(g, way, rowAt(g, way, place)),
    ` of ${GATHERED[way].dcol} = ${PRODUCTS[way].back} holds ${cells} numbers for the cells that k, i and j name. `,
  );
  if (met === 0)
    return say(begun, `No ${one} before has named one of them: nothing to add up yet.`);
  const meet = `${met} of these cells ${met === 1 ? "has" : "have"} been named by a ${one} before. `;
  return how === "add"
    ? say(begun, meet, "np.add.at adds to what is there.")
    : say(
        begun,
        meet,
        `The plain += reads and adds once for all, then writes one number over the other: so far ${wrong} ${wrong === 1 ? "cell is" : "cells are"} wrong.`,
      );
}

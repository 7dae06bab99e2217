import type { Answer } from "../../forward.ts";
import type { Geometry } from "../../geometry.ts";
import type { Layer } from "../../layer.ts";
import { unravel } from "../../tensor.ts";
import { hasPadding, inputValue, nameOf } from "../cell.ts";
import { indicesAt } from "../indices.ts";
import { full } from "../number.ts";
import { outputOfRow, placeOfRow, rowAt } from "../rows.ts";
import type { Sentence } from "../text.ts";
import { list, roundingNote, say, span } from "../words.ts";
import type { Narrate } from "./narrate.ts";
import { standsAt } from "./ring.ts";

// The index arrays k, i and j in words: what they say, and what is gathered and added with them.

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
    if (tensor === "K")
      return say(
        span(`k[${cell}] = ${k}`, "strong"),
        `: row ${cell} of the arrays is ${tap} in channel ${k}, whatever the window: one column is enough.`,
      );
    const array = tensor === "I" ? "row" : "column";
    return say(
      sumInWords(g, tensor, r),
      `: ${tap} of the window at (${oh}, ${ow}) reads ${array} ${tensor === "I" ? indicesAt(g, r).i : indicesAt(g, r).j}. k, i and j together name `,
      span(`${placeName(g, p)} = ${full(value)}`, "X"),
      ".",
      roundingNote([value]),
    );
  };

/** A column of X[:, k, i, j] is gathered, and multiplied. */
export function narrateGathered(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  column: number,
): Sentence {
  const row = rowAt(g, "columns", column);
  const { position, i1, j1, n } = indicesAt(g, row * g.shapes.R[1]!);
  const outputs = Array.from({ length: g.spec.F }, (_, f) => outputOfRow(g, row, f));
  const values = list(outputs, (y) => {
    return `${nameOf(g, { tensor: "Y", index: y })} = ${full(answer.y.data[y]!)}`;
  });
  const several = g.spec.N > 1;
  return say(
    span(`Column ${position}`, "strong"),
    ` of i and j is i0 + ${i1} and j0 + ${j1}: the window whose corner is at row ${i1}, column ${j1}. `,
    `The ${g.shapes.R[1]} cells that k, i and j name are copied${several ? ` from sample ${n}` : ""} into `,
    span(`column ${column}`, "strong"),
    " of cols. ",
    g.spec.groups > 1
      ? `One product a group of ${g.window} rows${bias(layer)}`
      : `W_row · cols${bias(layer)}`,
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
  const column = placeOfRow(g, "columns", Math.floor(r / g.shapes.R[1]!));
  return say(
    `k[${cell}] = ${k}; `,
    sumInWords(g, "I", r),
    "; ",
    sumInWords(g, "J", r),
    `. So row ${cell}, column ${column} of cols is channel ${k}, row ${i}, column ${j}: `,
    span(`${placeName(g, p)} = ${full(value)}`, "X"),
    ".",
    roundingNote([value]),
  );
}

/** How one column is added into dX padded; `lost` of its numbers meet a cell that a column before has named. */
export function narrateIndexAdd(
  g: Geometry,
  column: number,
  way: "add" | "plain",
  counts: { readonly met: number; readonly wrong: number },
): Sentence {
  const cells = g.shapes.R[1]!;
  const { met, wrong } = counts;
  const begun = say(
    span(`Column ${column}`, "strong"),
    ` of dcols = W_rowᵀ · δ holds ${cells} numbers for the cells that k, i and j name. `,
  );
  if (met === 0)
    return say(begun, "No column before has named one of them: nothing to add up yet.");
  const meet = `${met} of these cells ${met === 1 ? "has" : "have"} been named by a column before. `;
  return way === "add"
    ? say(begun, meet, "np.add.at adds to what is there.")
    : say(
        begun,
        meet,
        `The plain += reads and adds once for all, then writes one number over the other: so far ${wrong} ${wrong === 1 ? "cell is" : "cells are"} wrong.`,
      );
}

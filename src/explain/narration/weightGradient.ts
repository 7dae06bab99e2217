import { tapsOf } from "../../geometry.ts";
import { unravel } from "../../tensor.ts";
import { inputValue, nameOf, tapAt } from "../cell.ts";
import { full } from "../number.ts";
import type { Sentence } from "../text.ts";
import { factor, roundingNote, say, span, sumOfProducts } from "../words.ts";
import type { NarrateBack } from "./narrate.ts";
import { standsAt } from "./ring.ts";
import { inputsMet, ofFilter, outputsOfFilter } from "./weight.ts";

/** More numbers than this are counted, not written out. */
const MOST = 6;

/** Every input a weight met, times the δ of the output it met it for, added up. */
export const narrateWeightGradient: NarrateBack = (g, layer, answer, w) => {
  const value = answer.back.dw.data[w]!;
  const outputs = outputsOfFilter(g);
  const few = outputs <= MOST;
  const products = few
    ? tapsOf(g, "W", w).map(
        ({ x, y }) => [answer.back.delta.data[y]!, inputValue(layer, x)] as const,
      )
    : [];
  const gradient = nameOf(g, { tensor: "DW", index: w });
  const filter = ofFilter(g, unravel(g.shapes.W, w)[0]!);
  return say(
    span(nameOf(g, { tensor: "W", index: w }), "W"),
    ` met ${inputsMet(g)}, `,
    outputs === 1
      ? `that of the only output${filter}; times its `
      : `one for each output${filter}; each times that output's `,
    span("δ", "delta"),
    outputs === 1 ? " it is " : " adds up to ",
    few
      ? say(
          span(gradient, "W"),
          " = ",
          sumOfProducts(products, "delta", "X"),
          " = ",
          span(full(value), "W"),
        )
      : span(`${gradient} = ${full(value)}`, "W"),
    ".",
    roundingNote([value, ...products.flat()]),
  );
};

/** A bias entered each output once, so each δ comes back to it once. */
export const narrateBiasGradient: NarrateBack = (g, _layer, answer, f) => {
  const value = answer.back.db.data[f]!;
  const outputs = outputsOfFilter(g);
  const area = g.rows.out * g.columns.out;
  const deltas =
    outputs > MOST
      ? []
      : Array.from(answer.back.delta.data).filter((_, y) => Math.floor(y / area) % g.spec.F === f);
  return say(
    span(nameOf(g, { tensor: "b", index: f }), "strong"),
    outputs === 1
      ? ` was added once to the output${ofFilter(g, f)}, so its gradient is that output's `
      : ` was added once to each of the ${outputs} outputs${ofFilter(g, f)}, so its gradient is the sum of their `,
    span("δ", "delta"),
    ": ",
    span(nameOf(g, { tensor: "DB", index: f }), "strong"),
    deltas.length > 1 ? say(" = ", sumOf(deltas)) : "",
    " = ",
    span(full(value), "strong"),
    ".",
    roundingNote([value, ...deltas]),
  );
};

function sumOf(deltas: readonly number[]): Sentence {
  return deltas.flatMap((v, i) =>
    i === 0 ? [span(full(v), "delta")] : [{ text: " + " }, span(factor(v), "delta")],
  );
}

/** δ · x of one tap. `t` is a cell of TW. */
export const narrateWeightProduct: NarrateBack = (g, layer, answer, t) => {
  const { p, x, w, y } = tapAt(g, t);
  const delta = answer.back.delta.data[y]!;
  const input = inputValue(layer, x);
  const padding = standsAt(g, p).as === "zero";
  return say(
    span(nameOf(g, { tensor: "D", index: y }), "delta"),
    " · ",
    padding ? "a padding zero" : span(nameOf(g, { tensor: "X", index: x }), "X"),
    " = ",
    sumOfProducts([[delta, input]], "delta", "X"),
    ` = ${full(delta * input)}: what `,
    span(nameOf(g, { tensor: "Y", index: y }), "Y"),
    " adds to ",
    span(nameOf(g, { tensor: "DW", index: w }), "W"),
    ".",
    roundingNote([delta, input, delta * input]),
  );
};

import {
  count,
  factor,
  full,
  nameOf,
  narrateCell,
  roundingNote,
  type Sentence,
  say,
  span,
} from "#engine";
import type { Frame, WrittenSum } from "../lens.ts";
import { backOf } from "../shared/back.ts";
import { slotsOf, subjectOf } from "./places.ts";

/** The step in words, or the cell pointed at. */
export function caption(frame: Frame): Sentence {
  const { geometry: g, layer, answer, pointed, step, slot } = frame;
  if (pointed) return narrateCell(g, layer, answer, pointed);
  const subject = subjectOf(frame);
  if (subject.missing) return missing(frame);
  if (slot !== null) return product(frame, slot);
  return narrateCell(g, layer, answer, { tensor: "DX", index: step });
}

/** Why a cell of dX does not come out. */
function missing(frame: Frame): Sentence {
  const { geometry: g, step } = frame;
  const { turned, places } = subjectOf(frame);
  const [{ row }] = places as [(typeof places)[number]];
  const axis = row >= turned.rows.out ? g.rows : g.columns;
  const word = axis === g.rows ? "row" : "column";
  const left = axis.remainder;
  return say(
    span(nameOf(g, { tensor: "DX", index: step }), "X"),
    ` is missing. No window of the forward pass read the last ${left === 1 ? word : `${left} ${word}s`}, so nothing in δ says that ${left === 1 ? "it is" : "they are"} there: `,
    `without ${count(left, `more ${word}`)} of zeros after the dilated δ, dX comes out ${count(left, word)} short. `,
    "Strides lose the remainder; the way back has to be told it.",
  );
}

/** One product, and the sum so far; with the last product, what the sum becomes. */
function product(frame: Frame, slot: number): Sentence {
  const { geometry: g, answer, step } = frame;
  const { parts, local, sum } = subjectOf(frame);
  const area = g.rows.k * g.columns.k;
  const all = slotsOf(g);
  const here = parts.filter((part) => part.local === local);
  const met = here.map(({ terms }) => terms[slot - local * area]!);
  const [{ y, delta, w, weight, product: made }] = met as [(typeof met)[number]];
  const weightName = span(nameOf(g, { tensor: "W", index: w }), "W");
  const first =
    y < 0
      ? say("a zero put in meets ", weightName, ` = ${full(weight)} and adds nothing.`)
      : say(
          span(nameOf(g, { tensor: "D", index: y }), "delta"),
          " meets ",
          weightName,
          ": ",
          span(full(delta), "delta"),
          " · ",
          span(factor(weight), "W"),
          ` = ${full(made)}.`,
        );
  const copies = met.length - 1;
  const others = met.slice(1).reduce((total, term) => total + term.product, 0);
  const total =
    slot < all - 1
      ? say(` So far the sum is ${full(sum)}.`)
      : say(
          " The sum is ",
          span(
            `${nameOf(g, { tensor: "DX", index: step })} = ${full(answer.back!.dx.data[step]!)}`,
            "X",
          ),
          ".",
        );
  return say(
    `Product ${slot + 1} of ${all}: `,
    first,
    copies > 0
      ? ` In the ${count(copies, "window")} of its ${copies === 1 ? "copy" : "copies"} in the ring the same weight adds ${full(others)}.`
      : "",
    total,
    roundingNote([delta, weight, made, others, sum]),
  );
}

/** More terms than this are not made: no one reads them. */
const MOST_TERMS = 50;

/** The products of the step's windows that meet a δ, written out; those that meet a zero are counted. */
export function terms(frame: Frame): WrittenSum | null {
  const { geometry: g } = frame;
  const { x, parts, slot, missing: isMissing, sum } = subjectOf(frame);
  if (isMissing) return null;
  const area = g.rows.k * g.columns.k;
  const done = (local: number) => (slot === null ? area : slot + 1 - local * area);
  const products = parts.flatMap(({ terms: own, local }) => own.slice(0, Math.max(0, done(local))));
  const met = products.filter(({ y }) => y >= 0);
  const zeros = products.length - met.length;
  const complete = slot === null || slot === slotsOf(g) - 1;
  const value = complete ? backOf(frame).dx.data[x]! : sum;
  return {
    title: say(
      span(nameOf(g, { tensor: "DX", index: x }), "X"),
      complete ? ", written out" : " so far",
    ),
    terms: met
      .slice(0, MOST_TERMS)
      .map(({ delta, weight }, i) =>
        say(span(i === 0 ? full(delta) : factor(delta), "delta"), "·", span(factor(weight), "W")),
      ),
    more: Math.max(0, met.length - MOST_TERMS),
    total: say(
      met.length === 0 ? "" : "= ",
      span(full(value), "strong"),
      zeros > 0 ? span(`; ${zeros} more with a zero`, "muted") : "",
      roundingNote([value]),
    ),
  };
}

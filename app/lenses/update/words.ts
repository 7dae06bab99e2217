import {
  constantText,
  full,
  inLetters,
  nameOf,
  narrateCell,
  roundingNote,
  type Sentence,
  SGD_RULES,
  say,
  span,
  type TrainingRule,
  type UpdateTerm,
} from "#engine";
import type { Frame, WrittenSum } from "../lens.ts";
import { backOf } from "../shared/back.ts";
import { placeOf, sumsOf, updatedAt, wordOf } from "./place.ts";

/** The cell pointed at; else what becomes of the velocity, and then of the weight. */
export function caption(frame: Frame): Sentence {
  const { geometry: g, layer, answer, pointed } = frame;
  if (pointed) return narrateCell(g, layer, answer, pointed);
  const place = placeOf(frame);
  const { velocity } = sumsOf(frame, place);
  const spans = say(
    narrateCell(g, layer, answer, velocity.ref),
    " ",
    narrateCell(g, layer, answer, updatedAt(place)),
  );
  // that something was rounded is said once, at the end
  const notes = spans.filter(({ role }) => role === "muted");
  return [...spans.filter(({ role }) => role !== "muted"), ...notes.slice(0, 1)];
}

/** The rule in letters, as it is at this update; and what it is called, with its numbers. */
export function equation(frame: Frame) {
  const { velocity, parameter } = sumsOf(frame, { of: "W", index: 0, f: 0, local: 0 });
  const { options, w } = backOf(frame).update;
  const { label } = SGD_RULES[options.rule as TrainingRule];
  const { lr, updates } = w.before;
  const numbers = [
    `update ${updates + 1}`,
    `lr ${constantText(lr)}`,
    `µ ${constantText(options.momentum)}`,
    ...(options.weightDecay > 0 ? [`λ ${constantText(options.weightDecay)}`] : []),
  ];
  return {
    formula: say(
      span("V′", "strong"),
      ` = ${inLetters(velocity, wordOf)},  `,
      span("W′", "W"),
      ` = ${inLetters(parameter, wordOf)}`,
    ),
    remark: `${label}: ${numbers.join(", ")}`,
  };
}

/**
 * What the new weight is made of, with the velocity taken apart: the weight itself, what is left of the velocity
 * before, the gradient, the decay.
 */
export function terms(frame: Frame): WrittenSum {
  const { geometry: g } = frame;
  const { velocity, parameter } = sumsOf(frame);
  const parts = parameter.terms.flatMap((term) =>
    term.ref.tensor === velocity.ref.tensor
      ? velocity.terms.map((inner) => within(term, inner))
      : [term],
  );
  return {
    title: say(span(nameOf(g, parameter.ref), "W"), ", written out"),
    terms: parts.map(product),
    total: say(
      "= ",
      span(full(parameter.value), "W"),
      roundingNote(numbersOf(parts, parameter.value)),
    ),
  };
}

/** A term of the velocity as a term of the weight. */
function within(outer: UpdateTerm, inner: UpdateTerm): UpdateTerm {
  const constants = [...outer.constants, ...inner.constants];
  const sign = outer.sign === inner.sign ? 1 : -1;
  return { ...inner, sign, constants, symbols: [...outer.symbols, ...inner.symbols] };
}

/** “(−0.01)·0.9·3” */
function product({ sign, constants, ref, value }: UpdateTerm): Sentence {
  const [first, ...rest] = constants;
  const factors =
    first === undefined
      ? ""
      : `${sign < 0 ? `(−${constantText(first)})` : constantText(first)}·${rest.map((c) => `${constantText(c)}·`).join("")}`;
  const shown = factors === "" ? full(value) : value < 0 ? `(${full(value)})` : full(value);
  return say(factors, span(shown, wordOf(ref).startsWith("V") ? "strong" : "W"));
}

function numbersOf(parts: readonly UpdateTerm[], total: number): number[] {
  return [total, ...parts.map(({ value }) => value)];
}

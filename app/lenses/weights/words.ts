import {
  full,
  inputOfPadded,
  isExact,
  nameOf,
  narrateCell,
  roundingNote,
  type Sentence,
  say,
  span,
} from "#engine";
import type { Frame, WrittenSum } from "../lens.ts";
import { backOf } from "../shared/back.ts";
import { gradientOf, outputOf, placeOf, productsOf } from "./places.ts";
import { factorsAt, gradientValue, type Look, lookAt, metAt, soFar } from "./plates.ts";

/** Terms beyond these are counted, not made. */
const MOST_TERMS = 50;

/** The cell pointed at, the product reached, or the gradient of the step in words. */
export function caption(frame: Frame): Sentence {
  const { geometry: g, layer, answer, pointed } = frame;
  if (pointed) return narrateCell(g, layer, answer, pointed);
  const place = placeOf(frame);
  const { w, f, slot, reached } = place;
  if (reached === null) return narrateCell(g, layer, answer, gradientOf(place));
  const y = outputOf(g, f, reached);
  const look = lookAt(frame, place);
  const last = reached === productsOf(g) - 1;
  const sum = last ? gradientValue(look) : soFar(look);
  const end = last
    ? say(
        " With it, ",
        span(`${nameOf(g, gradientOf(place))} = ${full(sum)}`, "W"),
        " is complete.",
      )
    : say(` So far the sum is ${full(sum)}.`);
  const part =
    w === null
      ? say(
          span(
            `${nameOf(g, { tensor: "D", index: y })} = ${full(backOf(frame).delta.data[y]!)}`,
            "delta",
          ),
          " is added.",
        )
      : narrateCell(g, layer, answer, { tensor: "TW", index: y * g.window + slot });
  return say(part, end, isExact(sum) ? [] : roundingNote([sum]));
}

/** δ · x for every input that the weight met, or every δ of the bias, as far as it is reached. */
export function terms(frame: Frame): WrittenSum {
  const { geometry: g } = frame;
  const place = placeOf(frame);
  const look = lookAt(frame, place);
  const count = (place.reached ?? productsOf(g) - 1) + 1;
  const made = Math.min(count, MOST_TERMS);
  const all = place.reached === null || count === productsOf(g);
  const sum = all ? gradientValue(look) : soFar(look);
  return {
    title: say(span(nameOf(g, gradientOf(place)), "W"), ", written out"),
    terms: Array.from({ length: made }, (_, k) => term(look, k)),
    more: count - made,
    total: say(
      { text: "= " },
      all ? span(full(sum), "W") : full(sum),
      all ? "" : span(" so far", "muted"),
      roundingNote([sum]),
    ),
  };
}

/** "2·9": the δ of one output and the input that was met for it; at a bias the δ alone. */
function term(look: Look, k: number): Sentence {
  const [delta, input] = factorsAt(look, k);
  const d = span(bracketed(delta, k === 0), "delta");
  if (look.place.w === null) return [d];
  const padding = inputOfPadded(look.frame.geometry, metAt(look, k)) < 0;
  return say(d, "·", span(bracketed(input), padding ? "muted" : "X"));
}

/** A negative number inside a sum or product stands in brackets. */
function bracketed(v: number, first = false): string {
  return v < 0 && !first ? `(${full(v)})` : full(v);
}

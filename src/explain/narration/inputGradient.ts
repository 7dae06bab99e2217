import { type Geometry, paddedOfInput, type Tap, tapsOf } from "../../geometry.ts";
import type { Layer } from "../../layer.ts";
import type { Numbers } from "../../tensor.ts";
import { hasPadding, nameOf, tapAt, valueAt } from "../cell.ts";
import { full } from "../number.ts";
import type { Sentence, Span } from "../text.ts";
import { capital, list, roundingNote, say, span, sumOfProducts } from "../words.ts";
import type { NarrateBack } from "./narrate.ts";
import { COPY, copiesInWords, placeInWords, standsAt } from "./ring.ts";

/** More products than this are counted, not written out. */
const MOST = 6;

/** What comes back to an input, through the image itself and through every copy of it in the ring. */
export const narrateInputGradient: NarrateBack = (g, layer, answer, x) => {
  const taps = tapsOf(g, "X", x);
  const value = answer.back.dx.data[x]!;
  const gradient = nameOf(g, { tensor: "DX", index: x });
  const input = nameOf(g, { tensor: "X", index: x });
  if (taps.length === 0) return unread(span(input, "X"), gradient);
  return say(
    span(input, "X"),
    copiesInWords(g, x),
    wasRead(g, taps),
    comesBack(layer, answer.back.delta.data, taps, gradient, value),
  );
};

/** What comes back to one place of the padded input, and where it goes from there. */
export const narratePaddedGradient: NarrateBack = (g, layer, answer, p) => {
  const taps = tapsOf(g, "P", p);
  const gradient = nameOf(g, { tensor: "DP", index: p });
  const place = placeInWords(g, p);
  if (taps.length === 0) return unread({ text: place }, gradient);
  const value = valueAt(g, layer, answer, { tensor: "DP", index: p });
  const { x, as } = standsAt(g, p);
  return say(
    capital(place),
    wasRead(g, taps),
    comesBack(layer, answer.back.delta.data, taps, gradient, value),
    goesOn(g, p, as === "itself" && paddedOfInput(g, x).length === 1),
  );
};

/** δ · w of one tap. `t` is a cell of TX. */
export const narrateInputProduct: NarrateBack = (g, layer, answer, t) => {
  const { p, x, w, y } = tapAt(g, t);
  const delta = answer.back.delta.data[y]!;
  const weight = layer.w.data[w]!;
  const to = standsAt(g, p).as;
  return say(
    span(nameOf(g, { tensor: "D", index: y }), "delta"),
    " · ",
    span(nameOf(g, { tensor: "W", index: w }), "W"),
    " = ",
    sumOfProducts([[delta, weight]], "delta", "W"),
    ` = ${full(delta * weight)}: what `,
    span(nameOf(g, { tensor: "Y", index: y }), "Y"),
    to === "zero"
      ? " sends back to a padding zero, where it is dropped."
      : say(
          to === "copy"
            ? ` sends back to a ${COPY[g.spec.padMode]} copy in the ring, and so to `
            : " sends back to ",
          span(nameOf(g, { tensor: "X", index: x }), "X"),
          ".",
        ),
    roundingNote([delta, weight, delta * weight]),
  );
};

/** δ · w summed over the filters that read a cell of col, and where col2im adds it. `r` is a cell of DR. */
export const narrateColumnGradient: NarrateBack = (g, layer, answer, r) => {
  const taps = tapsOf(g, "R", r);
  const value = valueAt(g, layer, answer, { tensor: "DR", index: r });
  const [{ p, w, y }] = taps as [Tap];
  const gradient = nameOf(g, { tensor: "DR", index: r });
  const few = taps.length <= MOST;
  const products = taps.map((tap) => productAt(layer, answer.back.delta.data, tap));
  return say(
    span(gradient, "X"),
    " = ",
    taps.length === 1
      ? say(
          span(nameOf(g, { tensor: "D", index: y }), "delta"),
          " · ",
          span(nameOf(g, { tensor: "W", index: w }), "W"),
          " = ",
        )
      : "",
    few ? say(sumOfProducts(products, "delta", "W"), " = ") : "",
    span(full(value), "X"),
    taps.length > 1 ? `, δ · W summed over the ${taps.length} filters that read it` : "",
    ".",
    hasPadding(g) ? ` It goes back to ${placeInWords(g, p)}.` : "",
    goesOn(g, p, false),
    roundingNote([value, ...(few ? products.flat() : [])]),
  );
};

/** "No window read X[0, 7], so the loss does not depend on it: dX[0, 7] = 0." */
function unread(name: Span, gradient: string): Sentence {
  const nothing = span(`${gradient} = 0`, "X");
  return say("No window read ", name, ", so the loss does not depend on it: ", nothing, ".");
}

/** " was read by 2 windows of the forward pass, those of Y[2, 1] and Y[2, 2]. Their δ come back …: ". */
function wasRead(g: Geometry, taps: readonly Tap[]): Sentence {
  const outputs = [...new Set(taps.map(({ y }) => y))].sort((a, b) => a - b);
  const one = outputs.length === 1;
  return say(
    ` was read by ${one ? "1 window" : `${outputs.length} windows`} of the forward pass, `,
    one ? "that of " : "those of ",
    span(
      list(outputs, (index) => nameOf(g, { tensor: "Y", index })),
      "Y",
    ),
    `. ${one ? "Its δ comes" : "Their δ come"} back through the `,
    `${taps.length === 1 ? "weight" : "weights"} that touched it: `,
  );
}

type Product = readonly [delta: number, weight: number];

function productAt(layer: Layer, delta: Numbers, { y, w }: Tap): Product {
  return [delta[y]!, layer.w.data[w]!];
}

/** "dX[4, 3] = 1 · (−2) + 0 · 2 = −2."; of many products only their number. */
function comesBack(
  layer: Layer,
  delta: Numbers,
  taps: readonly Tap[],
  gradient: string,
  value: number,
): Sentence {
  const products = taps.map((tap) => productAt(layer, delta, tap));
  if (taps.length > MOST)
    return say(
      `${taps.length} products add up to `,
      span(`${gradient} = ${full(value)}`, "X"),
      ".",
      roundingNote([value]),
    );
  return say(
    span(gradient, "X"),
    " = ",
    sumOfProducts(products, "delta", "W"),
    " = ",
    span(full(value), "X"),
    ".",
    roundingNote([value, ...products.flat()]),
  );
}

/** Where what came back to a place of the padded input goes; `whole`: it is all that reaches the input there. */
function goesOn(g: Geometry, p: number, whole: boolean): Sentence {
  const { x, as } = standsAt(g, p);
  if (as === "zero") return say(" A padding zero stood there, so it is dropped.");
  const gradient = span(nameOf(g, { tensor: "DX", index: x }), "X");
  if (as === "copy")
    return say(` A ${COPY[g.spec.padMode]} copy stood there: it is added to `, gradient, ".");
  return say(whole ? " It is " : " It is part of ", gradient, ".");
}

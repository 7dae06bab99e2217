import { ACTIVATIONS } from "../../activation.ts";
import { type Geometry, tapsOf } from "../../geometry.ts";
import { unravel } from "../../tensor.ts";
import { channelPartOf, nameOf, slotOf, valueAt } from "../cell.ts";
import { full } from "../number.ts";
import { channelOf, filterOf, partialSums, type Sum, sumOf } from "../sum.ts";
import type { Sentence, Span } from "../text.ts";
import { capital, countFirst, factor, range, roundingNote, say, span } from "../words.ts";
import { equals, ground, type Narrate } from "./narrate.ts";

/** Where the window of output `y` stands, and what it adds up to. */
export const narrateOutput: Narrate = (g, layer, answer, y) => {
  const sum = sumOf(g, layer, y);
  const { length } = sum.channels;
  return say(
    windowStands(g, y),
    ` ${countFirst(g.window, "product")}`,
    length > 1 ? ` (${g.window / length} in each of ${length} channels)` : "",
    sum.bias === 0 ? "" : ` and the bias ${full(sum.bias)}`,
    g.window === 1 && sum.bias === 0 ? " gives " : " add up to ",
    becomes(g, sum, equals(g, layer, answer, { tensor: "Y", index: y }, "Y")),
    roundingNote([sum.bias, sum.z, sum.y]),
  );
};

function windowStands(g: Geometry, y: number): Sentence {
  const at = tapsOf(g, "Y", y).map(({ p }) => unravel(g.shapes.P, p));
  const along = (axis: number) => [...new Set(at.map((position) => position[axis]!))];
  const { n, f } = filterOf(g, y);
  const places = [range("row", along(2)), range("column", along(3))];
  const channels = g.spec.C > 1 ? [range("channel", along(1))] : [];
  // "rows 2, 4, 6, columns 1–3" would not say where the rows end.
  const listed = places.some((place) => place.includes(","));
  return say(
    "The window ",
    g.spec.F > 1 ? `of filter ${f} ` : "",
    `stands at ${[places.join(listed ? " and " : ", "), ...channels].join(" and ")}`,
    ` of ${ground(g)}`,
    g.spec.N > 1 ? `, sample ${n}.` : ".",
  );
}

/** The end of a sum: "Y[1, 2] = 9.", or "−3. ReLU turns Z = −3 into Y[1, 2] = 0.", or "3. ReLU keeps it: …" */
function becomes(g: Geometry, { z, y }: Sum, output: Span): Sentence {
  const { name } = g.spec.activation;
  if (name === "linear") return say(output, ".");
  const { label } = ACTIVATIONS[name];
  const first = capital(label);
  if (y === z) return say(`${full(z)}. ${first} keeps it: `, output, ".");
  return say(`${full(z)}. ${first} turns Z = ${full(z)} into `, output, ".");
}

/** One product, and the sum so far; with the last product, what the sum becomes. `t` is a cell of T. */
export const narrateTap: Narrate = (g, layer, answer, t) => {
  const { y, slot } = slotOf(g, t);
  const sum = sumOf(g, layer, y);
  const { p, x, input, weight, product } = sum.terms[slot]!;
  const running = partialSums(sum)[slot]!;
  const shown = [input, weight, product, running];
  const begun = say(
    `Product ${slot + 1} of ${g.window}`,
    g.depth > 1 ? ` (channel ${channelOf(g, p)}): ` : ": ",
    span(full(input), "X"),
    " · ",
    span(factor(weight), "W"),
    ` = ${full(product)}`,
    x < 0 ? "; the 0 is padding." : ".",
  );
  if (slot < g.window - 1)
    return say(begun, ` So far the sum is ${full(running)}.`, roundingNote(shown));
  return say(
    begun,
    " The sum is ",
    sum.bias === 0 ? "" : `${full(running)}, and with the bias ${full(sum.bias)} it is `,
    becomes(g, sum, equals(g, layer, answer, { tensor: "Y", index: y }, "Y")),
    roundingNote([...shown, sum.bias, sum.z, sum.y]),
  );
};

/** What one channel adds to an output. `s` is a cell of S. */
export const narrateChannel: Narrate = (g, layer, answer, s) => {
  const { y, channel } = channelPartOf(g, s);
  const part = valueAt(g, layer, answer, { tensor: "S", index: s });
  const tensor = g.spec.activation.name === "linear" ? "Y" : "Z";
  return say(
    `${countFirst(g.window / g.depth, "product")} of channel ${channel} add up to ${full(part)}, its part of `,
    span(nameOf(g, { tensor, index: y }), "Y"),
    ".",
    roundingNote([part]),
  );
};

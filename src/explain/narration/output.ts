import { ACTIVATIONS } from "../../activation.ts";
import { type Geometry, tapsOf } from "../../geometry.ts";
import { unravel } from "../../tensor.ts";
import { slotOf } from "../cell.ts";
import { full } from "../number.ts";
import { channelOf, filterOf, partialSums, sumOf } from "../sum.ts";
import type { Sentence, Span } from "../text.ts";
import { countFirst, factor, range, roundingNote, say, span } from "../words.ts";
import { equals, ground, type Narrate } from "./narrate.ts";

/** Where the window of output `y` stands, and what it adds up to. */
export const narrateOutput: Narrate = (g, layer, answer, y) => {
  const sum = sumOf(g, layer, answer, y);
  const { length } = sum.channels;
  return say(
    windowStands(g, y),
    ` ${countFirst(g.window, "product")}`,
    length > 1 ? ` (${g.window / length} in each of ${length} channels)` : "",
    sum.bias === 0 ? "" : ` and the bias ${full(sum.bias)}`,
    g.window === 1 && sum.bias === 0 ? " gives " : " add up to ",
    becomes(g, sum.z, equals(g, layer, answer, { tensor: "Y", index: y }, "Y")),
    roundingNote([sum.bias, sum.z, sum.y]),
  );
};

function windowStands(g: Geometry, y: number): Sentence {
  const at = tapsOf(g, "Y", y).map(({ p }) => unravel(g.shapes.P, p));
  const along = (axis: number) => [...new Set(at.map((position) => position[axis]!))];
  const { n, f } = filterOf(g, y);
  const rows = range("row", along(2));
  const columns = range("column", along(3));
  const channels = g.spec.C > 1 ? ` and ${range("channel", along(1))}` : "";
  return say(
    "The window ",
    g.spec.F > 1 ? `of filter ${f} ` : "",
    `stands at ${rows}, ${columns}${channels} of ${ground(g)}`,
    g.spec.N > 1 ? `, sample ${n}.` : ".",
  );
}

/** The end of a sum: "Y[1, 2] = 9.", or "−3. ReLU turns Z = −3 into Y[1, 2] = 0." */
function becomes(g: Geometry, z: number, output: Span): Sentence {
  const { name } = g.spec.activation;
  if (name === "linear") return say(output, ".");
  const { label } = ACTIVATIONS[name];
  const first = label[0]!.toUpperCase() + label.slice(1);
  return say(`${full(z)}. ${first} turns Z = ${full(z)} into `, output, ".");
}

/** One product, and the sum so far; with the last product, what the sum becomes. `t` is a cell of T. */
export const narrateTap: Narrate = (g, layer, answer, t) => {
  const { y, slot } = slotOf(g, t);
  const sum = sumOf(g, layer, answer, y);
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
    becomes(g, sum.z, equals(g, layer, answer, { tensor: "Y", index: y }, "Y")),
    roundingNote([...shown, sum.bias, sum.z, sum.y]),
  );
};

import { type CellRef, TENSORS, type TensorName } from "../../cell.ts";
import { nameOf } from "../cell.ts";
import { full } from "../number.ts";
import type { Role, Sentence } from "../text.ts";
import { constantText, inLetters, type UpdateSum, updateSums } from "../update.ts";
import { factor, roundingNote, say, span } from "../words.ts";
import { equals, type Narrate, onTheWayBack } from "./narrate.ts";

/** Weights and their gradients in the colour of W; velocities in none. */
function roleOf(tensor: TensorName): Role {
  return ["V", "V2", "VB", "VB2"].includes(tensor) ? "strong" : "W";
}

/** “2 − 0.01·(−3)”: the numbers of a sum. */
function inNumbers({ terms }: UpdateSum): Sentence {
  return terms.flatMap(({ sign, constants, ref, value }, i) => {
    const before = i === 0 ? (sign < 0 ? "−" : "") : sign < 0 ? " − " : " + ";
    const text = constants.map((c) => `${constantText(c)}·`).join("");
    const alone = i === 0 && text === "" && sign > 0;
    return [{ text: before + text }, span(alone ? full(value) : factor(value), roleOf(ref.tensor))];
  });
}

/** The step that makes a new velocity or a new weight: in letters, in numbers, and what it comes to. */
const narrateSum = (tensor: TensorName, which: "velocity" | "parameter"): Narrate =>
  onTheWayBack(tensor, (g, _layer, { back }, index) => {
    const of = TENSORS[tensor].kind === "W" ? "W" : "b";
    const sum = updateSums(back, of, index)[which];
    const name = (ref: CellRef) => nameOf(g, ref);
    return say(
      span(name(sum.ref), roleOf(tensor)),
      ` = ${inLetters(sum, name)} = `,
      sum.terms.length > 1 || sum.terms[0]!.constants.length > 0
        ? say(inNumbers(sum), " = ", span(full(sum.value), roleOf(tensor)))
        : span(full(sum.value), roleOf(tensor)),
      ".",
      roundingNote([sum.value, ...sum.terms.map(({ value }) => value)]),
    );
  });

/** A velocity, and what it has from the updates before. */
const narrateVelocity = (tensor: "V" | "VB"): Narrate =>
  onTheWayBack(tensor, (g, layer, answer, index) => {
    const of = tensor === "V" ? "W" : "b";
    const { updates } = answer.back.update.w.before;
    const moved = span(nameOf(g, { tensor: of, index }), "W");
    const ref = { tensor, index };
    return say(
      equals(g, layer, answer, ref, "strong"),
      ...(updates === 0
        ? [": ", moved, " is at rest, no update has been made yet."]
        : [
            ` is what ${updates === 1 ? "the one update" : `${updates} updates`} before left of `,
            moved,
            "’s way.",
          ]),
      roundingNote([answer.back.update[tensor === "V" ? "w" : "b"].before.velocity.data[index]!]),
    );
  });

export const narrateUpdate = {
  V: narrateVelocity("V"),
  VB: narrateVelocity("VB"),
  V2: narrateSum("V2", "velocity"),
  VB2: narrateSum("VB2", "velocity"),
  W2: narrateSum("W2", "parameter"),
  B2: narrateSum("B2", "parameter"),
} as const satisfies Partial<Record<TensorName, Narrate>>;

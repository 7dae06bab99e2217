import { slopeAt } from "../../activate.ts";
import { ACTIVATIONS } from "../../activation.ts";
import type { Geometry } from "../../geometry.ts";
import { nameOf, valueAt } from "../cell.ts";
import { full } from "../number.ts";
import type { Sentence } from "../text.ts";
import { capital, factor, roundingNote, say, span } from "../words.ts";
import { equals, type Narrate, type NarrateBack } from "./narrate.ts";

/** What ∂L/∂Y means at one output, and where it comes from when there is a target. */
export const narrateUpstream: NarrateBack = (g, layer, answer, y) => {
  const { upstream, target } = answer.back;
  const value = upstream.data[y]!;
  const output = answer.y.data[y]!;
  const wanted = target?.tensor.data[y];
  return say(
    equals(g, layer, answer, { tensor: "U", index: y }, "delta"),
    ": if ",
    span(nameOf(g, { tensor: "Y", index: y }), "Y"),
    ` grew by a little, the loss would ${response(value)}.`,
    wanted === undefined ? "" : fromTarget(output, wanted, value),
    roundingNote(wanted === undefined ? [value] : [value, output, wanted]),
  );
};

/** "grow by twice that". */
function response(v: number): string {
  if (v === 0) return "stay as it is";
  const size = Math.abs(v);
  const much =
    size === 1
      ? "just as much"
      : size === 2
        ? "twice that"
        : size === 0.5
          ? "half that"
          : `${full(size)} times that`;
  return `${v > 0 ? "grow" : "shrink"} by ${much}`;
}

function fromTarget(y: number, t: number, difference: number): Sentence {
  const where =
    difference === 0 ? "is what it should be" : difference > 0 ? "is above" : "is below";
  return say(
    " It is Y − T = ",
    span(full(y), "Y"),
    ` − ${factor(t)}: the output ${where}${difference === 0 ? "" : " its target"}.`,
  );
}

/** δ = ∂L/∂Y · activation′(Z) at one output, and what the slope does to it. */
export const narrateDelta: NarrateBack = (g, layer, answer, y) => {
  const delta = nameOf(g, { tensor: "D", index: y });
  const upstream = answer.back.upstream.data[y]!;
  const value = full(answer.back.delta.data[y]!);
  const { name } = g.spec.activation;
  if (name === "linear")
    return say(
      span(`${delta} = ${nameOf(g, { tensor: "U", index: y })} = ${value}`, "delta"),
      ": there is no activation, so Y is Z and nothing changes on the way.",
      roundingNote([upstream]),
    );
  const z = valueAt(g, layer, answer, { tensor: "Z", index: y });
  const steepness = slopeAt(g.spec.activation, z);
  return say(
    span(delta, "delta"),
    ` = ∂L/∂Y · ${ACTIVATIONS[name].label}′(Z) = `,
    span(full(upstream), "delta"),
    ` · ${factor(steepness)} = `,
    span(value, "delta"),
    `. ${gate(g, z)}.`,
    roundingNote([upstream, steepness, answer.back.delta.data[y]!, z]),
  );
};

/** The gate that ∂L/∂Y has to pass at one output. */
export const narrateGate: Narrate = (g, layer, answer, y) => {
  const z = answer.z.data[y]!;
  const ref = { tensor: "G", index: y } as const;
  if (g.spec.activation.name === "linear")
    return say(equals(g, layer, answer, ref, "strong"), ": without an activation Y is Z.");
  return say(
    equals(g, layer, answer, ref, "strong"),
    `. ${gate(g, z)}.`,
    roundingNote([valueAt(g, layer, answer, ref), z]),
  );
};

/** What one output should be. */
export const narrateTarget: NarrateBack = (g, layer, answer, y) => {
  const ref = { tensor: "TG", index: y } as const;
  const wanted = answer.back.target?.tensor.data[y];
  const output = answer.y.data[y]!;
  if (wanted === undefined) return say("There is no target: ∂L/∂Y is given.");
  return say(
    equals(g, layer, answer, ref, "strong"),
    ": what the loss wants of ",
    span(`${nameOf(g, { tensor: "Y", index: y })} = ${full(output)}`, "Y"),
    ".",
    roundingNote([wanted, output]),
  );
};

/** Why the slope is what it is. */
function gate({ spec: { activation } }: Geometry, z: number): string {
  const { name, alpha } = activation;
  const because = `because Z = ${full(z)} ${z > 0 ? "> 0" : "≤ 0"}`;
  if (name === "relu")
    return z > 0
      ? `The gate is open ${because}`
      : `The gate is closed ${because}: nothing flows back`;
  if (name === "leaky-relu") return `The slope is ${z > 0 ? "1" : `α = ${full(alpha)}`} ${because}`;
  return `${capital(ACTIVATIONS[name].label)} has this slope at Z = ${full(z)}`;
}

import {
  ACTIVATIONS,
  capital,
  einsumLetters,
  full,
  hasPadding,
  nameOf,
  narrateCell,
  offsetOf,
  offsetSum,
  placeOfPadded,
  remainderNote,
  roundingNote,
  type Sentence,
  type Span,
  say,
  sizeOf,
  span,
  sumOf,
  viewAxes,
  viewName,
  weightsIn,
} from "#engine";
import type { Frame } from "../lens.ts";
import { beginningOf, memoryOf, placeOf } from "./place.ts";
import { runsInWords, runsOfTaps } from "./runs.ts";
import { BYTES } from "./table.ts";

export function equation(frame: Frame): { formula: readonly Span[]; remark: string } {
  const { geometry: g } = frame;
  const memory = memoryOf(frame);
  const { name } = g.spec.activation;
  const axes = viewAxes(g, memory);
  const list = (of: "length" | "stride") => `(${axes.map((axis) => axis[of]).join(", ")})`;
  const formula: Sentence = say(
    span("Y", "Y"),
    " = ",
    name === "linear" ? "" : `${ACTIVATIONS[name].label}(`,
    "einsum(“",
    einsumLetters(g, memory, weightsIn(frame.view.options)),
    "”, view(",
    span("X", "X"),
    "), ",
    span("W", "W"),
    ") + b",
    name === "linear" ? "" : ")",
  );
  const split = g.spec.groups > 1 ? `; groups split c into ${g.spec.groups} × ${g.depth}` : "";
  return { formula, remark: `view: shape ${list("length")}, strides ${list("stride")}${split}` };
}

/** The step in words, or the cell pointed at. */
export function caption(frame: Frame): Sentence {
  const { geometry: g, layer, answer, pointed, slot, step } = frame;
  if (pointed) return say(narrateCell(g, layer, answer, pointed), inMemory(frame));
  if (slot === null) return window(frame);
  const product = { tensor: "T", index: step * g.window + slot } as const;
  return say(tap(frame, slot), narrateCell(g, layer, answer, product));
}

/** Where the cell that is pointed at lies, if it lies in memory at all. */
function inMemory(frame: Frame): Sentence {
  const { geometry: g, pointed } = frame;
  if (pointed?.tensor !== "P") return [];
  const offset = placeOfPadded(g, memoryOf(frame), pointed.index);
  return say(" In memory it is the number at offset ", span(String(offset), "strong"), ".");
}

/** Where the step's window begins, and of what runs it is made. */
function window(frame: Frame): Sentence {
  const { geometry: g, layer, step } = frame;
  const place = placeOf({ ...frame, pointed: null });
  const { terms, y } = sumOf(g, layer, step);
  // kh and kw are 0 where a window begins, and so is c for the first group
  const offset = offsetOf(g, place.memory, step, 0).terms.filter(
    ({ name, index }) => index > 0 || name === "oh" || name === "ow",
  );
  const first = beginningOf(g, { ...place, local: 0 });
  const runs = runsOfTaps(g, place, terms);
  return say(
    "The window begins at offset ",
    offsetSum(offset),
    " = ",
    span(String(first), "strong"),
    ` and is ${runsInWords(runs)} in memory. Each number times its weight, added up${layer.b.data[place.f] === 0 ? "" : " with the bias"}`,
    g.spec.activation.name === "linear"
      ? ": "
      : `, then ${ACTIVATIONS[g.spec.activation.name].label}: `,
    span(`${nameOf(g, { tensor: "Y", index: step })} = ${full(y)}`, "Y"),
    ".",
    roundingNote([y]),
  );
}

/** Which cell of the view a product reads, and where in memory that is. */
function tap(frame: Frame, slot: number): Sentence {
  const { geometry: g, step } = frame;
  const { terms, offset } = offsetOf(g, memoryOf(frame), step, slot);
  return say(
    viewName(g, step, slot),
    " lies at offset ",
    offsetSum(terms),
    " = ",
    span(String(offset), "strong"),
    ". ",
  );
}

/** What the view costs, and what im2col would. */
export function memoryNote({ geometry: g, layer }: Frame): string {
  const copied = sizeOf(g.shapes.R);
  const factor = Number((copied / layer.x.data.length).toFixed(2));
  return `by the view; im2col would copy ${copied * BYTES} bytes, ${factor} × the input.`;
}

/** What no window reads: rows and columns at the far edge, and gaps. Where nothing is padded, X itself is cropped. */
export function unreadNote({ geometry: g }: Frame): string {
  const { rows, columns } = g;
  const note = capital(remainderNote(g));
  if (rows.remainder + columns.remainder === 0) return note === "" ? "" : `${note}.`;
  const size = `${rows.padded - rows.remainder} × ${columns.padded - columns.remainder}`;
  const what = hasPadding(g) ? "The view reaches over" : "Nothing is padded, so X is cropped to";
  return `${note}. ${what} ${size} of ${rows.padded} × ${columns.padded}.`;
}

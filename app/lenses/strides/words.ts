import {
  ACTIVATIONS,
  count,
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
} from "#engine";
import type { Frame } from "../lens.ts";
import { beginningOf, memoryOf, placeOf } from "./place.ts";
import { runsOfTaps } from "./runs.ts";
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
    "einsum(",
    einsumLetters(g, memory),
    "; view(",
    span("X", "X"),
    "), ",
    span("W", "W"),
    ") + b",
    name === "linear" ? "" : ")",
  );
  return { formula, remark: `view: shape ${list("length")}, strides ${list("stride")}` };
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
  const { geometry: g, layer, answer, step } = frame;
  const place = placeOf({ ...frame, pointed: null });
  const { terms, y } = sumOf(g, layer, answer, step);
  const { terms: offset } = offsetOf(g, place.memory, step, 0);
  const first = beginningOf(g, { ...place, local: 0 });
  const runs = runsOfTaps(g, place, terms);
  const same = runs.every((run) => run.count === runs[0]!.count);
  return say(
    "The window begins at offset ",
    offsetSum(offset),
    " = ",
    span(String(first), "strong"),
    ` and is ${count(runs.length, "run")} of `,
    same ? count(runs[0]!.count, "number") : `${g.window} numbers in all`,
    ` in memory. Each number times its weight, added up${layer.b.data[place.f] === 0 ? "" : " with the bias"}`,
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
  return `The view: 0 bytes copied. im2col would copy ${copied} numbers, ${copied * BYTES} bytes: ${factor} × the input.`;
}

/** What no window reads: rows and columns cut off at the far edge, and gaps. Without padding they are cropped from X. */
export function unreadNote({ geometry: g }: Frame): string {
  const { rows, columns } = g;
  const note = remainderNote(g);
  const cropped = rows.remainder + columns.remainder > 0;
  if (!cropped) return note === "" ? "" : `Hatched: ${note}.`;
  const size = `${rows.padded - rows.remainder} × ${columns.padded - columns.remainder}`;
  const what = hasPadding(g) ? "the view reaches over" : "nothing is padded, and X is cropped to";
  return `Hatched: ${note}; ${what} ${size} of ${rows.padded} × ${columns.padded}.`;
}

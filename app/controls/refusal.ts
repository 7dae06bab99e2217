import { useState } from "react";
import type { ConvError, Document } from "#engine";
import { useFigure, useFigureStore } from "../store/context.ts";

/** The fields of a refusal whose reason is a sentence without a subject: “makes 2100 rows”. */
const SUBJECTS: Readonly<Record<string, string>> = {
  N: "the batch",
  C: "the number of channels",
  F: "the number of filters",
  H: "the height of the input",
  W: "the width of the input",
  kH: "the height of the kernel",
  kW: "the width of the kernel",
  X: "the input",
  "X padded": "the padded input",
  Y: "the output",
  "padding.top": "padding",
  "padding.left": "padding",
};

/** What is wrong, as a sentence. */
export function reasonOf({ field, reason }: ConvError): string {
  const subject = Object.hasOwn(SUBJECTS, field) ? SUBJECTS[field] : field;
  const whole = /^(is|has|makes|holds|was) /.test(reason) ? `${subject} ${reason}` : reason;
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}.`;
}

/** What is wrong and what is accepted instead. */
export function sentenceOf(error: ConvError): string {
  return `${reasonOf(error)} Possible: ${error.accepted}.`;
}

/** What was asked last: what the fields show, possible or not. */
export function useAsked(): Document {
  return useFigure((state) => state.attempt ?? state.document);
}

/**
 * The refusal that a control has to show: one about its `fields`, or one that an edit made here led to
 * (a dilation may make the *kernel* too large, but the eye is on the dilation).
 */
export function useRefusal(fields: readonly string[]) {
  const store = useFigureStore();
  const refusal = useFigure((state) => state.refusal);
  const [caused, setCaused] = useState<string | null>(null);
  const mine =
    refusal !== null && (refusal.message === caused || fields.includes(refusal.field))
      ? refusal
      : null;

  /** Runs an edit of this control; the message of the refusal it met, if it met one. */
  function during(edit: () => void): string | null {
    const before = store.getState().refusal?.message ?? null;
    edit();
    const after = store.getState().refusal?.message ?? null;
    // What was refused before and still is, was refused to someone else.
    if (after !== before) setCaused(after);
    return after === before && caused !== after ? null : after;
  }

  return { mine, during };
}

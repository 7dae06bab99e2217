import { hasPadding, nameOf, type Sentence, say, span } from "#engine";
import type { Frame, Lens } from "../lens.ts";
import { layout } from "./layout.ts";
import { slotsOf, subjectOf } from "./places.ts";
import { caption, terms } from "./words.ts";

/** dX = pad(dilate(δ)) ⋆ rot180(W), as far as this layer needs it. */
function formula({ geometry: g }: Frame): Sentence {
  const fold = g.spec.padMode !== "zeros" && hasPadding(g);
  const delta = span("δ", "delta");
  const dilated = g.spec.stride.some((s) => s > 1) ? say("dilate(", delta, ")") : [delta];
  return say(
    span("dX", "X"),
    fold ? " = fold(pad(" : " = pad(",
    dilated,
    ") ⋆ ",
    g.spec.flip ? span("W", "W") : say("rot180(", span("W", "W"), ")"),
    fold ? ")" : "",
  );
}

function remark({ geometry: { spec } }: Frame): string {
  return spec.flip
    ? "the gradient of the input is a correlation: going forward the kernel was turned, so going back it is not"
    : "the gradient of the input is a convolution too: spread δ out by the stride, pad it, turn the kernel by 180°";
}

export const rotateLens: Lens = {
  why: "Going forward, output o reads pixel p through W[p − s·o]. Seen from the pixel the index runs the other way, so its gradient is a window on δ that meets the kernel turned by 180°: one more convolution, at stride 1. What the stride skipped comes back as zeros between the δ, what the padding added is taken off again, and the remainder has to be remembered. This is how libraries reuse one fast convolution for both directions.",
  needsBack: true,
  equation: (frame) => ({ formula: formula(frame), remark: remark(frame) }),
  walk: (g) => g.shapes.X,
  walks: "X",
  slots: slotsOf,
  place: ({ geometry: g, step }) => nameOf(g, { tensor: "DX", index: step }),
  output: () => null,
  product(frame) {
    const { slot, local, parts } = subjectOf(frame);
    if (slot === null) return null;
    const { rows, columns } = frame.geometry;
    const part = parts.find((one) => one.local === local);
    const t = part?.terms[slot - local * rows.k * columns.k]?.t ?? -1;
    return t < 0 ? null : { tensor: "TX", index: t };
  },
  terms,
  layout,
  caption,
  programs: () => import("./programs.ts"),
};

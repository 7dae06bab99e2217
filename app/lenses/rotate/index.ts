import { nameOf, type Sentence, say, span } from "#engine";
import type { Frame, Lens } from "../lens.ts";
import { layout } from "./layout.ts";
import { slotsOf, subjectOf, withRemainder } from "./places.ts";
import { stepsOf } from "./plates.ts";
import { turnedOf } from "./turned.ts";
import { caption, terms } from "./words.ts";

/** dX = pad(dilate(δ)) ⋆ rot180(W), as far as this layer needs it. */
function formula(frame: Frame): Sentence {
  const g = frame.geometry;
  const turned = turnedOf(g, withRemainder(frame));
  const { dilated, padded, cropped } = stepsOf(turned, g);
  let delta: Sentence = [span("δ", "delta")];
  if (dilated) delta = say("dilate(", delta, ")");
  if (padded || cropped) delta = say(padded ? "pad(" : "crop(", delta, ")");
  const kernel = g.spec.flip ? span("W", "W") : say("rot180(", span("W", "W"), ")");
  const product = say(delta, " ⋆ ", kernel);
  return say(span("dX", "X"), " = ", turned.name === "full" ? say("fold(", product, ")") : product);
}

function remark({ geometry: { spec } }: Frame): string {
  return spec.flip
    ? "a convolution too: the kernel was turned going forward, so going back it is not"
    : "a convolution too: spread δ out by the stride, pad it, turn the kernel by 180°";
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

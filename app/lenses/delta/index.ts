import { ACTIVATIONS, nameOf, type Sentence } from "#engine";
import type { Frame, Lens } from "../lens.ts";
import { layout } from "./layout.ts";

function gate({ geometry: { spec } }: Frame): string {
  const { label, formula } = ACTIVATIONS[spec.activation.name];
  return spec.activation.name === "linear"
    ? "there is no activation: every gate lets all of it through, and δ is ∂L/∂Y"
    : `${label}, ${formula}: its slope at Z is the gate that each gradient has to pass`;
}

const FORMULA: Sentence = [
  { text: "δ", role: "delta" },
  { text: " = ∂L/∂Y ⊙ activation′(" },
  { text: "Z", role: "Y" },
  { text: ")" },
];

export const deltaLens: Lens = {
  why: "The way back begins at the output. What the loss sends to Y passes the activation first: times its slope at Z it becomes δ, the gradient of Z. Where ReLU was shut nothing passes, whatever the loss says; from here on only δ is needed.",
  needsBack: true,
  equation: (frame) => ({ formula: FORMULA, remark: gate(frame) }),
  walk: (g) => g.shapes.Y,
  slots: () => 1,
  place: ({ geometry: g, step }) => nameOf(g, { tensor: "D", index: step }),
  output: () => null,
  layout,
  programs: () => import("./programs.ts"),
};

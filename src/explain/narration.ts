import type { CellRef, TensorName } from "../cell.ts";
import type { Answer } from "../forward.ts";
import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { narrateInput, narratePadded } from "./narration/input.ts";
import { equals, type Narrate } from "./narration/narrate.ts";
import { narrateChannel, narrateOutput, narrateTap } from "./narration/output.ts";
import { narrateBias, narrateWeight } from "./narration/weight.ts";
import type { Sentence } from "./text.ts";

/** A name and a number: what is said where no more is known than that. */
const named =
  (tensor: TensorName): Narrate =>
  (g, layer, answer, index) => [
    equals(g, layer, answer, { tensor, index }, "strong"),
    { text: "." },
  ];

/** What is said of a cell of each tensor. Z and Y are one output, before and after the activation. */
const NARRATION = {
  X: narrateInput,
  P: narratePadded,
  W: narrateWeight,
  b: narrateBias,
  Z: narrateOutput,
  Y: narrateOutput,
  T: narrateTap,
  S: narrateChannel,
  R: named("R"),
  U: named("U"),
  D: named("D"),
  G: named("G"),
  TG: named("TG"),
  TX: named("TX"),
  TW: named("TW"),
  DR: named("DR"),
  DP: named("DP"),
  DX: named("DX"),
  DW: named("DW"),
  DB: named("DB"),
  V: named("V"),
  W2: named("W2"),
} as const satisfies Record<TensorName, Narrate>;

/** A cell in words: what made it, or what it makes. */
export function narrateCell(g: Geometry, layer: Layer, answer: Answer, ref: CellRef): Sentence {
  return NARRATION[ref.tensor](g, layer, answer, ref.index);
}

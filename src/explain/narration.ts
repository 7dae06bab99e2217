import type { CellRef, TensorName } from "../cell.ts";
import type { Answer } from "../forward.ts";
import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { narrateInput, narratePadded } from "./narration/input.ts";
import type { Narrate } from "./narration/narrate.ts";
import { narrateChannel, narrateOutput, narrateTap } from "./narration/output.ts";
import { narrateBias, narrateWeight } from "./narration/weight.ts";
import type { Sentence } from "./text.ts";

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
} as const satisfies Record<TensorName, Narrate>;

/** A cell in words: what made it, or what it makes. */
export function narrateCell(g: Geometry, layer: Layer, answer: Answer, ref: CellRef): Sentence {
  return NARRATION[ref.tensor](g, layer, answer, ref.index);
}

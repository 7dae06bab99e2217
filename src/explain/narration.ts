import type { CellRef, TensorName } from "../cell.ts";
import type { Answer } from "../forward.ts";
import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { narrateColumn } from "./narration/column.ts";
import { narrateDelta, narrateGate, narrateTarget, narrateUpstream } from "./narration/delta.ts";
import { narrateIndex } from "./narration/indices.ts";
import { narrateInput, narratePadded } from "./narration/input.ts";
import {
  narrateColumnGradient,
  narrateInputGradient,
  narrateInputProduct,
  narratePaddedGradient,
} from "./narration/inputGradient.ts";
import { type Narrate, onTheWayBack } from "./narration/narrate.ts";
import { narrateChannel, narrateOutput, narrateTap } from "./narration/output.ts";
import { narrateUpdate } from "./narration/update.ts";
import { narrateBias, narrateWeight } from "./narration/weight.ts";
import {
  narrateBiasGradient,
  narrateWeightGradient,
  narrateWeightProduct,
} from "./narration/weightGradient.ts";
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
  R: narrateColumn,
  K: narrateIndex("K"),
  I: narrateIndex("I"),
  J: narrateIndex("J"),
  U: onTheWayBack("U", narrateUpstream),
  D: onTheWayBack("D", narrateDelta),
  G: narrateGate,
  TG: onTheWayBack("TG", narrateTarget),
  TX: onTheWayBack("TX", narrateInputProduct),
  TW: onTheWayBack("TW", narrateWeightProduct),
  DR: onTheWayBack("DR", narrateColumnGradient),
  DP: onTheWayBack("DP", narratePaddedGradient),
  DX: onTheWayBack("DX", narrateInputGradient),
  DW: onTheWayBack("DW", narrateWeightGradient),
  DB: onTheWayBack("DB", narrateBiasGradient),
  ...narrateUpdate,
} as const satisfies Record<TensorName, Narrate>;

/** A cell in words: what made it, or what it makes. */
export function narrateCell(g: Geometry, layer: Layer, answer: Answer, ref: CellRef): Sentence {
  return NARRATION[ref.tensor](g, layer, answer, ref.index);
}

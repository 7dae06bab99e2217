import type { CellRef, TensorName } from "../../cell.ts";
import type { Answer, Backward } from "../../forward.ts";
import type { Geometry } from "../../geometry.ts";
import type { Layer } from "../../layer.ts";
import { hasPadding, nameOf, valueAt } from "../cell.ts";
import { full } from "../number.ts";
import type { Role, Sentence, Span } from "../text.ts";
import { say, span } from "../words.ts";

/** What there is to say of one cell of one tensor, by its flat index. */
export type Narrate = (g: Geometry, layer: Layer, answer: Answer, index: number) => Sentence;

/** The same where the way back has been gone. */
export type NarrateBack = (
  g: Geometry,
  layer: Layer,
  answer: Answer & { readonly back: Backward },
  index: number,
) => Sentence;

/** "Y[1, 2] = 9". */
export function equals(g: Geometry, layer: Layer, answer: Answer, ref: CellRef, role: Role): Span {
  return span(`${nameOf(g, ref)} = ${full(valueAt(g, layer, answer, ref))}`, role);
}

/** What the windows stand on. */
export function ground(g: Geometry): string {
  return hasPadding(g) ? "the padded input" : "the input";
}

/** A narrator of gradients: without them it says so, as where a pinned cell outlives the lens it was pinned in. */
export const onTheWayBack =
  (tensor: TensorName, narrate: NarrateBack): Narrate =>
  (g, layer, answer, index) =>
    answer.back
      ? narrate(g, layer, { ...answer, back: answer.back }, index)
      : say(
          span(nameOf(g, { tensor, index }), "strong"),
          " is known once the way back has been gone: open one of its lenses.",
        );

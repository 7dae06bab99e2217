import type { CellRef } from "../../cell.ts";
import type { Answer } from "../../forward.ts";
import type { Geometry } from "../../geometry.ts";
import type { Layer } from "../../layer.ts";
import { hasPadding, nameOf, valueAt } from "../cell.ts";
import { full } from "../number.ts";
import type { Role, Sentence, Span } from "../text.ts";
import { span } from "../words.ts";

/** What there is to say of one cell of one tensor, by its flat index. */
export type Narrate = (g: Geometry, layer: Layer, answer: Answer, index: number) => Sentence;

/** "Y[1, 2] = 9". */
export function equals(g: Geometry, layer: Layer, answer: Answer, ref: CellRef, role: Role): Span {
  return span(`${nameOf(g, ref)} = ${full(valueAt(g, layer, answer, ref))}`, role);
}

/** What the windows stand on. */
export function ground(g: Geometry): string {
  return hasPadding(g) ? "the padded input" : "the input";
}

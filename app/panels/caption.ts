import { narrateCell, type Sentence } from "#engine";
import { focusOf } from "../lenses/focus.ts";
import type { Frame, Lens } from "../lenses/lens.ts";

/** The step in the lens's own words, else what there is to say of the cell in focus. */
export function captionOf(lens: Lens, frame: Frame): Sentence {
  if (lens.caption) return lens.caption(frame);
  const focus = focusOf(lens, frame);
  return focus ? narrateCell(frame.geometry, frame.layer, frame.answer, focus) : [];
}

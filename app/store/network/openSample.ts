import { type CellRef, documentOfStep, type LastStep, sizeOf } from "#engine";
import { planeOf, stepOfCell } from "../../lenses/focus.ts";
import { fetchLens } from "../fetchLens.ts";
import type { FigureStore } from "../figureState.ts";
import { geometryFor } from "../layer.ts";

/**
 * Opens the convolution of a step in a lens, standing at sample `n` of its batch: with the W and b of before the
 * update, and the ∂L/∂Y that the loss sent back. What was there before can be undone to.
 */
export async function openSample(
  store: FigureStore,
  last: LastStep,
  n: number,
  name: string,
): Promise<void> {
  if (!(await fetchLens(store, name))) return;
  const document = documentOfStep(last);
  const geometry = geometryFor(document);
  const { loaded, options } = store.getState();
  const lens = loaded[name]!;
  const ref: CellRef = { tensor: "Y", index: n * sizeOf(geometry.shapes.Y.slice(1)) };
  store.getState().open(document, {
    lens: name,
    step: stepOfCell(lens, geometry, ref, options) ?? 0,
    channel: planeOf(lens, geometry, ref),
    tone: "ink",
  });
}

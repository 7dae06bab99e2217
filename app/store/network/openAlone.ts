import { type LastStep, nextStep, type Run, type Tensor } from "#engine";
import type { FigureStore } from "../figureState.ts";
import { openSample } from "./openSample.ts";

/** The step that a run would take over one image alone: nothing of it goes into the run. */
export function stepOver(run: Run, images: Tensor, label: number): LastStep {
  const course = { ...run.course, batch: 1, shuffle: null };
  const before = { ...run, course, step: 0, order: Uint32Array.of(0) };
  return { ...nextStep(before, { images, labels: Uint8Array.of(label) }), before };
}

/**
 * Opens one image in a lens, of no batch: with the W and b of the run, and the ∂L/∂Y that the loss sends back for this
 * label. What is drawn is opened so, and a sample that the last step did not see.
 */
export function openAlone(
  store: FigureStore,
  run: Run,
  image: Tensor,
  label: number,
  lens: string,
): Promise<void> {
  return openSample(store, stepOver(run, image, label), 0, lens);
}

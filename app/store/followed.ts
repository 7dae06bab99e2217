import { sizeOf } from "#engine";
import type { Lens } from "../lenses/lens.ts";
import type { FigureState } from "./figureState.ts";
import { geometryFor } from "./layer.ts";

// What follows from the state of a figure, and is not kept in it.

/** The lens that is open. */
export function lensOf({ loaded, lens }: FigureState): Lens {
  return loaded[lens]!;
}

/** Whether the open lens can be drawn from the answer there is: one that shows the way back needs it. */
export function hasPicture(state: FigureState): boolean {
  return state.answered !== null && !(lensOf(state).needsBack && !state.answered.answer.back);
}

/** How many steps the walk of the open lens has, for the picture that is shown, or is about to be. */
export function stepsOf(state: FigureState): number {
  const { answered, document } = state;
  return sizeOf(lensOf(state).walk(answered?.geometry ?? geometryFor(document)));
}

/** The step playback stands at: the one asked for, or the last there is. */
export function stepOf(state: FigureState): number {
  return Math.max(0, Math.min(stepsOf(state) - 1, state.step));
}

/** The tap playback stands at within the step; null when products are not stepped through. */
export function slotOfState(state: FigureState): number | null {
  if (state.slot === null || !state.answered) return null;
  return Math.min(state.slot, lensOf(state).slots(state.answered.geometry) - 1);
}

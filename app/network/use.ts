import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Palette } from "../draw/palette.ts";
import type { DrawingState } from "../store/network/drawing.ts";
import type { KeptRun } from "../store/network/keptRuns.ts";
import type { Learner } from "../store/network/learner.ts";
import type { LearningState, LearningStore } from "../store/network/state.ts";
import type { Turns } from "../store/network/turns.ts";

export const LearnerContext = createContext<Learner | null>(null);

/** The learner of the page this component stands in. */
export function useLearner(): Learner {
  const learner = useContext(LearnerContext);
  if (!learner) throw new Error("a component of the Network stands outside of its page");
  return learner;
}

/** Makes the parts of the page that are drawn in turns. */
export const TurnsContext = createContext<Turns | null>(null);

/** The run as the part shows it in which a component stands. */
export const TurnContext = createContext<LearningStore | null>(null);

/** One value of its state; the component is drawn again when it changes, in the turn of its part of the page. */
export function useLearning<Value>(select: (state: LearningState) => Value): Value {
  const learner = useLearner();
  return useStore(useContext(TurnContext) ?? learner.state, select);
}

/** One value of what is drawn. */
export function useDrawing<Value>(select: (state: DrawingState) => Value): Value {
  return useStore(useLearner().drawing.state, select);
}

export function useKeptRuns(): readonly KeptRun[] {
  return useStore(useLearner().kept.state, (state) => state.runs);
}

/** The colours of the theme, asked of the style sheet once for all pictures of the page. */
export const PaletteContext = createContext<Palette | null>(null);

export function usePagePalette(): Palette {
  return useContext(PaletteContext)!;
}

import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { DrawingState } from "../store/network/drawing.ts";
import type { KeptRun } from "../store/network/keptRuns.ts";
import type { Learner } from "../store/network/learner.ts";
import type { LearningState } from "../store/network/state.ts";

export const LearnerContext = createContext<Learner | null>(null);

/** The learner of the page this component stands in. */
export function useLearner(): Learner {
  const learner = useContext(LearnerContext);
  if (!learner) throw new Error("a component of the Network stands outside of its page");
  return learner;
}

/** One value of its state; the component is drawn again when it changes. */
export function useLearning<Value>(select: (state: LearningState) => Value): Value {
  return useStore(useLearner().state, select);
}

/** One value of what is drawn. */
export function useDrawing<Value>(select: (state: DrawingState) => Value): Value {
  return useStore(useLearner().drawing.state, select);
}

export function useKeptRuns(): readonly KeptRun[] {
  return useStore(useLearner().kept.state, (state) => state.runs);
}

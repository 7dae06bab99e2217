import { createContext, useContext } from "react";
import { useStore } from "zustand";
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

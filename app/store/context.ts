import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { FigureState, FigureStore } from "./state.ts";

const FigureContext = createContext<FigureStore | null>(null);

export const FigureProvider = FigureContext.Provider;

/** The store of the figure this component stands in. */
export function useFigureStore(): FigureStore {
  const store = useContext(FigureContext);
  if (!store) throw new Error("a component of a figure stands outside of one");
  return store;
}

/** One value of the figure's state; the component is drawn again when it changes. */
export function useFigure<Value>(select: (state: FigureState) => Value): Value {
  return useStore(useFigureStore(), select);
}

import { createContext, createElement, type ReactNode, useContext, useMemo } from "react";
import { useStore } from "zustand";
import { afterPicture, type FigureReads } from "./afterPicture.ts";
import type { FigureState, FigureStore } from "./figureState.ts";

interface Place {
  readonly store: FigureStore;
  /** What components read here: the store itself, or what follows its picture. */
  readonly reads: FigureReads;
  readonly later: FigureReads;
}

/** Where a component stands, and what it reads there. */
export const FigureContext = createContext<Place | null>(null);

export function usePlace(): Place {
  const place = useContext(FigureContext);
  if (!place) throw new Error("a component of a figure stands outside of one");
  return place;
}

interface ProviderProps {
  readonly children: ReactNode;
}

/** All components of a figure stand in one of these. */
export function FigureProvider({ store, children }: ProviderProps & { store: FigureStore }) {
  const value = useMemo(() => ({ store, reads: store, later: afterPicture(store) }), [store]);
  return createElement(FigureContext, { value }, children);
}

/**
 * What stands in here says what the picture shows, and is drawn after it. Fields and boxes stand outside: what is typed
 * or ticked must be there at once.
 */
export function AfterPicture({ children }: ProviderProps) {
  const { store, later } = usePlace();
  const value = useMemo(() => ({ store, reads: later, later }), [store, later]);
  return createElement(FigureContext, { value }, children);
}

/** The store of the figure this component stands in. */
export function useFigureStore(): FigureStore {
  return usePlace().store;
}

/** One value of the figure's state; the component is drawn again when it changes. */
export function useFigure<Value>(select: (state: FigureState) => Value): Value {
  return useStore(usePlace().reads, select);
}

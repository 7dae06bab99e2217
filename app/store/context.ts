import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
} from "react";
import { useStore } from "zustand";
import { afterPicture, type FigureReads } from "./afterPicture.ts";
import type { FigureState, FigureStore } from "./state.ts";

interface Place {
  readonly store: FigureStore;
  /** What components read here: the store itself, or what follows its picture. */
  readonly reads: FigureReads;
  readonly later: FigureReads;
}

const FigureContext = createContext<Place | null>(null);

function usePlace(): Place {
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

interface PanelProps extends ProviderProps {
  readonly className: string;
}

/**
 * A part of the settings. What is typed stands in its field anyway, and the rest follows the picture; but what is
 * clicked or chosen in it, it shows at once: the browser has done so already.
 */
export function Panel({ className, children }: PanelProps) {
  const { store, later } = usePlace();
  const host = useRef<HTMLDivElement>(null);
  const isUsed = useRef(false);
  useEffect(() => {
    const use = ({ target }: Event) => {
      isUsed.current = !isText(target);
    };
    const { current } = host;
    const events = ["click", "change"] as const;
    for (const name of events) current!.addEventListener(name, use, { capture: true });
    const stop = later.subscribe(() => {
      isUsed.current = false;
    });
    return () => {
      stop();
      for (const name of events) current!.removeEventListener(name, use, { capture: true });
    };
  }, [later]);
  const value = useMemo(
    () => ({ store, reads: eitherOf(store, later, () => isUsed.current), later }),
    [store, later],
  );
  return createElement(
    FigureContext,
    { value },
    createElement("div", { className, ref: host }, children),
  );
}

/** Whether this is a field for text, which keeps what is typed by itself. */
function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && (target.type === "text" || target.type === "number");
}

/** Reads the one as long as a condition holds, else the other. */
function eitherOf(one: FigureReads, other: FigureReads, holds: () => boolean): FigureReads {
  return {
    getState: () => (holds() ? one : other).getState(),
    getInitialState: other.getInitialState,
    subscribe(listener) {
      const stops = [
        one.subscribe((now, before) => holds() && listener(now, before)),
        other.subscribe(listener),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

/** The store of the figure this component stands in. */
export function useFigureStore(): FigureStore {
  return usePlace().store;
}

/** One value of the figure's state; the component is drawn again when it changes. */
export function useFigure<Value>(select: (state: FigureState) => Value): Value {
  return useStore(usePlace().reads, select);
}

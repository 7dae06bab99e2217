import { useStore } from "zustand";
import { useFigureStore } from "../store/context.ts";
import { redo, undo } from "../store/state.ts";

/** Undo and redo: of everything that is set, not of drawing alone. */
export function History() {
  const store = useFigureStore();
  const past = useStore(store.temporal, (history) => history.pastStates.length);
  const future = useStore(store.temporal, (history) => history.futureStates.length);
  return (
    <>
      <button
        type="button"
        className="button"
        title="Take the last change back (Ctrl + Z)"
        disabled={past === 0}
        onClick={() => undo(store)}
      >
        Undo
      </button>
      <button
        type="button"
        className="button"
        title="Do it again (Ctrl + Y)"
        disabled={future === 0}
        onClick={() => redo(store)}
      >
        Redo
      </button>
    </>
  );
}

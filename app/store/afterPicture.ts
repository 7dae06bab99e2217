import { createAfterFrame } from "../draw/afterFrame.ts";
import type { FigureState, FigureStore } from "./figureState.ts";
import { hasPicture } from "./followed.ts";

/** What can be read of a figure, now or as it was a moment ago. */
export type FigureReads = Pick<FigureStore, "getState" | "getInitialState" | "subscribe">;

/** So long the words wait for the picture of a document that the engine has been asked about. */
const PATIENCE_MS = 100;

/**
 * The state of a figure as it was when its picture was last painted: words, sums and programs follow this one, so that
 * the picture never waits for them, and several changes before one picture are one change of the words. While the open
 * lens has no answer to be drawn from, the words stay with the picture that still stands.
 */
export function afterPicture(store: FigureStore): FigureReads {
  const listeners = new Set<(state: FigureState, before: FigureState) => void>();
  let shown = store.getState();
  let patience: ReturnType<typeof setTimeout> | undefined;
  const follow = createAfterFrame(() => {
    patience = undefined;
    const now = store.getState();
    if (now === shown || !hasPicture(now)) return;
    const before = shown;
    shown = now;
    for (const listener of listeners) listener(now, before);
  });
  store.subscribe(({ document, answered, failure }) => {
    if (answered && answered.document !== document && failure === null) {
      patience ??= setTimeout(follow.ask, PATIENCE_MS);
      return;
    }
    clearTimeout(patience);
    patience = undefined;
    follow.ask();
  });
  return {
    getState: () => shown,
    getInitialState: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

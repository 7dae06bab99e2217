import { EngineStopped } from "#engine";
import type { LearningStore } from "./state.ts";

/**
 * Looks again and again until the newest there is to see is seen: one look at a time, and what changes meanwhile is
 * seen by the next. Where there is no answer the run stands, and says why.
 */
export function keepUp(
  state: LearningStore,
  isNewest: () => boolean,
  look: () => Promise<void>,
): () => Promise<void> {
  let looking = false;
  return async () => {
    if (looking) return;
    looking = true;
    try {
      while (!isNewest()) await look();
    } catch (error) {
      const isOver = error instanceof EngineStopped && error.reason === "disposed";
      if (!isOver) state.setState({ pace: null, failure: (error as Error).message });
    } finally {
      looking = false;
    }
  };
}

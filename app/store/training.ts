import { createStore, type StoreApi } from "zustand/vanilla";
import { ConvError, type Document, takeUpdate } from "#engine";
import type { FigureStore } from "./figureState.ts";
import { type Ending, endingOf, lossOf, stoppedAt, updatedOnce } from "./verdict.ts";

/** What there is to see of the updates besides the document. */
export interface TrainingState {
  /** The loss before the first update of the run, and after each. */
  readonly losses: readonly number[];
  /** How the last run ended; null while one goes on. */
  readonly ending: Ending | null;
  /** The document it ended with: of any other it says nothing. */
  readonly endedAt: Document | null;
}

/** Makes updates, one a frame of the screen at most: forward, backward, update. */
export interface Trainer {
  readonly state: StoreApi<TrainingState>;
  readonly once: () => void;
  readonly again: () => void;
  readonly stop: () => void;
}

const trainers = new WeakMap<FigureStore, Trainer>();

/** The one trainer of a figure. */
export function trainerOf(store: FigureStore): Trainer {
  const trainer = trainers.get(store) ?? createTrainer(store);
  trainers.set(store, trainer);
  return trainer;
}

function createTrainer(store: FigureStore): Trainer {
  const state = createStore<TrainingState>(() => ({ losses: [], ending: null, endedAt: null }));
  /** Updates still to be made. */
  let left = 0;
  /** Told to stop: the answer to the last update is waited for, so that its loss is known. */
  let stopping = false;
  /** The document that the run began with or its last update has led to. */
  let reached: Document | null = null;
  let remembered = false;
  let request = 0;
  let leave = () => {};

  function begin(updates: number): void {
    left = updates;
    stopping = false;
    if (store.getState().learning === "running") return;
    store.getState().dismissRefusal();
    const { document } = store.getState();
    const { losses } = state.getState();
    // the loss of this document is the last one where the run before ended with it: it will come again
    state.setState({ losses: document === reached ? losses.slice(0, -1) : [], ending: null });
    reached = document;
    remembered = false;
    leave = store.subscribe((now, before) => {
      // An edit of the picture is learnt from on the way; with other weights this is another run.
      const other = now.document.kernel.tensor !== reached!.kernel.tensor;
      if (other) end({ tone: "info", text: "Stopped: the weights are others now." });
      else if (now.refusal && !before.refusal) end(null);
      else if (now.failure && !before.failure) end(null);
      else look();
    });
    store.setState({ learning: "running" });
    look();
  }

  function end(ending: Ending | null): void {
    leave();
    cancelAnimationFrame(request);
    request = 0;
    left = 0;
    if (store.getState().learning === "running") store.setState({ learning: "idle" });
    state.setState({ ending, endedAt: store.getState().document });
  }

  /** What is known of the document there is now; null until its answer is there, with the way back. */
  function answerNow() {
    const { document, answered } = store.getState();
    const back = answered?.answer.back;
    return answered?.document === document && back ? { answer: answered.answer, back } : null;
  }

  function look(): void {
    if (request === 0 && answerNow()) request = requestAnimationFrame(tick);
  }

  function tick(): void {
    request = 0;
    const now = answerNow();
    if (!now) return;
    const losses = [...state.getState().losses, lossOf(now.answer, now.back)];
    state.setState({ losses });
    const once = left < Number.POSITIVE_INFINITY;
    if (left === 0) end(stopping ? stoppedAt(losses) : updatedOnce(losses, now.back));
    else {
      const ending = once ? null : endingOf(losses, now.back);
      if (ending) end(ending);
      else take(now.back);
    }
  }

  function take(back: Parameters<typeof takeUpdate>[1]): void {
    try {
      left--;
      reached = takeUpdate(store.getState().document, back);
    } catch (error) {
      if (!(error instanceof ConvError)) throw error;
      const text = `Stopped: ${error.field} ${error.reason}. Try a smaller step length.`;
      end({ tone: "problem", text });
      return;
    }
    // A run is taken back as a whole: its first update is remembered, the others belong to it.
    const history = store.temporal.getState();
    if (remembered) history.pause();
    store.setState({ document: reached });
    history.resume();
    remembered = true;
  }

  function stop(): void {
    if (left === 0) end(stoppedAt(state.getState().losses));
    left = 0;
    stopping = true;
  }

  return {
    state,
    once: () => begin(1),
    again: () => begin(Number.POSITIVE_INFINITY),
    stop,
  };
}

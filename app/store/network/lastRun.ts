import { createStore, type StoreApi } from "zustand/vanilla";
import { saveNetwork } from "#engine";
import type { Files } from "./files.ts";
import type { RunShelf, ShelvedRun } from "./runShelf.ts";
import type { LearningStore } from "./state.ts";

/** A run is put away once it has stood so long: steps taken one by one are not written each. */
const STANDS_MS = 400;

export interface LastRunState {
  /** The run of the visit before, until this one takes a step or goes on with it. */
  readonly offered: ShelvedRun | null;
}

/** The run that stood last, beyond a reload: put away whenever a run stands, and offered before another has begun. */
export interface LastRun {
  readonly state: StoreApi<LastRunState>;
  readonly goOn: () => Promise<void>;
  /** Puts the run away now. */
  readonly keep: () => Promise<void>;
  /** Whether there are steps that would be lost: the run is nowhere else. */
  readonly isAtRisk: () => boolean;
}

interface LastRunOptions {
  readonly learning: LearningStore;
  readonly files: Pick<Files, "saved" | "open">;
  readonly shelf: RunShelf;
  readonly now?: () => number;
}

export function createLastRun({ learning, files, shelf, now = Date.now }: LastRunOptions): LastRun {
  const state = createStore<LastRunState>(() => ({ offered: null }));
  /** What is on the shelf, or on its way there. */
  let kept = learning.getState().run;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether the run has come to where it is nowhere else. One that is gone back over is kept as far as it came. */
  const isNew = () => {
    const { run, metrics } = learning.getState();
    return run !== null && run !== kept && run.step > 0 && run.step === metrics.length;
  };

  async function keep(): Promise<void> {
    clearTimeout(timer);
    if (!isNew()) return;
    const { run, collection } = learning.getState();
    const before = kept;
    kept = run;
    const { step } = run!;
    const images = collection!.name;
    try {
      await shelf.put({ text: saveNetwork(files.saved()), at: now(), step, images });
    } catch {
      kept = before; // it is as lost as it was
    }
  }

  learning.subscribe(({ run, pace, metrics }, before) => {
    if (metrics.length > 0 && state.getState().offered) state.setState({ offered: null });
    if (run === before.run && pace === before.pace) return;
    clearTimeout(timer);
    if (pace === null) timer = setTimeout(keep, STANDS_MS);
  });
  shelf.take().then(
    (offered) => {
      const isUntouched = learning.getState().metrics.length === 0;
      if (offered && isUntouched) state.setState({ offered });
    },
    () => {}, // what cannot be kept cannot be offered
  );

  return {
    state,
    keep,
    isAtRisk: isNew,
    async goOn() {
      const { offered } = state.getState();
      if (!offered) return;
      const refused = await files.open([new File([offered.text], nameOf(offered))], "network");
      if (refused !== null) return;
      kept = learning.getState().run;
      state.setState({ offered: null });
    },
  };
}

/** What a run is called where it is spoken of: “the run of 14:32”; with its day, if that is another. */
export function nameOf({ at }: Pick<ShelvedRun, "at">, today = new Date()): string {
  const then = new Date(at);
  const time = then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (then.toDateString() === today.toDateString()) return `the run of ${time}`;
  return `the run of ${then.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}, ${time}`;
}

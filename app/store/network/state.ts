import { createStore, type StoreApi } from "zustand/vanilla";
import type {
  Collection,
  Dataset,
  Evaluated,
  History,
  LastStep,
  Metrics,
  NetworkPreset,
  Predicted,
  Run,
  Stop,
} from "#engine";
import type { Pace } from "./paces.ts";

/** How the network did on the held-out samples after a step. */
export interface HeldOut {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** What a run is asked besides: how it does on what is held out, and what it makes of one sample. */
export interface Look {
  readonly run: Run;
  readonly evaluated: Evaluated;
  readonly sample: number;
  readonly predicted: Predicted;
}

export interface LearningState {
  readonly preset: NetworkPreset;
  readonly seed: number;
  /** What is trained on; null until it is there. */
  readonly collection: Collection | null;
  /** All its images. */
  readonly data: Dataset | null;
  /** Where the run stands; null until there is data. */
  readonly run: Run | null;
  readonly history: History | null;
  /** What was said of the steps so far, also of those that were gone back over. */
  readonly metrics: readonly Metrics[];
  readonly heldOut: readonly HeldOut[];
  /** The step that led to where the run stands; null before the first. */
  readonly last: LastStep | null;
  /** The newest look; it may be one at a run some steps ago. */
  readonly look: Look | null;
  /** Which of the data is looked at. */
  readonly sample: number;
  readonly stop: Stop | null;
  /** How the run goes by itself; null: it stands. */
  readonly pace: Pace | null;
  /** How it will go when it is told to. */
  readonly chosen: Pace;
  /** Why there is no answer, when there will be none. */
  readonly failure: string | null;
}

export type LearningStore = StoreApi<LearningState>;

export function createLearningStore(): LearningStore {
  return createStore<LearningState>(() => ({
    preset: "default",
    seed: 1,
    collection: null,
    data: null,
    run: null,
    history: null,
    metrics: [],
    heldOut: [],
    last: null,
    look: null,
    sample: 0,
    stop: null,
    pace: null,
    chosen: "fast",
    failure: null,
  }));
}

import { createStore, type StoreApi } from "zustand/vanilla";
import { type Metrics, NETWORK_PRESETS, type Run } from "#engine";
import type { HeldOut, LearningState, LearningStore } from "./state.ts";

/** Runs that are kept at once: with the present one, as many curves as can be told apart. */
export const MOST_KEPT = 2;

type Began = Pick<LearningState, "preset" | "seed" | "history" | "collection"> & {
  readonly run: Run;
};

/** What runs may differ in, by the name it has in a table: what each says of a run. */
const SETTINGS = {
  images: ({ collection }: Began) => collection?.name ?? "",
  "begins with": ({ preset }: Began) => NETWORK_PRESETS[preset].label,
  seed: ({ seed }: Began) => String(seed),
  lr: ({ history }: Began) => ratesOf(history).join(" → "),
  momentum: ({ run }: Began) => String(run.optimiser.options.momentum),
  filters: ({ run }: Began) => String(run.network.spec.F),
  kernel: ({ run: { network } }: Began) => `${network.spec.kH} × ${network.spec.kW}`,
  padding: ({ run }: Began) => String(run.network.spec.padding),
  pooling: ({ run }: Began) => run.network.spec.pool?.kind ?? "none",
  "hidden units": ({ run }: Began) => String(run.network.spec.hidden),
  batch: ({ run }: Began) => String(run.course.batch),
  order: ({ run }: Began) => (run.course.shuffle === null ? "as filed" : "shuffled"),
} as const satisfies Record<string, (began: Began) => string>;

export type Setting = keyof typeof SETTINGS;

/** What a run is called by; what else differs follows from where it begins, and stands in the table. */
export const NAMED: readonly Setting[] = ["images", "begins with", "seed", "lr"];

/** Learning rates in the order they were set: a checkpoint is pinned wherever one was. */
function ratesOf(history: LearningState["history"]): number[] {
  const pins = history?.kept.filter(({ pinned }) => pinned) ?? [];
  const set = pins.map(({ run }) => run.optimiser.options.lr);
  return set.filter((lr, i) => lr !== set[i - 1]);
}

/** What is compared of a run: its curves and its settings. A run of any length takes less than a megabyte of them. */
export interface RunRecord {
  readonly settings: Readonly<Record<Setting, string>>;
  readonly metrics: readonly Pick<Metrics, "loss" | "correct" | "samples">[];
  readonly heldOut: readonly HeldOut[];
}

export interface KeptRun extends RunRecord {
  readonly id: number;
}

export type KeptStore = StoreApi<{ readonly runs: readonly KeptRun[] }>;

export interface KeptRuns {
  readonly state: KeptStore;
  /** Keeps what the run has come to so far, unless there is something to say against it. */
  readonly keep: () => void;
  readonly remove: (id: number) => void;
}

/** The run there is, to be compared; null until there is one. */
export function recordOf({ run, metrics, heldOut, ...began }: LearningState): RunRecord | null {
  if (!run) return null;
  const of = { ...began, run };
  const settings = Object.entries(SETTINGS).map(([name, say]) => [name, say(of)]);
  return { settings: Object.fromEntries(settings), metrics, heldOut };
}

/** Why the run cannot be kept now; null: it can. */
export function objection(now: RunRecord | null, runs: readonly KeptRun[]): string | null {
  if (!now || now.metrics.length === 0)
    return "Take a step first: then there is something to keep.";
  const isSame = ({ metrics, settings }: KeptRun) =>
    metrics.length === now.metrics.length &&
    metrics.at(-1)!.loss === now.metrics.at(-1)!.loss &&
    differing([{ settings }, now]).length === 0;
  if (runs.some(isSame)) return "This run is kept as far as it has come.";
  return runs.length < MOST_KEPT ? null : `${MOST_KEPT} runs are kept: remove one first.`;
}

type Settled = Pick<RunRecord, "settings">;

/** What is not the same in all of these runs. */
export function differing(runs: readonly Settled[]): Setting[] {
  return (Object.keys(SETTINGS) as Setting[]).filter(
    (name) => new Set(runs.map(({ settings }) => settings[name])).size > 1,
  );
}

/** A run by what differs: “seed 1, lr 0.1”. */
export function nameOfRun({ settings }: Settled, differ: readonly Setting[]): string {
  const names = NAMED.filter((name) => differ.includes(name));
  const words = names.map((name) =>
    name === "begins with" ? settings[name] : `${name} ${settings[name]}`,
  );
  return words.join(", ") || "the same settings";
}

export interface Standing {
  readonly loss: number;
  readonly accuracy: number;
  /** The last that was seen of the held-out samples by then. */
  readonly heldOut: HeldOut | null;
}

/** How a run did in a step, from 1; null where it took none. */
export function standingAt({ metrics, heldOut }: RunRecord, step: number): Standing | null {
  const at = metrics[step - 1];
  if (!at) return null;
  return {
    loss: at.loss,
    accuracy: at.correct / at.samples,
    heldOut: heldOut.findLast((point) => point.step <= step) ?? null,
  };
}

export function createKeptRuns(learning: LearningStore): KeptRuns {
  const state: KeptStore = createStore(() => ({ runs: [] }));
  let lastId = 0;
  return {
    state,
    keep() {
      const now = recordOf(learning.getState());
      const { runs } = state.getState();
      if (!now || objection(now, runs) !== null) return;
      lastId += 1;
      const metrics = now.metrics.map(({ loss, correct, samples }) => ({ loss, correct, samples }));
      state.setState({ runs: [...runs, { ...now, metrics, id: lastId }] });
    },
    remove: (id) => state.setState(({ runs }) => ({ runs: runs.filter((run) => run.id !== id) })),
  };
}

import {
  beginRun,
  type Collection,
  checkpointAt,
  createEngine,
  type Dataset,
  digitsCollection,
  type Engine,
  NETWORK_PRESETS,
  type NetworkPreset,
  pin,
  type Run,
  remember,
  type SavedNetwork,
  Superseded,
  settingsFor,
  sliceOf,
  startHistory,
  type Trained,
  type Until,
  upTo,
  type WorkerPort,
  withRate,
} from "#engine";
import { createDrawing, type Drawing } from "./drawing.ts";
import { createFiles, type Files } from "./files.ts";
import { createKeptRuns, type KeptRuns } from "./keptRuns.ts";
import { createLastRun, type LastRun } from "./lastRun.ts";
import { createLooks } from "./looks.ts";
import { PACES, type Pace, wait } from "./paces.ts";
import type { RunShelf } from "./runShelf.ts";
import { resumed, savedOf } from "./saving.ts";
import { createSource } from "./source.ts";
import { createLearningStore, type LearningStore } from "./state.ts";

/** Bytes that the checkpoints of a run may take. */
const BUDGET = 4 * 2 ** 20;

/** A run ends by itself here, two hundred epochs on: what is said of its steps is kept on the page. */
const LONGEST_RUN = 18_000;

/** Steps of one question on the way back: a run that was loaded has few checkpoints, and an answer its deadline. */
const BACK = 500;

/** Trains one network: a run is asked of the worker stretch by stretch, and where it stands is kept here. */
export interface Learner {
  readonly state: LearningStore;
  /** What is drawn for the network to answer. */
  readonly drawing: Drawing;
  /** Runs to compare it with. */
  readonly kept: KeptRuns;
  /** Begins anew; with another seed or other settings, or with the same. */
  readonly begin: (preset: NetworkPreset, seed: number, rate?: number) => void;
  readonly once: () => void;
  readonly play: (pace: Pace) => void;
  readonly pause: () => void;
  /** Goes at the pace that is chosen, or stands. */
  readonly toggle: () => void;
  /** Another pace: at once if the run goes, else when it is told to. */
  readonly choose: (pace: Pace) => void;
  /** Waits while something else is looked at. */
  readonly leave: () => void;
  /** Goes on, if it went when it was left. */
  readonly comeBack: () => void;
  /** To a step that was taken before; the numbers are the same to the last bit. */
  readonly goTo: (step: number) => void;
  /** Another learning rate from here on. */
  readonly setRate: (lr: number) => void;
  readonly lookAt: (sample: number) => void;
  /** Networks and images as files. */
  readonly files: Files;
  /** The run that stood last, beyond a reload. */
  readonly last: LastRun;
  readonly dispose: () => void;
}

export interface LearnerOptions {
  readonly spawn: () => WorkerPort;
  readonly data: Dataset;
  readonly wait?: typeof wait;
  /** Where a run is put away; without it, it lives as long as the page. */
  readonly shelf?: RunShelf;
}

const NO_SHELF: RunShelf = { take: async () => null, put: async () => {} };

export function createLearner(options: LearnerOptions): Learner {
  const { spawn, data, wait: waiting = wait, shelf = NO_SHELF } = options;
  const state = createLearningStore();
  const engine = createEngine(spawn);
  const digits = digitsCollection(data);
  const source = createSource(engine, digits);
  const ask: Engine["ask"] = source.ask;
  const looks = createLooks(state, ask, source.heldOut, waiting);
  /** Counts the orders that make what is under way worthless: a pause, another beginning, another place or rate. */
  let order = 0;
  /** Stretches that have been asked for since the last order, and are not there yet. */
  let underWay = 0;
  /** Of two loops, the older one awake from its wait, the newer one goes on. */
  let loop = 0;
  /** How it went when it was left. */
  let left: Pace | null = null;

  /** What is under way is not wanted any more. */
  function newOrder(): void {
    order += 1;
    underWay = 0;
  }

  /** The run stands where it is seen to stand: what is taken beyond is let go, and would be the same again. */
  function pause(): void {
    newOrder();
    state.setState({ pace: null });
  }

  function fail(error: unknown): void {
    if (error instanceof Superseded) return;
    state.setState({ pace: null, failure: error instanceof Error ? error.message : String(error) });
  }

  /** What a stretch from `from` on has come to; null where it failed, or is not wanted any more. */
  async function stretch(from: Run, until: Until): Promise<Trained | null> {
    const mine = order;
    underWay += 1;
    try {
      const trained = await ask("train", { run: from, data: source.train(), until });
      return mine === order ? trained : null;
    } catch (error) {
      if (mine === order) fail(error);
      return null;
    } finally {
      if (mine === order) underWay -= 1;
    }
  }

  async function advance(until: Until): Promise<void> {
    const from = state.getState().run!;
    const trained = await stretch(from, until);
    if (!trained) return;
    const { metrics, heldOut, history, last, pace } = state.getState();
    const { run, stop } = trained;
    state.setState({
      run,
      stop,
      last: trained.last ?? last,
      metrics: [...metrics.slice(0, from.step), ...trained.metrics],
      heldOut: heldOut.filter(({ step }) => step <= from.step),
      history: remember(upTo(history!, from.step), run),
      pace: stop || run.step >= LONGEST_RUN ? null : pace,
    });
    looks.again();
  }

  async function play(pace: Pace): Promise<void> {
    const { stop, run } = state.getState();
    if (stop || !run || run.step >= LONGEST_RUN) return;
    const goes = state.getState().pace !== null;
    state.setState({ pace, chosen: pace, failure: null });
    if (goes) return; // whoever goes already takes the new pace
    loop += 1;
    const mine = loop;
    while (underWay > 0) await waiting("frame"); // what was asked for before the pause, or by itself
    for (let now = state.getState().pace; now !== null; now = state.getState().pace) {
      await advance(PACES[now].until);
      await waiting(PACES[now].wait);
      if (mine !== loop) return;
    }
  }

  async function goTo(step: number): Promise<void> {
    const { history, metrics, run } = state.getState();
    const to = Math.max(0, Math.min(metrics.length, Math.round(step)));
    newOrder();
    state.setState({ pace: null, failure: null });
    if (!run || run.step === to) return;
    if (to === 0) {
      state.setState({ run: checkpointAt(history!, 0), last: null, stop: null });
      looks.again();
      return;
    }
    let trained: Trained | null = null;
    let from = checkpointAt(history!, to - 1); // one step at least is taken again, for what it holds
    do {
      trained = await stretch(from, { steps: Math.min(to - from.step, BACK) });
      if (!trained) return;
      from = trained.run;
    } while (from.step < to && !trained.stop);
    state.setState({ run: trained.run, last: trained.last, stop: trained.stop });
    looks.again();
  }

  function begin(preset: NetworkPreset, seed: number, rate?: number): void {
    newOrder();
    left = null;
    const collection = source.collection();
    const settings = settingsFor(NETWORK_PRESETS[preset].settings, collection);
    const first = beginRun(settings, seed, sliceOf(collection.data, 0, collection.train));
    const run =
      rate === undefined ? first : { ...first, optimiser: withRate(first.optimiser, rate) };
    const fresh = { metrics: [], heldOut: [], last: null, look: null, stop: null } as const;
    const history = startHistory(run, BUDGET);
    state.setState({
      ...{ ...fresh, preset, seed, collection, run, history },
      ...{ data: collection.data, pace: null, failure: null },
    });
    looks.again();
  }

  /** Trains on these images from now on, from the beginning. */
  function use(collection: Collection): void {
    const { preset, seed } = state.getState();
    source.use(collection);
    state.setState({ sample: 0 });
    begin(preset, seed);
  }

  /** Goes on from a run that was saved. @throws ConvError where that cannot be; then nothing has changed. */
  function resume(network: SavedNetwork): void {
    const next = resumed(network, source.known(), BUDGET);
    newOrder();
    left = null;
    source.use(next.collection);
    state.setState(next);
    looks.again();
  }

  function setRate(lr: number): void {
    const { run, history, metrics, heldOut } = state.getState();
    if (!run || !history) return;
    newOrder();
    const changed = { ...run, optimiser: withRate(run.optimiser, lr) };
    state.setState({
      run: changed,
      history: pin(history, changed),
      metrics: metrics.slice(0, run.step),
      heldOut: heldOut.filter(({ step }) => step <= run.step),
      stop: null,
    });
  }

  const files = createFiles({
    ...{ ask: engine.ask, use, resume },
    saved: () => savedOf(state.getState()),
    digits: () => use(digits),
  });
  return {
    state,
    drawing: createDrawing(state, ask),
    kept: createKeptRuns(state),
    begin,
    once() {
      const { pace, run, stop } = state.getState();
      if (underWay > 0 || pace !== null || !run || stop) return;
      state.setState({ failure: null });
      void advance({ steps: 1 });
    },
    play: (pace) => void play(pace),
    pause,
    toggle() {
      const { pace, chosen } = state.getState();
      if (pace === null) void play(chosen);
      else pause();
    },
    choose(pace) {
      state.setState({ chosen: pace });
      if (state.getState().pace !== null) void play(pace);
    },
    leave() {
      left = state.getState().pace;
      pause();
    },
    comeBack() {
      if (left !== null) void play(left);
      left = null;
    },
    goTo: (step) => void goTo(step),
    setRate,
    lookAt(sample) {
      state.setState({ sample });
      looks.again();
    },
    files,
    last: createLastRun({ learning: state, files, shelf }),
    dispose: () => engine.dispose(),
  };
}

import { expect, test } from "vitest";
import {
  beginRun,
  type Dataset,
  NETWORK_PRESETS,
  type NetworkPreset,
  nextStep,
  pin,
  startHistory,
  tensor,
  withRate,
} from "#engine";
import {
  createKeptRuns,
  differing,
  MOST_KEPT,
  nameOfRun,
  objection,
  recordOf,
  standingAt,
} from "./keptRuns.ts";
import { createLearningStore } from "./state.ts";

const data: Dataset = {
  images: tensor(
    [20, 1, 8, 8],
    Float64Array.from({ length: 20 * 64 }, (_, i) => ((i * i) % 17) / 16),
  ),
  labels: Uint8Array.from({ length: 20 }, (_, i) => (i * 7) % 10),
};

/** A run of so many steps, without a learner. */
function trained(preset: NetworkPreset, seed: number, steps: number) {
  let run = beginRun(NETWORK_PRESETS[preset].settings, seed, data);
  const history = startHistory(run, 2 ** 20);
  const metrics = Array.from({ length: steps }, () => {
    const step = nextStep(run, data);
    run = step.run;
    return step.metrics;
  });
  return { preset, seed, data, run, history, metrics, heldOut: [] };
}

function learning() {
  const state = createLearningStore();
  const kept = createKeptRuns(state);
  const runs = () => kept.state.getState().runs;
  const now = () => recordOf(state.getState());
  return { state, kept, runs, now };
}

test("a run is kept as it was, whatever becomes of the present one", () => {
  const { state, kept, runs, now } = learning();
  expect(now()).toBeNull();
  kept.keep();
  expect(runs()).toEqual([]);
  const heldOut = [{ step: 0, loss: 2.3, accuracy: 0.1 }];
  const first = trained("default", 1, 3);
  state.setState({ ...first, heldOut });
  kept.keep();
  state.setState(trained("momentum", 2, 2));
  expect(runs()[0]!.metrics).toEqual(
    first.metrics.map(({ loss, correct, samples }) => ({ loss, correct, samples })),
  );
  expect(runs()[0]!.heldOut).toEqual(heldOut);
});

test("what stands against keeping one is said, and holds", () => {
  const { state, kept, runs, now } = learning();
  expect(objection(now(), [])).toMatch(/Take a step/);
  state.setState(trained("default", 1, 0));
  expect(objection(now(), [])).toMatch(/Take a step/);
  state.setState(trained("default", 1, 2));
  kept.keep();
  expect(objection(now(), runs())).toMatch(/is kept as far/);
  kept.keep();
  expect(runs().length).toBe(1);
  for (let seed = 2; seed <= MOST_KEPT; seed++) {
    state.setState(trained("default", seed, 2));
    expect(objection(now(), runs())).toBeNull();
    kept.keep();
  }
  state.setState(trained("default", 9, 2));
  expect(objection(now(), runs())).toMatch(/remove one first/);
  kept.keep();
  expect(runs().length).toBe(MOST_KEPT);
  kept.remove(runs()[0]!.id);
  kept.keep();
  const seeds = runs().map(({ settings }) => settings.seed);
  expect(seeds).toEqual(["2", "9"]);
  expect(new Set(runs().map(({ id }) => id)).size).toBe(MOST_KEPT);
});

test("runs are named by what differs, and alike ones say so", () => {
  const { state, now } = learning();
  const recordAt = (...of: Parameters<typeof trained>) => {
    state.setState(trained(...of));
    return now()!;
  };
  const [one, two] = [recordAt("default", 1, 1), recordAt("default", 2, 1)];
  expect(differing([one, two])).toEqual(["seed"]);
  expect([one, two].map((run) => nameOfRun(run, ["seed"]))).toEqual(["seed 1", "seed 2"]);
  const article = recordAt("article", 1, 1);
  const differ = differing([one, article]);
  expect(differ).toEqual(["begins with", "filters", "hidden units", "batch", "order"]);
  expect(nameOfRun(article, differ)).toBe("the article’s setup: one filter, N(0, 1)");
  const momentum = recordAt("momentum", 3, 1);
  expect(nameOfRun(momentum, differing([one, momentum]))).toBe("momentum 0.9, seed 3, lr 0.01");
  expect(differing([recordAt("default", 1, 1), recordAt("padding", 1, 1)])).toContain("padding");
  expect(differing([one, recordAt("max-pooling", 1, 1)])).toContain("pooling");
  expect(nameOfRun(one, differing([one, recordAt("default", 1, 2)]))).toBe("the same settings");
});

test("learning rates stand in the order they were set, wherever the run has gone back to", () => {
  const { state, now } = learning();
  const { run, history, ...rest } = trained("default", 1, 2);
  const changed = { ...run, optimiser: withRate(run.optimiser, 0.3) };
  state.setState({ ...rest, run: changed, history: pin(history, changed) });
  expect(now()!.settings.lr).toBe("0.1 → 0.3");
  state.setState({ run: history.kept[0]!.run });
  expect(now()!.settings.lr).toBe("0.1 → 0.3");
});

test("how runs did at the same step: that of the batch, and what was last seen of the held out", () => {
  const { state, now } = learning();
  const heldOut = [0, 2].map((step) => ({ step, loss: 2 - step, accuracy: step / 4 }));
  const run = trained("default", 1, 4);
  state.setState({ ...run, heldOut });
  const record = now()!;
  const { loss, correct, samples } = run.metrics[2]!;
  expect(standingAt(record, 3)).toEqual({ loss, accuracy: correct / samples, heldOut: heldOut[1] });
  expect(standingAt(record, 1)!.heldOut).toEqual(heldOut[0]);
  expect(standingAt({ ...record, heldOut: [] }, 1)!.heldOut).toBeNull();
  expect(standingAt(record, 0)).toBeNull();
  expect(standingAt(record, 5)).toBeNull();
});

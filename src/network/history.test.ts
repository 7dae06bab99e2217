import { describe, expect, test } from "vitest";
import { checkSgd } from "../sgd.ts";
import { DEFAULTS } from "../spec.ts";
import { tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import type { Dataset } from "./dataset.ts";
import { bytesOf, type History, pin, remember, runAt, startHistory } from "./history.ts";
import { initialNetwork } from "./initial.ts";
import { checkNetworkSpec } from "./network.ts";
import { withRate } from "./optimiser.ts";
import { nextStep, type Run, startRun } from "./run.ts";
import { attemptStep } from "./stop.ts";

const data: Dataset = {
  images: tensor(
    [5, 1, 2, 3],
    Float64Array.from({ length: 30 }, (_, i) => ((i * 7) % 11) / 8),
  ),
  labels: Uint8Array.from([0, 1, 2, 0, 1]),
};

const spec = checkNetworkSpec({
  ...DEFAULTS,
  ...{ H: 2, W: 3, F: 2, kH: 2, kW: 2, hidden: 3, classes: 3, pool: null },
  activation: { name: "tanh", alpha: 0 },
});

const begin = (lr = 0.5): Run =>
  startRun(
    initialNetwork(spec, "he", 1),
    checkSgd({ lr, momentum: 0.5 }),
    { batch: 2, shuffle: 4, epochFactor: 0.9 },
    data,
  );

const first = begin();
const SIZE = bytesOf(first);

/** The runs from `run` on, and a history that has seen them all. */
function gone(count: number, room: number, run = first) {
  const all = [run];
  let history = startHistory(run, room * SIZE);
  for (let i = 0; i < count; i++) {
    all.push(nextStep(all.at(-1)!, data).run);
    history = remember(history, all.at(-1)!);
    expect(history.kept.length).toBeLessThanOrEqual(room);
  }
  return { all, history };
}

const stepsOf = ({ kept }: History) => kept.map(({ run }) => run.step);

test("bytes are those of parameters, velocities and order", () => {
  const parameters = 2 * 4 + 2 + 4 * 3 + 3 + 3 * 3 + 3;
  expect(SIZE).toBe(2 * 8 * parameters + 4 * 5);
});

describe("checkpoints", () => {
  test("stand wider apart as the run grows, and never pass the budget", () => {
    expect(stepsOf(gone(3, 4).history)).toEqual([0, 1, 2, 3]);
    expect(stepsOf(gone(4, 4).history)).toEqual([0, 2, 4]);
    expect(stepsOf(gone(9, 4).history)).toEqual([0, 4, 8]);
    expect(stepsOf(gone(9, 1).history)).toEqual([0]);
  });

  test("any step comes back as it was, to the last bit", () => {
    const { all, history } = gone(9, 3);
    for (const run of all) expect(runAt(history, data, run.step)).toEqual(run);
  });

  test("what was set anew on the way is kept, and forgets what came after it before", () => {
    const { all, history } = gone(6, 4);
    const faster = { ...all[3]!, optimiser: withRate(all[3]!.optimiser, 0.01) };
    expect(stepsOf(history)).toEqual([0, 2, 4, 6]);
    let pinned = pin(history, faster);
    expect(stepsOf(pinned)).toEqual([0, 2, 3]);
    let run: Run = faster;
    const after = [run];
    for (let i = 0; i < 20; i++) {
      run = nextStep(run, data).run;
      after.push(run);
      pinned = remember(pinned, run);
    }
    expect(stepsOf(pinned)).toEqual(expect.arrayContaining([0, 3]));
    for (const one of [...all.slice(0, 3), ...after])
      expect(runAt(pinned, data, one.step)).toEqual(one);
  });

  test("a step that was seen already is not kept twice", () => {
    const { all, history } = gone(3, 4);
    expect(remember(history, all[2]!)).toBe(history);
  });

  test("a budget that holds nothing, and a step that was never made, are refused", () => {
    expect(refusalOf(() => startHistory(first, SIZE - 1)).field).toBe("history");
    const { history } = gone(2, 2);
    expect(refusalOf(() => runAt(history, data, -1)).field).toBe("step");
    expect(refusalOf(() => runAt(history, data, 0.5)).field).toBe("step");
  });
});

describe("a run stops before what is not a number", () => {
  /** Attempts until one is refused. */
  function until(run: Run) {
    let at = run;
    for (let i = 0; i < 50; i++) {
      const attempt = attemptStep(at, data);
      if (attempt.kind === "stopped") return { at, stop: attempt.stop };
      at = attempt.stepped.run;
    }
    throw new Error("never stopped");
  }

  test("where the step is too long: the run stands before it, all its numbers finite", () => {
    const { at, stop } = until(begin(1e200));
    expect(stop.run).toBe(at);
    expect(stop.step).toBe(at.step + 1);
    expect(Number.isFinite(stop.value)).toBe(false);
    for (const { w, b } of stop.run.network.parameters)
      expect([...w.data, ...b.data].every(Number.isFinite)).toBe(true);
  });

  test("where an image holds a NaN: at the first step, by its loss", () => {
    const holed = {
      ...data,
      images: tensor(
        data.images.shape,
        data.images.data.map(() => Number.NaN),
      ),
    };
    const attempt = attemptStep(first, holed);
    expect(attempt).toMatchObject({ kind: "stopped", stop: { step: 1, what: "the loss" } });
  });

  test("and else goes on as any other step", () => {
    const attempt = attemptStep(first, data);
    expect(attempt.kind === "stepped" && attempt.stepped.run).toEqual(nextStep(first, data).run);
  });
});

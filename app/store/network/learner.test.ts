import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import {
  beginRun,
  bytesOf,
  DIGITS,
  decodeDigits,
  digitsDataset,
  evaluate,
  NETWORK_PRESETS,
  nextStep,
  type Run,
  splitAt,
  withRate,
} from "#engine";
import { createLearner, type Learner } from "./learner.ts";
import { spawner } from "./testing.ts";

const file = readFileSync(new URL(`../../../public/${DIGITS.file}`, import.meta.url));
const data = digitsDataset(decodeDigits(new Uint8Array(file)));
const { train, heldOut } = splitAt(data, DIGITS.train);

const learners: Learner[] = [];
afterEach(() => {
  for (const learner of learners.splice(0)) learner.dispose();
});

function learnerOf(deaths = 0) {
  const { spawn, made } = spawner(deaths);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const learner = createLearner({ spawn, data, wait: turn });
  learners.push(learner);
  const now = learner.state.getState;
  /** Until the store says so. */
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const stop = learner.state.subscribe(() => check());
      const check = () => {
        if (!condition()) return;
        stop();
        resolve();
      };
      check();
    });
  const seen = () =>
    until(() => now().look?.run === now().run && now().look?.sample === now().sample);
  /** Takes single steps. */
  const steps = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const from = now().run!.step;
      learner.once();
      await until(() => now().run!.step === from + 1);
      await turn(); // the answer is in, the stretch is over a turn later
    }
  };
  return { learner, now, until, seen, steps, made };
}

const start = (seed = 1): Run => beginRun(NETWORK_PRESETS.default.settings, seed, train);

/** The steps of a run that nobody displays. */
function alone(run: Run, count: number) {
  const all = [nextStep(run, train)];
  while (all.length < count) all.push(nextStep(all.at(-1)!.run, train));
  return all;
}

describe("a run", () => {
  test("step by step is the run of the engine, to the last bit", async () => {
    const { learner, now, steps } = learnerOf();
    learner.begin("default", 1);
    expect(now().run).toEqual(start());
    await steps(3);
    const all = alone(start(), 3);
    expect(now().run).toEqual(all[2]!.run);
    expect(now().metrics).toEqual(all.map(({ metrics }) => metrics));
    expect(now().last).toEqual({ ...all[2]!, before: all[1]!.run });
  });

  test("at any pace, changed on the way, is the same run", async () => {
    const { learner, now, until } = learnerOf();
    learner.begin("default", 2);
    learner.play("slow");
    await until(() => now().metrics.length >= 2);
    learner.play("fast");
    await until(() => now().metrics.length >= 8);
    learner.play("fastest");
    await until(() => now().metrics.length >= 60);
    learner.pause();
    expect(now().pace).toBeNull();
    await until(() => now().look?.run === now().run); // nothing is under way any more
    const { run, metrics } = now();
    const all = alone(start(2), run!.step);
    expect(metrics).toEqual(all.map((step) => step.metrics));
    expect(run).toEqual(all.at(-1)!.run);
  });

  test("goes on from where it was paused", async () => {
    const { learner, now, until, steps } = learnerOf();
    learner.begin("default", 1);
    learner.play("fast");
    await until(() => now().metrics.length >= 5);
    learner.pause();
    await until(() => now().look?.run === now().run);
    const before = now().run!.step;
    await steps(1);
    expect(now().run).toEqual(alone(start(), before + 1).at(-1)!.run);
  });

  test("paused stands at once: what is under way is let go, and one step is the next", async () => {
    const { learner, now, until } = learnerOf();
    learner.begin("default", 1);
    learner.play("fastest");
    await until(() => now().metrics.length > 0);
    learner.pause();
    const { run } = now();
    learner.once();
    await until(() => now().run !== run);
    expect(now().run).toEqual(alone(start(), run!.step + 1).at(-1)!.run);
    expect(now().metrics.length).toBe(run!.step + 1);
  });

  test("in a worker that dies is gone on with by the next, and is the same run", async () => {
    const { learner, now, steps, made } = learnerOf(1);
    learner.begin("default", 1);
    await steps(2);
    expect(made.workers).toBe(2);
    expect(now().run).toEqual(alone(start(), 2)[1]!.run);
    expect(now().failure).toBeNull();
  });

  test("without any worker stands, says so, and can be gone on with", async () => {
    const { learner, now, until, steps } = learnerOf(2);
    learner.begin("default", 1);
    await until(() => now().failure !== null);
    expect(now().pace).toBeNull();
    learner.begin("default", 1);
    await steps(1);
    expect(now().run).toEqual(alone(start(), 1)[0]!.run);
    expect(now().failure).toBeNull();
  });
});

describe("what is seen of a run", () => {
  test("is how it does on the held-out samples and what it makes of one", async () => {
    const { learner, now, seen, steps } = learnerOf();
    learner.begin("default", 1);
    await steps(1);
    await seen();
    const { look, run } = now();
    expect(look!.evaluated.evaluation).toEqual(evaluate(run!.network, heldOut));
    expect(look!.predicted.values[0]!.data).toEqual(data.images.data.subarray(0, 64));
    learner.lookAt(1500);
    await seen();
    expect(now().look!.sample).toBe(1500);
    expect(now().look!.predicted.values[0]!.data).toEqual(
      data.images.data.subarray(1500 * 64, 1501 * 64),
    );
  });

  test("stands on the curve of what is held out, in order", async () => {
    const { learner, now, until, seen } = learnerOf();
    learner.begin("default", 1);
    await seen();
    learner.play("fastest");
    await until(() => now().heldOut.length >= 3);
    learner.pause();
    const { heldOut: points } = now();
    expect(points[0]).toEqual({
      step: 0,
      loss: evaluate(start().network, heldOut).loss,
      accuracy: evaluate(start().network, heldOut).accuracy,
    });
    expect(points.map(({ step }) => step)).toEqual(
      points.map(({ step }) => step).toSorted((a, b) => a - b),
    );
  });
});

describe("going back", () => {
  test("to the beginning gives the same first loss again, to the last bit", async () => {
    const { learner, now, steps } = learnerOf();
    learner.begin("default", 3);
    await steps(2);
    const [first] = now().metrics;
    learner.goTo(0);
    expect(now().run).toEqual(start(3));
    expect(now().last).toBeNull();
    expect(now().metrics.length).toBe(2); // the curves stay until the run goes on
    await steps(1);
    expect(now().metrics).toEqual([first]);
  });

  test("to any step gives that step with all it held, and forward again", async () => {
    const { learner, now, until, steps } = learnerOf();
    learner.begin("default", 1);
    learner.play("fastest");
    await until(() => now().metrics.length >= 40);
    learner.pause();
    await until(() => now().look?.run === now().run);
    const all = alone(start(), now().metrics.length);
    for (const step of [17, 30, 1]) {
      learner.goTo(step);
      await until(() => now().run!.step === step);
      expect(now().run).toEqual(all[step - 1]!.run);
      expect(now().last).toMatchObject({ indices: all[step - 1]!.indices });
      expect(now().last!.back).toEqual(all[step - 1]!.back);
    }
    await steps(1);
    expect(now().run).toEqual(all[1]!.run);
    expect(now().metrics.length).toBe(2);
  });

  test("over a changed rate goes on with the one there was, and what came after is forgotten", async () => {
    const { learner, now, until, steps } = learnerOf();
    learner.begin("default", 1);
    await steps(3);
    learner.setRate(0.5);
    await steps(2);
    const three = alone(start(), 3)[2]!.run;
    const five = alone({ ...three, optimiser: withRate(three.optimiser, 0.5) }, 2)[1]!.run;
    expect(now().run).toEqual(five);
    learner.goTo(4);
    await until(() => now().run!.step === 4);
    await steps(1);
    expect(now().run).toEqual(five);
    learner.goTo(2);
    await until(() => now().run!.step === 2);
    await steps(2);
    expect(now().run).toEqual(alone(start(), 4)[3]!.run);
  });

  test("costs no more memory than there is for it, however long the run", async () => {
    const { learner, now, until } = learnerOf();
    learner.begin("default", 1);
    learner.play("fast");
    await until(() => now().metrics.length >= 400);
    learner.pause();
    const { kept, budget } = now().history!;
    expect(kept.reduce((sum, { run }) => sum + bytesOf(run), 0)).toBeLessThanOrEqual(budget);
    expect(kept.length).toBeGreaterThan(2);
  });
});

describe("left while it", () => {
  test("goes, it waits, and goes on at its pace when it is come back to", async () => {
    const { learner, now, until, seen } = learnerOf();
    learner.begin("default", 1);
    learner.play("fastest");
    await until(() => now().metrics.length > 0);
    learner.leave();
    await seen();
    const { run } = now();
    expect(now().pace).toBeNull();
    learner.comeBack();
    expect(now().pace).toBe("fastest");
    await until(() => now().run !== run);
    learner.pause();
    expect(now().metrics).toEqual(alone(start(), now().run!.step).map(({ metrics }) => metrics));
  });

  test("stands, it stands when it is come back to; also when it had been left going before", async () => {
    const { learner, now } = learnerOf();
    learner.begin("default", 1);
    learner.play("slow");
    learner.leave();
    learner.comeBack();
    learner.pause();
    learner.leave();
    learner.comeBack();
    expect(now().pace).toBeNull();
    expect(now().chosen).toBe("slow");
  });

  test("goes, and begun anew meanwhile, it stands", async () => {
    const { learner, now } = learnerOf();
    learner.begin("default", 1);
    learner.play("slow");
    learner.leave();
    learner.begin("article", 1);
    learner.comeBack();
    expect(now().pace).toBeNull();
  });
});

test("a pace that is chosen while it stands is that of the next time it goes", () => {
  const { learner, now } = learnerOf();
  learner.begin("default", 1);
  learner.choose("slow");
  expect(now()).toMatchObject({ pace: null, chosen: "slow" });
  learner.toggle();
  expect(now().pace).toBe("slow");
  learner.choose("fast");
  expect(now()).toMatchObject({ pace: "fast", chosen: "fast" });
  learner.toggle();
  expect(now()).toMatchObject({ pace: null, chosen: "fast" });
});

test("a run may begin with another learning rate than its preset’s", async () => {
  const { learner, now, steps } = learnerOf();
  learner.begin("default", 1, 0.3);
  await steps(2);
  const first = { ...start(), optimiser: withRate(start().optimiser, 0.3) };
  expect(now().run).toEqual(alone(first, 2)[1]!.run);
});

test("another beginning takes the place of a run that goes, and none of it is left", async () => {
  const { learner, now, until, seen } = learnerOf();
  learner.begin("default", 1);
  learner.play("fastest");
  await until(() => now().metrics.length > 0);
  learner.begin("article", 7);
  expect(now()).toMatchObject({ preset: "article", seed: 7, metrics: [], heldOut: [], pace: null });
  await seen();
  expect(now().run).toEqual(beginRun(NETWORK_PRESETS.article.settings, 7, train));
  expect(now().heldOut.map(({ step }) => step)).toEqual([0]);
});

test("a run stands before a step that would leave the numbers, and takes no other", async () => {
  const { learner, now, until, steps } = learnerOf();
  learner.begin("default", 1);
  await steps(2);
  learner.setRate(1e200);
  learner.play("fastest");
  await until(() => now().stop !== null);
  expect(now().pace).toBeNull();
  expect(now().stop!.step).toBe(now().run!.step + 1);
  const { run } = now();
  learner.play("fast");
  learner.once();
  expect(now()).toMatchObject({ pace: null, run });
  learner.goTo(now().run!.step - 1);
  await until(() => now().stop === null);
  expect(now().run!.step).toBe(run!.step - 1);
});

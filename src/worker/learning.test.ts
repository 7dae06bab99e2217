import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Dataset } from "../network/dataset.ts";
import { sliceOf } from "../network/dataset.ts";
import { deadUnits } from "../network/dead.ts";
import { evaluate } from "../network/evaluate.ts";
import { initialNetwork } from "../network/initial.ts";
import { checkNetworkSpec } from "../network/network.ts";
import { forwardPass } from "../network/pass.ts";
import { nextStep, type Run, startRun } from "../network/run.ts";
import { checkSgd } from "../sgd.ts";
import { DEFAULTS } from "../spec.ts";
import { tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { createEngine, type Engine } from "./client.ts";
import { keep, train } from "./learning.ts";
import { type Habit, spawner } from "./testing.ts";
import { withData } from "./withData.ts";

const data: Dataset = {
  images: tensor(
    [7, 1, 2, 3],
    Float64Array.from({ length: 42 }, (_, i) => ((i * 7) % 11) / 8),
  ),
  labels: Uint8Array.from([0, 1, 2, 0, 1, 2, 1]),
};
const spec = checkNetworkSpec({
  ...DEFAULTS,
  ...{ H: 2, W: 3, F: 2, kH: 2, kW: 2, hidden: 3, classes: 3, pool: null },
  activation: { name: "relu", alpha: 0 },
});
const few = { of: "few", first: 0, end: 5 };
const learnt = sliceOf(data, 0, 5);
const course = { batch: 2, shuffle: 4, epochFactor: 0.9 };
const begin = (lr = 0.5): Run =>
  startRun(initialNetwork(spec, "he", 1), checkSgd({ lr, momentum: 0.5 }), course, learnt);

/** The steps from a run on, as the network's own room takes them. */
function stepped(run: Run, count: number) {
  const all = [nextStep(run, learnt)];
  while (all.length < count) all.push(nextStep(all.at(-1)!.run, learnt));
  return all;
}

const engines: Engine[] = [];
function engineOf(...habits: Habit[]) {
  const { spawn, workers } = spawner(...habits);
  const engine = createEngine(spawn);
  engines.push(engine);
  return { ask: withData(engine, "few", data), engine, workers };
}

// What stands in for workers shares one thread, and so one memory: each test begins without data.
beforeEach(() => void keep({ name: "few", data: null }));
afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
});

describe("a run goes there and back", () => {
  test("and is the same to the last bit as one that stayed", async () => {
    const { ask } = engineOf("serves");
    const here = stepped(begin(), 7);
    const run = begin();
    const one = await ask("train", { run, data: few, until: { steps: 4 } });
    const two = await ask("train", { run: one.run, data: few, until: { steps: 3 } });
    expect([...one.metrics, ...two.metrics]).toEqual(here.map(({ metrics }) => metrics));
    expect(two.run).toEqual(here[6]!.run);
    expect(two.last).toEqual({ ...here[6]!, before: here[5]!.run });
    expect([one.stop, two.stop]).toEqual([null, null]);
    expect(run).toEqual(begin());
  });

  test("as far as the time reaches, and one step at least", () => {
    keep({ name: "few", data });
    let time = 0;
    const clock = () => time++;
    const far = (ms: number) => train({ run: begin(), data: few, until: { ms } }, clock);
    expect(far(4).metrics.length).toBe(4);
    expect(far(0).metrics.length).toBe(1);
  });

  test("and stands where the next step would leave the numbers", async () => {
    const { ask } = engineOf("serves");
    const until = { steps: 50 };
    const { run, metrics, last, stop } = await ask("train", {
      ...{ run: begin(1e200), data: few, until },
    });
    expect(metrics.length).toBeLessThan(50);
    expect(run.step).toBe(metrics.length);
    expect(stop).toMatchObject({ step: run.step + 1 });
    expect(Number.isFinite(stop!.value)).toBe(false);
    expect(last?.run ?? begin(1e200)).toEqual(run);
    const again = await ask("train", { run, data: few, until: { steps: 1 } });
    expect(again).toMatchObject({ metrics: [], last: null, stop: { step: stop!.step } });
  });
});

test("evaluations are of the part that is named", async () => {
  const { ask } = engineOf("serves");
  const { network } = begin();
  const heldOut = sliceOf(data, 5, 7);
  const { evaluation, dead } = await ask("evaluate", {
    network,
    data: { of: "few", first: 5, end: 7 },
  });
  expect(evaluation).toEqual(evaluate(network, heldOut));
  expect(dead).toEqual(deadUnits(network, heldOut));
  expect(evaluation.total).toBe(2);
});

test("a prediction holds every value of the pass, and probabilities", async () => {
  const { ask } = engineOf("serves");
  const { network } = begin();
  const { images } = sliceOf(data, 3, 4);
  const { values, probabilities } = await ask("predict", { network, image: images });
  expect(values).toEqual(forwardPass(network, images).values);
  expect(probabilities.data.reduce((a, b) => a + b)).toBeCloseTo(1, 14);
  expect(images.data.length).toBe(6); // the page keeps its image
});

describe("data", () => {
  const asked = (): [Run, number] => [begin(), 1];
  const jobs = (engine: { readonly asked: readonly { readonly job: string }[] }) =>
    engine.asked.map(({ job }) => job);

  test("is sent when it is first asked about, and then no more", async () => {
    const { ask, workers } = engineOf("serves");
    const [run, steps] = asked();
    await ask("train", { run, data: few, until: { steps } });
    await ask("train", { run, data: few, until: { steps } });
    expect(jobs(workers[0]!)).toEqual(["train", "keep", "train", "train"]);
  });

  test("is sent once for two questions at a time", async () => {
    const { ask, workers } = engineOf("serves");
    const [run, steps] = asked();
    const both = [
      ask("train", { run, data: few, until: { steps } }),
      ask("evaluate", { network: run.network, data: few }),
    ];
    expect((await Promise.all(both)).length).toBe(2);
    expect(jobs(workers[0]!).filter((job) => job === "keep").length).toBe(1);
  });

  test("in the place of others, which are let go of", async () => {
    const { ask, engine } = engineOf("serves");
    await ask("train", { run: begin(), data: few, until: { steps: 1 } });
    const other = withData(engine, "other", data, "few");
    const of = { ...few, of: "other" };
    await other("train", { run: begin(), data: of, until: { steps: 1 } });
    const network = begin().network;
    await expect(engine.ask("evaluate", { network, data: few })).rejects.toThrow(
      "“few” is not known",
    );
    await engine.ask("keep", { name: "other", data: null });
  });

  test("is sent again to a worker that does not know it, and the run goes on", async () => {
    const { ask, engine } = engineOf("serves");
    const first = await ask("train", { run: begin(), data: few, until: { steps: 2 } });
    await engine.ask("keep", { name: "few", data: null }); // as one that took the place of another
    const second = await ask("train", { run: first.run, data: few, until: { steps: 2 } });
    expect(second.run).toEqual(stepped(begin(), 4)[3]!.run);
  });

  test("stays as it was sent: no answer takes any of it away", async () => {
    const { ask } = engineOf("serves");
    const whole = { ...few, end: 5 };
    const before = await ask("evaluate", { network: begin().network, data: whole });
    await ask("train", { run: begin(), data: whole, until: { steps: 9 } });
    expect(await ask("evaluate", { network: begin().network, data: whole })).toEqual(before);
  });

  test("under another name is refused, and not sent for ever", async () => {
    const { ask } = engineOf("serves");
    const other = { ...few, of: "others" };
    await expect(
      ask("train", { run: begin(), data: other, until: { steps: 1 } }),
    ).rejects.toMatchObject({ field: "data", reason: "“others” is not known" });
  });
});

test("a worker that dies over a step is replaced, and the step is the same", async () => {
  const { ask, workers } = engineOf("crashes", "serves");
  const { run } = await ask("train", { run: begin(), data: few, until: { steps: 3 } });
  expect(run).toEqual(stepped(begin(), 3)[2]!.run);
  expect(workers.length).toBe(2);
});

describe("what is refused", () => {
  beforeEach(() => void keep({ name: "few", data }));
  const run = begin();
  const tries: [field: string, asked: unknown][] = [
    ["data", { run, until: { steps: 1 } }],
    ["samples", { run, data: { ...few, end: 9 }, until: { steps: 1 } }],
    ["until", { run, data: few }],
    ["until", { run, data: few, until: { steps: 1e6 } }],
    ["until", { run, data: few, until: { ms: Number.NaN } }],
    ["steps", { run, data: few, until: { steps: 0.5 } }],
    ["run", { data: few, until: { steps: 1 } }],
    ["network", { run: { ...run, network: 3 }, data: few, until: { steps: 1 } }],
    ["order", { run: { ...run, order: run.order.slice(1) }, data: few, until: { steps: 1 } }],
    [
      "order",
      { run: { ...run, order: Uint32Array.from([0, 1, 2, 3, 9]) }, data: few, until: { steps: 1 } },
    ],
    ["batch", { run: { ...run, course: { ...course, batch: 0 } }, data: few, until: { steps: 1 } }],
    ["step", { run: { ...run, step: -1 }, data: few, until: { steps: 1 } }],
    ["optimiser", { run: { ...run, optimiser: null }, data: few, until: { steps: 1 } }],
    [
      "lr",
      {
        run: { ...run, optimiser: { ...run.optimiser, lr: "1" } },
        ...{ data: few, until: { steps: 1 } },
      },
    ],
    [
      "velocities",
      {
        run: { ...run, optimiser: { ...run.optimiser, velocities: [] } },
        ...{ data: few, until: { steps: 1 } },
      },
    ],
    [
      "parameters of layer 1",
      {
        run: { ...run, network: { ...run.network, parameters: [1, 2, 3, 4, 5, 6] } },
        ...{ data: few, until: { steps: 1 } },
      },
    ],
  ];
  test.each(tries)("%s", (field, asked) => {
    expect(refusalOf(() => train(asked as Parameters<typeof train>[0]))).toMatchObject({ field });
  });

  test.each<[field: string, data: unknown]>([
    ["data", 3],
    ["labels", { images: data.images, labels: [1] }],
    ["images", { images: null, labels: data.labels }],
    ["H", { images: { shape: [7, 1], data: data.images.data }, labels: data.labels }],
    ["images", { images: { ...data.images, shape: [6, 1, 2, 3] }, labels: data.labels }],
    ["images", { images: tensor([1, 1, 1, 1], [Number.NaN]), labels: Uint8Array.from([0]) }],
  ])("data without %s", (field, wrong) => {
    expect(refusalOf(() => keep({ name: "few", data: wrong as Dataset }))).toMatchObject({ field });
  });
});

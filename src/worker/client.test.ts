import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ConvError } from "../errors.ts";
import { forward } from "../forward.ts";
import type { Layer } from "../layer.ts";
import { DEFAULTS } from "../spec.ts";
import { tensor } from "../tensor.ts";
import { createEngine, type Engine, type EngineStatus } from "./client.ts";
import { EngineStopped, Superseded } from "./stopped.ts";
import { type Habit, spawner } from "./testing.ts";

/** A layer whose answer tells which one it was: a 1 × 2 input of `value`, a kernel of 1. */
function layer(value: number): Layer {
  return {
    spec: { N: 1, C: 1, H: 1, W: 2, F: 1, kH: 1, kW: 1, ...DEFAULTS },
    x: tensor([1, 1, 1, 2], [value, -value]),
    w: tensor([1, 1, 1, 1], [1]),
    b: tensor([1]),
  };
}

const engines: Engine[] = [];

function engineOf(...habits: Habit[]) {
  const { spawn, workers } = spawner(...habits);
  const engine = createEngine(spawn);
  engines.push(engine);
  const statuses: EngineStatus[] = [];
  engine.onStatus((status) => statuses.push(status));
  return { engine, workers, statuses };
}

/** Lets real messages arrive: only setTimeout and the clock are false here. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; !condition(); turn++) {
    if (turn > 10_000) throw new Error("waited in vain");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test("the answer over the wire is the answer of the engine, and the question stays usable", async () => {
  const { engine, statuses } = engineOf("serves");
  const question = layer(3);
  expect(await engine.ask("forward", question)).toEqual({ ...forward(layer(3)), by: null });
  expect(question).toEqual(layer(3));
  expect(statuses).toEqual(["ready", "busy", "ready"]);
});

test("of questions asked while one is in flight the latest wins, and the one in flight is answered too", async () => {
  const { engine, workers } = engineOf("serves");
  const asked = [1, 2, 3, 4].map((value) => engine.ask("forward", layer(value)));
  const ends = await Promise.allSettled(asked);
  expect(ends.map((end) => end.status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
  await expect(asked[1]).rejects.toBeInstanceOf(Superseded);
  expect((await asked[0]!).y.data[0]).toBe(1);
  expect((await asked[3]!).y.data[0]).toBe(4);
  expect(workers[0]!.asked.length).toBe(2);
});

test("there is never more than one call in flight", async () => {
  const { engine, workers } = engineOf("serves");
  const worker = workers[0]!;
  const post = worker.postMessage.bind(worker);
  const inFlight: number[] = [];
  worker.postMessage = (message) => {
    post(message);
    inFlight.push(worker.asked.length - worker.answered);
  };
  for (let round = 0; round < 5; round++) {
    engine.ask("forward", layer(round)).catch(() => {});
    await engine.ask("forward", layer(round));
  }
  expect(new Set(inFlight)).toEqual(new Set([1]));
  expect(inFlight.length).toBeGreaterThan(5);
});

test("a refusal comes back as the ConvError it was, and the worker lives on", async () => {
  const { engine, workers } = engineOf("serves");
  const bad = layer(1);
  const refused = engine.ask("forward", { ...bad, spec: { ...bad.spec, stride: [0, 1] } });
  await expect(refused).rejects.toBeInstanceOf(ConvError);
  await expect(refused).rejects.toMatchObject({ field: "stride.vertical" });
  await engine.ask("forward", layer(1));
  expect(workers.length).toBe(1);
});

test("a question that cannot be cloned is refused alone, and the next one is answered", async () => {
  const { engine } = engineOf("serves");
  const odd = { ...layer(1), note: () => 0 } as Layer;
  await expect(engine.ask("forward", odd)).rejects.toMatchObject({ name: "DataCloneError" });
  expect((await engine.ask("forward", layer(2))).y.data[0]).toBe(2);
});

test.each(["crashes", "garbles"] as const)(
  "a worker that %s is replaced and asked again",
  async (habit) => {
    const { engine, workers, statuses } = engineOf(habit, "serves");
    await until(() => workers[0]!.loaded);
    expect((await engine.ask("forward", layer(7))).y.data[0]).toBe(7);
    expect(workers.map((worker) => worker.terminated)).toEqual([true, false]);
    expect(statuses).toEqual(["ready", "busy", "restarting", "busy", "ready"]);
  },
);

test("after a crash only the newest question is asked again", async () => {
  const { engine, workers } = engineOf("crashes", "serves");
  const old = engine.ask("forward", layer(1));
  const newest = engine.ask("forward", layer(2));
  await expect(old).rejects.toBeInstanceOf(Superseded);
  expect((await newest).y.data[0]).toBe(2);
  expect(workers[1]!.asked.map(({ id }) => id)).toEqual([2]);
});

test("a worker that has been replaced is not listened to any more", async () => {
  const { engine, workers } = engineOf("crashes", "serves");
  await engine.ask("forward", layer(1));
  workers[0]!.fail("error");
  expect((await engine.ask("forward", layer(2))).y.data[0]).toBe(2);
  expect(workers.length).toBe(2);
});

test("each job has its own waiting place, and a question asked again comes before all that wait", async () => {
  const { engine, workers } = engineOf("crashes", "serves");
  const first = engine.ask("forward", layer(1));
  const other = engine.ask("other" as "forward", layer(2));
  expect((await first).y.data[0]).toBe(1);
  await expect(other).rejects.toMatchObject({ field: "job" });
  expect(workers[1]!.asked.map(({ id }) => id)).toEqual([1, 2]);
});

test("a question that kills two workers is given up; the next one starts a third", async () => {
  const { engine, workers, statuses } = engineOf("crashes", "crashes", "serves");
  await until(() => workers[0]!.loaded);
  const deadly = engine.ask("forward", layer(1));
  await expect(deadly).rejects.toBeInstanceOf(EngineStopped);
  await expect(deadly).rejects.toThrow(/^The engine .*\.$/);
  expect(statuses.at(-1)).toBe("stopped");
  expect(workers.length).toBe(2);
  expect((await engine.ask("forward", layer(2))).y.data[0]).toBe(2);
  expect(workers.length).toBe(3);
  expect(statuses.at(-1)).toBe("ready");
});

test("a worker that hangs is ended at its deadline, not before, and its question asked again", async () => {
  const { engine, workers } = engineOf("hangs", "serves");
  const answer = engine.ask("forward", layer(5));
  await until(() => workers[0]!.loaded);
  vi.advanceTimersByTime(3_999);
  expect(workers.length).toBe(1);
  vi.advanceTimersByTime(2);
  expect(workers[0]!.terminated).toBe(true);
  expect((await answer).y.data[0]).toBe(5);
});

test("a question that hangs twice is given up", async () => {
  const { engine, workers } = engineOf("hangs");
  const answer = engine.ask("forward", layer(5));
  answer.catch(() => {});
  for (const n of [0, 1]) {
    await until(() => workers[n]?.loaded === true);
    vi.advanceTimersByTime(4_001);
  }
  await expect(answer).rejects.toMatchObject({ name: "EngineStopped", reason: "hang" });
  expect(workers.every((worker) => worker.terminated)).toBe(true);
});

test("a deadline that passed while the page slept is granted anew", async () => {
  const { engine, workers } = engineOf("hangs");
  engine.ask("forward", layer(5)).catch(() => {});
  await until(() => workers[0]!.loaded);
  const now = vi.spyOn(performance, "now").mockReturnValue(60_000);
  vi.advanceTimersByTime(4_001);
  expect(workers[0]!.terminated).toBe(false);
  now.mockRestore();
});

test("a missing script is an EngineStopped that says so, loading error or silence", async () => {
  const missing = engineOf("missing");
  await expect(missing.engine.ask("forward", layer(1))).rejects.toMatchObject({
    reason: "missing",
    message: expect.stringContaining("could not be loaded"),
  });
  const silent = engineOf("never loads");
  const answer = silent.engine.ask("forward", layer(1));
  answer.catch(() => {});
  vi.advanceTimersByTime(29_999);
  expect(silent.workers.length).toBe(1);
  vi.advanceTimersByTime(30_002);
  await expect(answer).rejects.toMatchObject({ reason: "missing" });
});

test("a spawn that throws counts as a missing script, and is tried again once", async () => {
  const { spawn, workers } = spawner("serves");
  let tries = 0;
  const engine = createEngine(() => {
    tries += 1;
    if (tries < 3) throw new Error("no workers here");
    return spawn();
  });
  engines.push(engine);
  expect((await engine.ask("forward", layer(9))).y.data[0]).toBe(9);
  expect(tries).toBe(3);
  expect(workers[0]!.asked.length).toBe(1);
});

test("a worker that dies idle is replaced by the next question", async () => {
  const { engine, workers, statuses } = engineOf("serves");
  await engine.ask("forward", layer(1));
  workers[0]!.fail("error");
  expect(statuses.at(-1)).toBe("stopped");
  expect((await engine.ask("forward", layer(2))).y.data[0]).toBe(2);
  expect(workers.length).toBe(2);
});

test("a disposed engine rejects what is open, ends its worker and stays closed", async () => {
  const { engine, workers } = engineOf("hangs");
  const open = [engine.ask("forward", layer(1)), engine.ask("forward", layer(2))];
  engine.dispose();
  for (const call of open) await expect(call).rejects.toMatchObject({ reason: "disposed" });
  await expect(engine.ask("forward", layer(3))).rejects.toMatchObject({ reason: "disposed" });
  expect(workers.map((worker) => worker.terminated)).toEqual([true]);
});

test("a watcher that has left hears nothing more", async () => {
  const { engine } = engineOf("serves");
  const heard: EngineStatus[] = [];
  const leave = engine.onStatus((status) => heard.push(status));
  leave();
  await engine.ask("forward", layer(1));
  expect(heard).toEqual(["ready"]);
});

import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DIGITS, decodeDigits, digitsDataset } from "#engine";
import { nameOf } from "./lastRun.ts";
import { createLearner, type Learner } from "./learner.ts";
import type { RunShelf, ShelvedRun } from "./runShelf.ts";
import { spawner } from "./testing.ts";

const digits = readFileSync(new URL(`../../../public/${DIGITS.file}`, import.meta.url));
const data = digitsDataset(decodeDigits(new Uint8Array(digits)));

const learners: Learner[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
  for (const learner of learners.splice(0)) learner.dispose();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A shelf that holds what was put there, and counts it; `full`: it refuses. */
function shelfWith(first: ShelvedRun | null = null) {
  const shelf = { run: first, puts: 0, full: false };
  const doors: RunShelf = {
    take: async () => shelf.run,
    async put(run) {
      if (shelf.full) throw new Error("full");
      shelf.run = run;
      shelf.puts += 1;
    },
  };
  return { shelf, doors };
}

async function visit(doors: RunShelf) {
  const learner = createLearner({
    ...{ spawn: spawner(0).spawn, data, wait: turn, shelf: doors },
  });
  learners.push(learner);
  learner.begin("momentum", 4);
  await turn();
  const until = async (condition: () => boolean) => {
    while (!condition()) await turn();
  };
  const { getState } = learner.state;
  const step = async () => {
    const { step } = getState().run!;
    learner.once();
    await until(() => getState().run!.step === step + 1);
    await turn();
  };
  return { learner, getState, step, until, offered: () => learner.last.state.getState().offered };
}

test("a run that stands is put away once, and gone on with in the next visit to the same losses", async () => {
  const { shelf, doors } = shelfWith();
  const first = await visit(doors);
  expect(first.offered()).toBeNull();
  await first.step();
  await first.step();
  expect(shelf.puts).toBe(0); // it has not stood for long
  await vi.runAllTimersAsync();
  expect(shelf).toMatchObject({ puts: 1, run: { step: 2, images: DIGITS.name } });
  await vi.runAllTimersAsync();
  expect(shelf.puts).toBe(1);

  const second = await visit(doors);
  expect(second.offered()).toBe(shelf.run);
  await second.learner.last.goOn();
  expect(second.offered()).toBeNull();
  expect(second.getState()).toMatchObject({ preset: "momentum", seed: 4 });
  expect(second.getState().run!.step).toBe(2);
  expect(second.learner.last.isAtRisk()).toBe(false);
  await first.step();
  await second.step();
  expect(second.getState().metrics).toEqual(first.getState().metrics);
});

test("another run takes its place from its first step on, not before", async () => {
  const { shelf, doors } = shelfWith();
  const first = await visit(doors);
  await first.step();
  await first.learner.last.keep();
  const second = await visit(doors);
  second.learner.begin("default", 7);
  await vi.runAllTimersAsync();
  expect(second.offered()).not.toBeNull();
  await second.step();
  expect(second.offered()).toBeNull();
  await second.learner.last.keep();
  expect(shelf.run!.text).toContain('"seed": 7');
});

test("one that is gone back over stays as far as it came", async () => {
  const { shelf, doors } = shelfWith();
  const { learner, getState, step, until } = await visit(doors);
  await step();
  await step();
  await learner.last.keep();
  learner.goTo(1);
  await until(() => getState().run!.step === 1);
  await learner.last.keep();
  learner.goTo(0);
  await learner.last.keep();
  expect(shelf).toMatchObject({ puts: 1, run: { step: 2 } });
  expect(learner.last.isAtRisk()).toBe(false);
});

test("steps are at risk until they are put away, and where there is no room", async () => {
  const { shelf, doors } = shelfWith();
  const { learner, step } = await visit(doors);
  expect(learner.last.isAtRisk()).toBe(false);
  await step();
  expect(learner.last.isAtRisk()).toBe(true);
  shelf.full = true;
  await learner.last.keep();
  expect(learner.last.isAtRisk()).toBe(true);
  shelf.full = false;
  await learner.last.keep();
  expect(learner.last.isAtRisk()).toBe(false);
});

test("what cannot be opened stays on offer, and is told of", async () => {
  const bad = { text: "{}", at: 0, step: 3, images: "the digits" };
  const { learner, offered } = await visit(shelfWith(bad).doors);
  await learner.last.goOn();
  expect(offered()).toBe(bad);
  expect(learner.files.state.getState().network?.is).toBe("refused");
});

test("what is found on the shelf after the first step is not offered", async () => {
  let find = (_run: ShelvedRun) => {};
  const late = new Promise<ShelvedRun>((resolve) => {
    find = resolve;
  });
  const { doors } = shelfWith();
  const { learner, step } = await visit({ ...doors, take: () => late });
  await step();
  const offers: unknown[] = [];
  learner.last.state.subscribe(({ offered }) => offers.push(offered));
  find({ text: "{}", at: 0, step: 3, images: DIGITS.name });
  await turn();
  expect(offers).toEqual([]);
});

test("it is called by its time, and of another day by that, too", () => {
  const at = new Date(2026, 10, 22, 14, 32).getTime();
  expect(nameOf({ at }, new Date(2026, 10, 22, 23))).toBe("the run of 14:32");
  expect(nameOf({ at }, new Date(2026, 10, 23, 1))).toBe("the run of 22 November, 14:32");
});

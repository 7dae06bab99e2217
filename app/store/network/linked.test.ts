import { expect, test } from "vitest";
import { type Dataset, DIGITS, openingDocument, tensor } from "#engine";
import { LENSES } from "../../lenses/lenses.ts";
import { windowLens } from "../../lenses/window/index.ts";
import { PAGES } from "../../pages.ts";
import { addressOf, openAddress } from "../address.ts";
import { openLens, openPage } from "../openLens.ts";
import { createFigureStore } from "../state.ts";
import { createLearner } from "./learner.ts";
import { linkRun } from "./linked.ts";
import { spawner } from "./testing.ts";
import { beginningOf, RUN_WORDS, wordsOf } from "./words.ts";

const data: Dataset = {
  images: tensor([DIGITS.count, 1, 8, 8], new Float64Array(DIGITS.count * 64)),
  labels: new Uint8Array(DIGITS.count),
};

/** The page itself needs a browser. */
const pages = { network: { ...PAGES.network, load: async () => () => null } };

async function figure(link: string) {
  const first = { lens: "window", loaded: { window: windowLens } };
  const store = createFigureStore(LENSES, first, openingDocument(), pages);
  await openAddress(store, link);
  const learner = createLearner({ spawn: spawner(0).spawn, data });
  linkRun(store, learner);
  learner.dispose(); // nothing is trained here
  const words = async () => {
    const named = [...new URLSearchParams((await addressOf(store)).text)];
    return Object.fromEntries(named.filter(([name]) => Object.hasOwn(RUN_WORDS, name)));
  };
  const there = () => {
    const { preset, seed, run } = learner.state.getState();
    return { preset, seed, rate: run!.optimiser.lr };
  };
  const said = () => store.getState().notices.map(({ text }) => text);
  return { store, learner, words, there, said };
}

test("a run begins with what the link says", async () => {
  const { there, said, words } = await figure("?lens=network&preset=momentum&seed=7&rate=0.03");
  expect(there()).toEqual({ preset: "momentum", seed: 7, rate: 0.03 });
  expect(said()).toEqual([]);
  expect(await words()).toEqual({ preset: "momentum", seed: "7", rate: "0.03" });
});

test("where nothing is said, with the default; and a link says nothing of it", async () => {
  const { there, words } = await figure("?lens=network");
  expect(there()).toEqual({ preset: "default", seed: 1, rate: 0.1 });
  expect(await words()).toEqual({});
});

test("what is chosen goes into the link, the rate where it is not that of the preset", async () => {
  const { learner, words } = await figure("?lens=network");
  learner.begin("article", 12);
  expect(await words()).toEqual({ preset: "article", seed: "12" });
  learner.setRate(0.3);
  expect(await words()).toEqual({ preset: "article", seed: "12", rate: "0.3" });
});

test("a link that says what there is leaves the run; another begins anew", async () => {
  const { store, learner, there } = await figure("?lens=network&seed=3");
  const { run } = learner.state.getState();
  await openAddress(store, "?lens=network&seed=3&input=digit:2");
  expect(learner.state.getState().run).toBe(run);
  await openAddress(store, "?lens=network&seed=4");
  expect(there()).toEqual({ preset: "default", seed: 4, rate: 0.1 });
});

test("a lens has none of these words, and the run is as it was when the page is opened again", async () => {
  const { store, learner, words } = await figure("?lens=network&seed=3");
  const { run } = learner.state.getState();
  await openLens(store, "delta");
  expect(await words()).toEqual({});
  await openAddress(store, "?lens=rotate&input=digit:2");
  await openPage(store, "network");
  expect(await words()).toEqual({ seed: "3" });
  expect(learner.state.getState().run).toBe(run);
});

test.each([
  ["preset=momentun", "“preset=momentun” is left out: ", "momentum"],
  ["seed=-1", "“seed=-1” is left out: ", "a whole number from 0 to 999999"],
  ["seed=1.5", "“seed=1.5” is left out: ", "a whole number"],
  ["rate=0", "“rate=0” is left out: ", "a number above 0"],
  ["rate=fast", "“rate=fast” is left out: ", "a number above 0"],
])("of %s one sentence says what is wrong, and the rest holds", async (word, what, accepted) => {
  const [name] = word.split("=");
  const others = ["preset=padding", "seed=5", "rate=0.3"].filter((w) => !w.startsWith(name!));
  const { said, there } = await figure(`?lens=network&${[...others, word].join("&")}`);
  expect(said().length).toBe(1);
  expect(said()[0]).toContain(what);
  expect(said()[0]).toContain(accepted);
  const wanted = beginningOf(
    Object.fromEntries(others.map((w) => w.split("=") as [string, string])),
  );
  expect(there()).toEqual(wanted);
});

test("a lens knows none of these words", async () => {
  const { said } = await figure("?lens=window&seed=5");
  expect(said()[0]).toContain("“seed” is not a word of this address");
});

test("words and beginnings are each other’s", () => {
  for (const beginning of [
    { preset: "default", seed: 1, rate: 0.1 },
    { preset: "rate-1", seed: 0, rate: 0.1 },
    { preset: "max-pooling", seed: 999_999, rate: 1e-3 },
  ] as const)
    expect(beginningOf(wordsOf(beginning))).toEqual(beginning);
});

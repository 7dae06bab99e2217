import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  backward,
  type Document,
  forward,
  type Layer,
  readAddress,
  setCells,
  setKernelWord,
  setTraining,
  type Upstream,
  type WorkerPort,
} from "#engine";
import type { Lens } from "../lenses/lens.ts";
import { windowLens } from "../lenses/window/index.ts";
import { runEngine } from "./compute.ts";
import type { FigureStore, Lenses } from "./figureState.ts";
import { learns } from "./learns.ts";
import { createFigureStore, redo, undo } from "./state.ts";
import { type Trainer, trainerOf } from "./training.ts";

const LOADED: Readonly<Record<string, Lens>> = {
  window: windowLens,
  update: { ...windowLens, needsBack: true },
};
const ROWS: Lenses = {
  window: { label: "Window", group: "forward", load: async () => LOADED.window! },
  update: { label: "Update", group: "learn", load: async () => LOADED.update! },
};

interface Whole {
  readonly layer: Layer;
  readonly upstream: Upstream;
  readonly training: Document["training"];
}

/** A worker without a thread: the jobs of a figure, answered by the engine a moment later. */
function worker(): WorkerPort {
  let tell: (event: Event) => void = () => {};
  const answer = ({ job, question }: { job: string; question: unknown }) => {
    if (job === "forward") return forward(question as Layer);
    if (job !== "answer") return null;
    const { layer, upstream, training } = question as Whole;
    const way = forward(layer);
    return { ...way, back: backward(layer, way, upstream, training) };
  };
  const send = (data: object) => queueMicrotask(() => tell(new MessageEvent("message", { data })));
  return {
    postMessage: (message) => send({ id: message.id, answer: answer(message) }),
    terminate: () => {},
    addEventListener(type, listener) {
      if (type !== "message") return;
      tell = listener;
      send({ ready: true });
    },
  };
}

const LINK = "input=digit:7&kernel=random:3x3:seed=4&stride=2&padding=1";
const SOBEL = [-1, 0, 1, -2, 0, 2, -1, 0, 1];

let store: FigureStore;
let trainer: Trainer;
let stop: () => void;

async function open(lens: string, link: string): Promise<Document> {
  const { document, problems } = await readAddress(link);
  expect(problems).toEqual([]);
  store = createFigureStore(ROWS, { lens, loaded: LOADED }, document);
  stop = runEngine(store, worker);
  trainer = trainerOf(store);
  await until(() => store.getState().answered?.document === document);
  return document;
}

async function until(holds: () => boolean): Promise<void> {
  await vi.waitUntil(holds, { timeout: 20_000, interval: 1 });
}

const ended = () => until(() => store.getState().learning !== "running");
const weights = () => [...store.getState().document.kernel.tensor.data];
const made = () => store.getState().document.training?.motion?.updates ?? 0;
const pasts = () => store.temporal.getState().pastStates.length;
const said = () => trainer.state.getState().ending?.text ?? "";

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", (call: () => void) => setTimeout(call, 0));
  vi.stubGlobal("cancelAnimationFrame", clearTimeout);
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

describe("once", () => {
  test("makes one update, says what it did, and is one step to take back", async () => {
    const before = await open("update", `${LINK}&delta=kernel:sobel-x`);
    const { back } = store.getState().answered!.answer;
    trainer.once();
    await ended();
    expect(weights()).toEqual([...back!.update.w.after.parameters.data]);
    expect(made()).toBe(1);
    expect(said()).toMatch(/^Update 1: the loss fell from \d+(\.\d+)? to \d+(\.\d+)?\.$/);
    trainer.once();
    await ended();
    expect(made()).toBe(2);
    expect(pasts()).toBe(2);
    expect(trainer.state.getState().losses).toHaveLength(3);
    undo(store);
    undo(store);
    expect(store.getState().document).toBe(before);
  });

  test("works in a lens that does not show the way back, and without a target", async () => {
    await open("window", `${LINK}&delta=ones`);
    expect(store.getState().answered!.answer.back).toBeNull();
    expect(learns(store.getState())).toBe(false);
    trainer.once();
    await ended();
    expect(made()).toBe(1);
    expect(learns(store.getState())).toBe(true);
  });

  test("says when the loss grew", async () => {
    await open("update", `${LINK}&delta=kernel:sobel-x&sgd=torch:lr=0.1`);
    trainer.once();
    await ended();
    expect(said()).toMatch(/the loss grew .* Try a smaller step length\.$/);
  });
});

describe("again", () => {
  test("from random weights to Sobel, whatever lens is open; the run is one step to take back", async () => {
    const before = await open("window", `${LINK}&delta=kernel:sobel-x`);
    trainer.again();
    await ended();
    expect(said()).toMatch(/^Converged after \d+ updates: the loss is .* as good as 0\.$/);
    for (const [i, w] of weights().entries()) expect(w).toBeCloseTo(SOBEL[i]!, 2);
    const { losses } = trainer.state.getState();
    expect(losses).toHaveLength(made() + 1);
    expect(losses.at(-1)).toBeLessThan(1e-6 * losses[0]!);
    expect(pasts()).toBe(1);
    const found = store.getState().document;
    undo(store);
    expect(store.getState().document).toBe(before);
    redo(store);
    expect(store.getState().document).toBe(found);
  });

  test("stops where it is told to, and goes on with its velocity", async () => {
    await open("update", `${LINK}&delta=kernel:sobel-x`);
    trainer.again();
    await until(() => made() >= 3);
    trainer.stop();
    await ended();
    const updates = made();
    expect(trainer.state.getState().losses).toHaveLength(updates + 1);
    expect(said()).toMatch(/^Stopped after \d+ updates: the loss is /);
    await new Promise((done) => setTimeout(done, 20));
    expect(made()).toBe(updates);
    trainer.again();
    await until(() => made() > updates);
    trainer.stop();
    await ended();
    expect(trainer.state.getState().losses).toHaveLength(made() + 1);
    expect(pasts()).toBe(2);
  });

  test("goes on while the picture is drawn, which is a step of its own to take back", async () => {
    await open("update", `${LINK}&delta=kernel:sobel-x`);
    trainer.again();
    await until(() => made() >= 2);
    store.getState().change((document) => setCells(document, "X", [0], 7));
    const then = made();
    await until(() => made() > then + 2);
    expect(store.getState().learning).toBe("running");
    expect(pasts()).toBe(2);
    trainer.stop();
  });

  test("stops where the weights become others: by hand, by undo, by another document", async () => {
    await open("update", `${LINK}&delta=kernel:sobel-x`);
    for (const other of [
      () => store.getState().change((document) => setKernelWord(document, "random:3x3:seed=9")),
      () => undo(store),
      () => store.getState().open(setKernelWord(store.getState().document, "box"), {}),
    ]) {
      trainer.again();
      const begun = made();
      await until(() => made() >= begun + 2);
      other();
      expect(store.getState().learning).not.toBe("running");
      await until(() => store.getState().answered!.document === store.getState().document);
    }
    expect(learns({ ...store.getState(), lens: "window" })).toBe(false); // another document was opened
  });

  test("stops before anything runs away", async () => {
    await open("update", `${LINK}&delta=kernel:sobel-x&sgd=torch:lr=0.5`);
    trainer.again();
    await ended();
    expect(trainer.state.getState().ending?.tone).toBe("problem");
    expect(said()).toMatch(/try a smaller step length\.$/i);
    expect(weights().every(Number.isFinite)).toBe(true);
    store.getState().change((document) => setTraining(document, { lr: 1e308 }));
    trainer.again();
    await ended();
    expect(said()).toMatch(/try a smaller step length\.$/i);
    expect(weights().every(Number.isFinite)).toBe(true);
  });

  test.each([
    ["delta=kernel:sobel-x&kernel=sobel-x", "There is nothing to learn: Y is the target already."],
    [
      "delta=kernel:sobel-x&kernel=zeros:3x3&bias=-1&activation=relu",
      "Every gate is shut: no gradient gets through, and nothing is learnt from here.",
    ],
    ["delta=kernel:sobel-x&kernel=box&sgd=torch:lr=0", "The step length is 0: nothing moves."],
  ])("ends at once where there is nothing to do: %s", async (words, text) => {
    await open("update", `input=digit:7&${words}`);
    trainer.again();
    await ended();
    expect(said()).toBe(text);
    expect(made()).toBe(0);
  });

  test("a target out of reach is come as near to as can be", async () => {
    await open("update", "input=digit:7&kernel=random:2x2:seed=4&padding=1&delta=image:disc:9x9");
    trainer.again();
    await ended();
    expect(said()).toMatch(/the gradient is as good as 0, and the loss stays at \d/);
  });
});

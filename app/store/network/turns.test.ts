import { expect, test } from "vitest";
import { createLearningStore, type LearningState } from "./state.ts";
import { createTurns } from "./turns.ts";

/** Three parts of a page whose frames, clock and person are told what to do. */
function page(change: Partial<LearningState> = {}) {
  const state = createLearningStore();
  state.setState({ pace: "fastest", ...change });
  const told = { frames: [] as (() => void)[], now: 0, cost: 1, answering: false };
  const turns = createTurns(state, {
    frame: (then) => told.frames.push(then),
    isAnswering: () => told.answering,
    now: () => told.now,
    draw(show) {
      show();
      told.now += told.cost;
    },
  });
  const parts = [turns(), turns(), turns()];
  const leave = parts.map((part) => part.join());
  return {
    ...{ state, told, parts, leave },
    /** What each part shows: how many held-out points there are. */
    shown: () => parts.map((part) => part.state.getState().heldOut.length),
    frame: () => told.frames.shift()?.(),
    /** The run comes to another point of its curve. */
    comes: (points: number) =>
      state.setState({ heldOut: Array.from({ length: points }, (_, step) => point(step)) }),
  };
}

const point = (step: number) => ({ step, loss: 1, accuracy: 0 });

test("as fast as it goes one part a frame is shown, in turn, each as the run stands by then", () => {
  const { shown, frame, comes, told } = page();
  comes(1);
  expect(shown()).toEqual([0, 0, 0]);
  frame();
  expect(shown()).toEqual([1, 0, 0]);
  comes(2);
  frame();
  expect(shown()).toEqual([1, 2, 0]);
  frame();
  frame();
  expect(shown()).toEqual([2, 2, 2]);
  expect(told.frames).toEqual([]); // no frame is asked for while nothing waits
});

test("parts that take no time go together, and as many as fit where frames are shared", () => {
  const quick = page();
  quick.told.cost = 0.1;
  quick.comes(1);
  quick.frame();
  expect(quick.shown()).toEqual([1, 1, 1]);
  const fast = page({ pace: "fast" });
  fast.told.cost = 3;
  fast.comes(1);
  fast.frame();
  expect(fast.shown()).toEqual([1, 1, 0]);
});

test("a run that stands is shown whole at once, and one that is followed step by step", () => {
  for (const pace of [null, "slow"] as const) {
    const { shown, comes, told } = page({ pace });
    comes(1);
    expect(shown()).toEqual([1, 1, 1]);
    expect(told.frames).toEqual([]);
  }
});

test("a pause and all else that a person does is seen at once, with what had waited", () => {
  const orders = [{ pace: null }, { sample: 3 }, { seed: 2 }] satisfies Partial<LearningState>[];
  for (const order of orders) {
    const { state, shown, comes, frame } = page();
    comes(1);
    state.setState(order);
    expect(shown()).toEqual([1, 1, 1]);
    frame(); // that had been asked for
    expect(shown()).toEqual([1, 1, 1]);
  }
});

test("what a person does is answered first, but not for ever", () => {
  const { shown, comes, frame, told } = page();
  comes(1);
  told.answering = true;
  for (let i = 0; i < 6; i++) frame();
  expect(shown()).toEqual([0, 0, 0]);
  frame();
  expect(shown()).toEqual([1, 0, 0]);
  told.answering = false;
  frame();
  expect(shown()).toEqual([1, 1, 0]);
});

test("a part that has left is not drawn; one that comes later shows what there is", () => {
  const { parts, leave, shown, comes, frame } = page();
  comes(1);
  leave[0]!();
  frame();
  frame();
  expect(shown()).toEqual([0, 1, 1]);
  leave[1]!();
  leave[2]!();
  comes(2);
  frame();
  expect(shown()).toEqual([0, 1, 1]);
  parts[0]!.join();
  expect(shown()).toEqual([2, 1, 1]);
});

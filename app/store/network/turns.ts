import { createStore } from "zustand/vanilla";
import { PACES } from "./paces.ts";
import type { LearningState, LearningStore } from "./state.ts";

/** What a run comes to by itself. All else is what a person does, and is seen at once. */
const COMES: readonly (keyof LearningState)[] = [
  ...(["run", "metrics", "heldOut", "history", "last", "look"] as const),
];

/** So many frames in a row go by without a part, while one key follows the other. */
const MOST_GIVEN_WAY = 6;

/** A part of the page: the run as it shows it. */
export interface Part {
  readonly state: LearningStore;
  /** From now on it is kept up with the run, until it is told to leave. */
  readonly join: () => () => void;
}

/** Makes a part of the page. */
export type Turns = () => Part;

export interface TurnsOptions {
  /** Calls back in the next frame of the screen. */
  readonly frame: (then: () => void) => void;
  /** Whether a person has done something since the frame before: that is answered first. */
  readonly isAnswering: () => boolean;
  readonly now: () => number;
  /** Runs what changes a part, and has it drawn before it returns. */
  readonly draw: (change: () => void) => void;
}

/**
 * Shows a run part by part while it goes: each frame of the screen as many parts of the page as its pace allows, those
 * that have waited longest first, each as the run stands by then. A key that is pressed meanwhile waits for one part at
 * most, and not for all. A run that stands is shown whole, at once.
 */
export function createTurns(state: LearningStore, options: TurnsOptions): Turns {
  const { frame, isAnswering, now, draw } = options;
  const here = new Set<LearningStore>();
  /** Those that show the run as it was, longest waiting first. */
  const waiting = new Set<LearningStore>();
  let asked = false;
  let givenWay = 0;

  function show(part: LearningStore): void {
    waiting.delete(part);
    part.setState(state.getState(), true);
  }

  function showSome(): void {
    givenWay = isAnswering() && givenWay < MOST_GIVEN_WAY ? givenWay + 1 : 0;
    if (givenWay > 0) return;
    const end = now() + shareOf(state.getState());
    for (const part of [...waiting]) {
      draw(() => show(part));
      if (now() >= end) return;
    }
  }

  function askForFrame(): void {
    if (asked || waiting.size === 0) return;
    asked = true;
    frame(() => {
      asked = false;
      showSome();
      askForFrame();
    });
  }

  function follow(after: LearningState, before: LearningState): void {
    const keys = Object.keys(after) as (keyof LearningState)[];
    const isOrder = keys.some((key) => !COMES.includes(key) && after[key] !== before[key]);
    if (isOrder || shareOf(after) === Number.POSITIVE_INFINITY) {
      for (const part of here) show(part);
      return;
    }
    for (const part of here) waiting.add(part);
    askForFrame();
  }

  let stopFollowing = () => {};
  return () => {
    const shown = createStore<LearningState>(() => state.getState());
    return {
      state: shown,
      join() {
        if (here.size === 0) stopFollowing = state.subscribe(follow);
        here.add(shown);
        show(shown);
        return () => {
          here.delete(shown);
          waiting.delete(shown);
          if (here.size === 0) stopFollowing();
        };
      },
    };
  };
}

/** Milliseconds of a frame that parts may take. */
function shareOf({ pace }: LearningState): number {
  return pace === null ? Number.POSITIVE_INFINITY : PACES[pace].share;
}

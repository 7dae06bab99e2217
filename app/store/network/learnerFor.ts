import { fetchDigits } from "../../sources/digits.ts";
import type { FigureStore } from "../figureState.ts";
import { spawn } from "../spawn.ts";
import { createLearner, type Learner } from "./learner.ts";
import { linkRun } from "./linked.ts";
import { runShelf } from "./runShelf.ts";

const learners = new WeakMap<FigureStore, Promise<Learner>>();

/** The one learner of a figure: its run stands where it stood, whatever has been looked at since. */
export function learnerFor(store: FigureStore): Promise<Learner> {
  const known = learners.get(store);
  if (known) return known;
  const made = fetchDigits().then((data) => {
    const learner = createLearner({ spawn, data, shelf: runShelf });
    linkRun(store, learner);
    return learner;
  });
  learners.set(store, made);
  made.catch(() => learners.delete(store)); // with a connection they can be had later
  return made;
}

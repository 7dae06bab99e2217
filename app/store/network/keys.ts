import type { FigureStore } from "../figureState.ts";
import type { Learner } from "./learner.ts";
import { learnerFor } from "./learnerFor.ts";

/** To a step of the run, by the step it stands at and the number of those that were taken. */
const goTo = (where: (step: number, steps: number) => number) => (learner: Learner) => {
  const { run, metrics } = learner.state.getState();
  learner.goTo(where(run!.step, metrics.length));
};

const ORDERS = {
  toggle: (learner: Learner) => learner.toggle(),
  once: (learner: Learner) => learner.once(),
  back: goTo((step) => step - 1),
  first: goTo(() => 0),
  last: goTo((_step, steps) => steps),
} as const;

/** What a key tells the run. */
export type Order = keyof typeof ORDERS;

export async function tell(store: FigureStore, order: Order): Promise<void> {
  ORDERS[order](await learnerFor(store));
}

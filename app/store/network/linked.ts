import type { FigureStore } from "../figureState.ts";
import type { Learner } from "./learner.ts";
import { type Beginning, beginningOf, wordsOf } from "./words.ts";

/** The page under whose name the words of a run stand. */
const PAGE = "network";

const isSame = (a: Beginning, b: Beginning) =>
  a.preset === b.preset && a.seed === b.seed && a.rate === b.rate;

/**
 * Begins with what the link says, and keeps the two alike: what is chosen here goes into the link, and a link that is
 * opened begins anew. One that says what there is already leaves the run where it stands.
 */
export function linkRun(store: FigureStore, learner: Learner): void {
  const asked = () => beginningOf(store.getState().pageWords[PAGE] ?? {});
  const there = (): Beginning => {
    const { preset, seed, run } = learner.state.getState();
    return { preset, seed, rate: run!.optimiser.options.lr };
  };
  const begin = ({ preset, seed, rate }: Beginning) => learner.begin(preset, seed, rate);
  begin(asked());
  learner.state.subscribe((now, before) => {
    if (now.run === before.run || isSame(asked(), there())) return;
    const { pageWords } = store.getState();
    store.setState({ pageWords: { ...pageWords, [PAGE]: wordsOf(there()) } });
  });
  store.subscribe((now, before) => {
    if (now.pageWords !== before.pageWords && !isSame(asked(), there())) begin(asked());
  });
}

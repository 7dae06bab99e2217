import type { FigureState, FigureStore } from "./figureState.ts";
import { lensOf, slotOfState, stepOf, stepsOf } from "./followed.ts";

/** How many positions playback has: steps, or the products of all steps. */
export function positions(state: FigureState): number {
  const slots =
    state.slot === null || !state.answered ? 1 : lensOf(state).slots(state.answered.geometry);
  return stepsOf(state) * slots;
}

/** Where playback stands among its positions, from 0. */
export function positionOf(state: FigureState): number {
  const slot = slotOfState(state);
  if (slot === null || !state.answered) return stepOf(state);
  return stepOf(state) * lensOf(state).slots(state.answered.geometry) + slot;
}

/** Goes to a position; one beyond either end is the end. Something pinned stays pinned. */
export function goTo(store: FigureStore, position: number): void {
  const state = store.getState();
  const at = Math.max(0, Math.min(positions(state) - 1, Math.round(position)));
  if (state.slot === null || !state.answered) store.setState({ step: at });
  else {
    const slots = lensOf(state).slots(state.answered.geometry);
    store.setState({ step: Math.floor(at / slots), slot: at % slots });
  }
}

export function stepBy(store: FigureStore, by: number): void {
  goTo(store, positionOf(store.getState()) + by);
}

/** To the same place in the next row of what is walked; at the ends it stays. */
export function rowBy(store: FigureStore, by: number): void {
  const state = store.getState();
  if (!state.answered) return;
  const { geometry } = state.answered;
  const { walk, walks } = lensOf(state);
  // where biases follow the weights, the walk itself has no rows
  const across = walks === "W" ? geometry.columns.k : walk(geometry).at(-1)!;
  const step = stepOf(state) + by * across;
  if (step >= 0 && step < stepsOf(state)) store.setState({ step });
}

/** Steps through every product of a step, or through whole steps again. */
export function toggleProducts(store: FigureStore): void {
  store.setState((state) => ({ slot: state.slot === null ? 0 : null }));
}

/** Starts or stops; at the end it starts from the beginning. */
export function togglePlay(store: FigureStore): void {
  const state = store.getState();
  if (!state.playing && positionOf(state) === positions(state) - 1) goTo(store, 0);
  store.setState({ playing: !state.playing });
}

/**
 * The clock: while a figure plays, one step every 1/speed seconds, at most one a frame of the screen.
 * Returns how to stop it.
 */
export function runPlayback(store: FigureStore): () => void {
  let request = 0;
  let last = 0;
  const tick = (now: number) => {
    const state = store.getState();
    const due = 1000 / state.speed;
    // half a frame early is on time: the next frame would be late
    if (now - last >= due - 8) {
      // on the beat, so that frames do not add up to a slower one; what was missed is not caught up with
      last = now - last < 2 * due ? last + due : now;
      const end = positionOf(state) >= positions(state) - 1;
      if (!end) stepBy(store, 1);
      else if (state.loop) goTo(store, 0);
      else store.setState({ playing: false });
    }
    request = store.getState().playing ? requestAnimationFrame(tick) : 0;
  };
  const stop = store.subscribe((now, before) => {
    if (now.playing === before.playing) return;
    cancelAnimationFrame(request);
    last = performance.now();
    request = now.playing ? requestAnimationFrame(tick) : 0;
  });
  return () => {
    stop();
    cancelAnimationFrame(request);
  };
}

import type { CellRef } from "#engine";
import { focusOf, planeOf, slotOfCell, stepAfter, stepOfCell } from "../lenses/focus.ts";
import type { Lens } from "../lenses/lens.ts";
import { fetchLens, fetchPage } from "./fetchLens.ts";
import type { FigureState, FigureStore, Trail } from "./figureState.ts";
import { lensOf, stepOf } from "./followed.ts";
import { frameOf } from "./frame.ts";

/**
 * Opens a lens with the same output, pixel or weight in focus: the step goes where that stands in its walk, and what
 * is pinned stays pinned. With a `pin`, that cell is pinned instead and the step goes to it.
 */
export async function openLens(
  store: FigureStore,
  name: string,
  pin: CellRef | null = null,
): Promise<void> {
  store.setState({ opening: name });
  const isHere = await fetchLens(store, name);
  if (store.getState().opening !== name) return; // another was chosen since
  store.setState(isHere ? { opening: null, page: null } : { opening: null });
  if (!isHere) return;
  const state = store.getState();
  const lens = state.loaded[name]!;
  if (name === state.lens && !pin) return;
  const trail = trailOf(state, pin);
  if (!trail) {
    store.setState({ lens: name, hovered: null, trail: null });
    return;
  }
  const pinned = pin ?? state.pinned;
  const place = trail.places[name] ?? { ...arrival(state, lens, trail), pinned };
  store.setState({
    lens: name,
    hovered: null,
    ...place,
    trail: { ...trail, places: { ...trail.places, [name]: place } },
  });
}

/** Opens a page before the figure, which stands still behind it; a lens, when it is opened, takes its place. */
export async function openPage(store: FigureStore, page: string): Promise<void> {
  store.setState({ opening: page });
  const isHere = await fetchPage(store, page);
  if (store.getState().opening !== page) return; // another was chosen since
  store.setState({ opening: null });
  if (isHere) store.setState({ page, playing: false, hovered: null });
}

/** Where a lens stands that has not shown this focus before. */
function arrival(state: FigureState, lens: Lens, { ref }: Trail) {
  const { geometry } = state.answered!;
  return {
    step: stepOfCell(lens, geometry, ref, state.options) ?? 0,
    slot: state.slot === null ? null : slotOfCell(lens, geometry, ref),
    channel: lens.walks === lensOf(state).walks ? state.channel : planeOf(lens, geometry, ref),
  };
}

/**
 * Makes a choice of a switch; the same stays in focus. Where else a focus has been is forgotten: a switch may order
 * the walks of several lenses.
 */
export function chooseOption(store: FigureStore, name: string, choice: string): void {
  const state = store.getState();
  const options = { ...state.options, [name]: choice };
  const step = stepOf(state);
  const { geometry } = state.answered ?? {};
  const to = geometry ? stepAfter(lensOf(state), geometry, step, state.options, options) : step;
  store.setState({ options, trail: null, ...(to === step ? {} : { step: to }) });
}

/** The focus to take along: that of the last change, unless something else has been looked at since. */
function trailOf(state: FigureState, pin: CellRef | null): Trail | null {
  const { trail, lens, step, slot, pinned, channel, answered } = state;
  if (!answered) return null;
  const { document } = answered;
  if (pin) return { document, ref: pin, places: {} };
  const left = trail?.places[lens];
  const unmoved = left?.step === step && left.slot === slot && left.pinned === pinned;
  if (trail?.document === document && unmoved) return trail;
  const frame = frameOf({ ...state, hovered: null });
  const ref = frame && focusOf(lensOf(state), frame);
  return ref && { document, ref, places: { [lens]: { step, slot, pinned, channel } } };
}

import { ravel, unravel } from "#engine";
import { useFigure } from "../store/context.ts";
import { frameOf } from "../store/frame.ts";
import { type FigureState, type FigureStore, lensOf, stepOf } from "../store/state.ts";

/** Whether the open lens walks the outputs, so that a step is a sample, a filter and a place. */
function walksOutputs(state: FigureState): boolean {
  if (!state.answered) return false;
  const { geometry } = state.answered;
  return lensOf(state).walk(geometry).join() === geometry.shapes.Y.join();
}

/** Flat index of the output the step stands at, hovering aside; the first where a lens shows none. */
function outputOf(state: FigureState): number {
  if (walksOutputs(state)) return stepOf(state);
  const frame = frameOf({ ...state, hovered: null, pinned: null });
  return (frame && lensOf(state).output(frame)?.y) ?? 0;
}

function coordinatesOf(state: FigureState): readonly number[] {
  if (!state.answered) return [0, 0, 0, 0];
  return unravel(state.answered.geometry.shapes.Y, outputOf(state));
}

/** A count that the picture may not have caught up with yet. */
function within(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}

/** The sample the step stands in. */
export function sampleOf(state: FigureState): number {
  return within(coordinatesOf(state)[0]!, state.document.input.tensor.shape[0]!);
}

/** The filter the step stands in. */
export function filterOf(state: FigureState): number {
  return within(coordinatesOf(state)[1]!, state.document.kernel.tensor.shape[0]!);
}

/** The first of the in-channels that the filter reads, and how many they are: C / groups. */
export function channelsOfFilter(state: FigureState): {
  readonly first: number;
  readonly depth: number;
} {
  const { kernel, settings } = state.document;
  const [F, depth] = kernel.tensor.shape as [number, number];
  return { first: Math.floor((filterOf(state) * settings.groups) / F) * depth, depth };
}

/** The in-channel shown: the one chosen, or the nearest that the filter reads. */
export function channelOf(state: FigureState): number {
  const { first, depth } = channelsOfFilter(state);
  return first + within(state.channel - first, depth);
}

/** Goes to the same place of another sample or filter. */
export function goToPlane(
  store: FigureStore,
  to: { readonly n?: number; readonly f?: number },
): void {
  const state = store.getState();
  if (!state.answered || !walksOutputs(state)) return;
  const { Y } = state.answered.geometry.shapes;
  const [n, f, oh, ow] = unravel(Y, stepOf(state)) as [number, number, number, number];
  store.setState({ step: ravel(Y, [to.n ?? n, to.f ?? f, oh, ow]) });
}

export function useFilter(): number {
  return useFigure(filterOf);
}

export function useChannel(): number {
  return useFigure(channelOf);
}

/** Whether sample and filter can be chosen: whether they are where the step is. */
export function useCanMove(): boolean {
  return useFigure(walksOutputs);
}

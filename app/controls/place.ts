import { ravel, sizeOf, TENSORS, unravel } from "#engine";
import { useFigure } from "../store/context.ts";
import type { FigureState, FigureStore } from "../store/figureState.ts";
import { lensOf, slotOfState, stepOf } from "../store/followed.ts";
import { frameOf } from "../store/frame.ts";

/** Whether the open lens walks the outputs, so that a step is a sample, a filter and a place. */
function walksOutputs(state: FigureState): boolean {
  if (!state.answered || lensOf(state).walks) return false;
  const { geometry } = state.answered;
  return lensOf(state).walk(geometry).join() === geometry.shapes.Y.join();
}

/** Whether it walks the cells of X, so that a step is a sample, a channel and a place. */
function walksInputs(state: FigureState): boolean {
  return lensOf(state).walks === "X";
}

/** Whether it walks the weights (and after them the biases), so that a step is a filter, a channel and a place. */
function walksWeights(state: FigureState): boolean {
  return lensOf(state).walks === "W";
}

/** Filter and channel, row and column of the weight the step stands at; of a bias the filter, and nothing else. */
function weightOf(state: FigureState): readonly [f: number, c: number, kh: number, kw: number] {
  if (!state.answered) return [0, 0, 0, 0];
  const { W } = state.answered.geometry.shapes;
  const bias = stepOf(state) - sizeOf(W);
  if (bias >= 0) return [bias, 0, 0, 0];
  return unravel(W, stepOf(state)) as [number, number, number, number];
}

/** Where weights are walked: the sample of the product that playback stands at, else the one chosen. */
function sampleOfProduct(state: FigureState): number {
  const slot = slotOfState(state);
  if (slot === null || !state.answered) return state.channel;
  const { rows, columns } = state.answered.geometry;
  return Math.floor(slot / (rows.out * columns.out));
}

/** Shows another sample where weights are walked; where products are, goes to the same one there. */
function goToSample(store: FigureStore, n: number): void {
  const state = store.getState();
  const slot = slotOfState(state);
  const { rows, columns } = state.answered!.geometry;
  const area = rows.out * columns.out;
  store.setState({ channel: n, slot: slot === null ? null : n * area + (slot % area) });
}

/** Goes to the same weight of another filter or channel; a bias has no channel. */
function goToWeight(store: FigureStore, to: { readonly f?: number; readonly c?: number }): void {
  const state = store.getState();
  if (!state.answered) return;
  const { W } = state.answered.geometry.shapes;
  const [f, c, kh, kw] = weightOf(state);
  const isBias = stepOf(state) >= sizeOf(W);
  if (!isBias) store.setState({ step: ravel(W, [to.f ?? f, to.c ?? c, kh, kw]) });
  else if (to.f !== undefined) store.setState({ step: sizeOf(W) + to.f });
}

/** The output whose sum the step is about, hovering aside; null where it is about no one filter. */
function outputOfStep(state: FigureState): number | null {
  if (walksOutputs(state)) return stepOf(state);
  const frame = frameOf({ ...state, hovered: null, pinned: null });
  return (frame && lensOf(state).output(frame)?.y) ?? null;
}

/** Flat index of the output the step stands at, or that stands for what it is about; the first where there is none. */
function outputOf(state: FigureState): number {
  const y = outputOfStep(state);
  if (y !== null || !state.answered) return y ?? 0;
  const ref = lensOf(state).focus?.(state.answered.geometry, stepOf(state), state.options);
  return ref && TENSORS[ref.tensor].kind === "Y" ? ref.index : 0;
}

/** Whether the step is about no one filter, nor any one channel: a window of all channels. */
function isAboutWindows(state: FigureState): boolean {
  return !walksInputs(state) && !walksWeights(state) && outputOfStep(state) === null;
}

/** Sample and filter of the output, or sample and channel of the input, that the step stands at. */
function coordinatesOf(state: FigureState): readonly number[] {
  if (!state.answered) return [0, 0, 0, 0];
  const { X, Y } = state.answered.geometry.shapes;
  return walksInputs(state) ? unravel(X, stepOf(state)) : unravel(Y, outputOf(state));
}

/** A count that the picture may not have caught up with yet. */
function within(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}

/** The sample the step stands in; where weights are walked, which meet all of them, the one chosen. */
export function sampleOf(state: FigureState): number {
  const n = walksWeights(state) ? sampleOfProduct(state) : coordinatesOf(state)[0]!;
  return within(n, state.document.input.tensor.shape[0]!);
}

/**
 * The filter the step stands in; where inputs are walked, the one chosen, or the nearest that reads the channel; where
 * windows are, the first that does.
 */
export function filterOf(state: FigureState): number {
  const F = state.document.kernel.tensor.shape[0]!;
  if (walksWeights(state)) return within(weightOf(state)[0], F);
  if (isAboutWindows(state)) return filterOfChannel(state);
  if (!walksInputs(state)) return within(coordinatesOf(state)[1]!, F);
  const { first, count } = filtersOfChannel(state);
  return first + within(state.channel - first, count);
}

/** The first of the filters that read the channel chosen. */
function filterOfChannel({ document: { input, kernel, settings }, channel }: FigureState): number {
  const [F, depth] = kernel.tensor.shape as [number, number];
  const c = within(channel, input.tensor.shape[1]!);
  return Math.floor(c / depth) * (F / settings.groups);
}

/** The first of the filters that read the channel the step stands in, and how many they are: F / groups. */
function filtersOfChannel(state: FigureState): {
  readonly first: number;
  readonly count: number;
} {
  const { kernel, settings } = state.document;
  const [F, depth] = kernel.tensor.shape as [number, number];
  const count = F / settings.groups;
  return { first: Math.floor(channelOf(state) / depth) * count, count };
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

/** The in-channel shown: that of the step, else the one chosen, or the nearest that the filter reads. */
export function channelOf(state: FigureState): number {
  if (walksInputs(state))
    return within(coordinatesOf(state)[1]!, state.document.input.tensor.shape[1]!);
  const { first, depth } = channelsOfFilter(state);
  const local = walksWeights(state) ? weightOf(state)[1] : state.channel - first;
  return first + within(local, depth);
}

/** Goes to the same place of another sample, or of another filter (where inputs are walked, channel). */
export function goToPlane(
  store: FigureStore,
  to: { readonly n?: number; readonly inner?: number },
): void {
  const state = store.getState();
  if (!state.answered || !canMove(state)) return;
  if (walksWeights(state)) {
    if (to.n !== undefined) goToSample(store, to.n);
    return;
  }
  const shape = lensOf(state).walk(state.answered.geometry);
  const [n, inner, row, column] = unravel(shape, stepOf(state)) as [number, number, number, number];
  store.setState({ step: ravel(shape, [to.n ?? n, to.inner ?? inner, row, column]) });
}

/** Shows another filter; where inputs are walked, a channel that it reads is gone to as well. */
export function chooseFilter(store: FigureStore, f: number): void {
  const state = store.getState();
  if (walksWeights(state)) {
    goToWeight(store, { f });
    return;
  }
  if (!walksInputs(state)) {
    goToPlane(store, { inner: f });
    return;
  }
  const { first, count } = filtersOfChannel(state);
  if (f < first || f >= first + count)
    goToPlane(store, { inner: Math.floor(f / count) * state.document.kernel.tensor.shape[1]! });
  store.setState({ channel: f });
}

/** Shows another in-channel: where inputs are walked, the step goes there. */
export function chooseChannel(store: FigureStore, channel: number): void {
  const state = store.getState();
  if (walksInputs(state)) goToPlane(store, { inner: channel });
  else if (walksWeights(state)) goToWeight(store, { c: channel - channelsOfFilter(state).first });
  else store.setState({ channel });
}

/** Whether sample and filter (or channel) can be chosen: whether they are where the step is. */
function canMove(state: FigureState): boolean {
  return walksOutputs(state) || walksInputs(state) || walksWeights(state);
}

export function useFilter(): number {
  return useFigure(filterOf);
}

export function useChannel(): number {
  return useFigure(channelOf);
}

export function useCanMove(): boolean {
  return useFigure(canMove);
}

/** Some of several planes, by number: the first and how many. */
interface Run {
  readonly first: number;
  readonly count: number;
}

/** The channels that can be chosen: all of them where no filter says which, else those the filter reads. */
export function useChannels(): Run {
  const any = useFigure((state) => walksInputs(state) || isAboutWindows(state));
  const all = useFigure((state) => state.document.input.tensor.shape[1]!);
  const first = useFigure((state) => channelsOfFilter(state).first);
  const depth = useFigure((state) => channelsOfFilter(state).depth);
  return any ? { first: 0, count: all } : { first, count: depth };
}

/** The filters that can be chosen: all of them where the step can go there, else those that read the channel. */
export function useFilters(): Run {
  const inputs = useFigure(walksInputs);
  const all = useFigure((state) => state.document.kernel.tensor.shape[0]!);
  const first = useFigure((state) => filtersOfChannel(state).first);
  const count = useFigure((state) => filtersOfChannel(state).count);
  return inputs ? { first, count } : { first: 0, count: all };
}

import { expect, test } from "vitest";
import {
  checkDocument,
  type Document,
  forward,
  layerOf,
  openingDocument,
  setBatch,
  setChannels,
  setFilters,
} from "#engine";
import { LENSES } from "../lenses/lenses.ts";
import { weightsLens } from "../lenses/weights/index.ts";
import type { FigureStore } from "../store/figureState.ts";
import { rowBy } from "../store/playback.ts";
import { createFigureStore } from "../store/state.ts";
import { channelOf, chooseChannel, chooseFilter, filterOf, goToPlane, sampleOf } from "./place.ts";

/** Two samples, three channels, two filters of 3 × 3: 54 weights, then two biases. */
function open(): FigureStore {
  const edits = [
    (document: Document) => setBatch(document, 2),
    (document: Document) => setChannels(document, 3),
    (document: Document) => setFilters(document, 2),
  ];
  const document = edits.reduce((made, edit) => edit(made), openingDocument());
  const store = createFigureStore(
    LENSES,
    { lens: "weights", loaded: { weights: weightsLens } },
    document,
  );
  const answer = forward(layerOf(document));
  store.setState({ answered: { document, geometry: checkDocument(document), answer, by: null } });
  return store;
}

function shown(store: FigureStore) {
  const state = store.getState();
  return { n: sampleOf(state), f: filterOf(state), c: channelOf(state) };
}

test("where weights are walked, filter and channel are the step's", () => {
  const store = open();
  store.setState({ step: 27 + 2 * 9 + 5 });
  expect(shown(store)).toEqual({ n: 0, f: 1, c: 2 });
  chooseChannel(store, 1);
  expect(store.getState().step).toBe(27 + 9 + 5);
  chooseFilter(store, 0);
  expect(store.getState().step).toBe(9 + 5);
});

test("a bias has a filter, and no channel", () => {
  const store = open();
  store.setState({ step: 55 });
  expect(shown(store)).toEqual({ n: 0, f: 1, c: 0 });
  chooseFilter(store, 0);
  chooseChannel(store, 2);
  expect(store.getState().step).toBe(54);
});

test("the sample is the one chosen, or that of the product", () => {
  const store = open();
  goToPlane(store, { n: 1 });
  expect(store.getState()).toMatchObject({ step: 0, channel: 1 });
  expect(shown(store).n).toBe(1);
  store.setState({ slot: 5 });
  expect(shown(store).n).toBe(0);
  goToPlane(store, { n: 1 });
  expect(store.getState().slot).toBe(16 + 5);
  expect(shown(store).n).toBe(1);
});

test("a row of weights is a row of the kernel", () => {
  const store = open();
  rowBy(store, 1);
  expect(store.getState().step).toBe(3);
});

import { describe, expect, test } from "vitest";
import {
  backward,
  type CellRef,
  checkDocument,
  forward,
  layerOf,
  openingDocument,
  setBatch,
  setFilters,
} from "#engine";
import { col2imLens } from "../lenses/col2im/index.ts";
import type { Lens } from "../lenses/lens.ts";
import { windowLens } from "../lenses/window/index.ts";
import type { FigureStore, Lenses } from "./figureState.ts";
import { chooseOption, openLens } from "./openLens.ts";
import { createFigureStore } from "./state.ts";

/** Lenses that walk outputs, inputs, weights with biases, weights alone, and rows of im2col. */
const LENSES: Readonly<Record<string, Lens>> = {
  window: windowLens,
  delta: { ...windowLens, needsBack: true },
  rotate: { ...windowLens, needsBack: true, walks: "X", walk: (g) => g.shapes.X },
  weights: {
    ...windowLens,
    needsBack: true,
    walks: "W",
    walk: (g) => [g.shapes.W.reduce((a, b) => a * b) + g.spec.F],
  },
  update: { ...windowLens, walks: "W", walk: (g) => g.shapes.W },
  col2im: {
    ...windowLens,
    walk: (g) => [g.shapes.R[0]!],
    focus: (g, step) => ({ tensor: "DR", index: step * g.shapes.R[1]! }),
    stepOf: (g, { tensor, index }) => (tensor === "DR" ? Math.floor(index / g.shapes.R[1]!) : null),
  },
  silent: { ...windowLens, walk: () => [5] },
};

const ROWS: Lenses = Object.fromEntries(
  Object.entries(LENSES).map(([name, lens]) => [
    name,
    { label: name, group: "forward" as const, load: async () => lens },
  ]),
);
const FIRST = { lens: "window", loaded: LENSES };

function open(): FigureStore {
  const document = setFilters(openingDocument(), 2);
  const store = createFigureStore(ROWS, FIRST, document);
  const layer = layerOf(document);
  const answer = forward(layer);
  const back = backward(layer, answer, document.upstream);
  const geometry = checkDocument(document);
  store.setState({ answered: { document, geometry, answer: { ...answer, back }, by: null } });
  return store;
}

/** Where a figure stands after some lenses were opened one after the other. */
async function through(store: FigureStore, ...names: string[]) {
  for (const name of names) await openLens(store, name);
  const { lens, step, slot, pinned } = store.getState();
  return { lens, step, slot, pinned };
}

const cell = (tensor: CellRef["tensor"], index: number): CellRef => ({ tensor, index });

// 8 × 8, kernel 3 × 3, stride 2, padding 1, two filters: Y[0, 1, 2] is cell 6, its middle is X[2, 4]

describe("the same thing stays in focus", () => {
  test.each([
    ["window", 6, "delta", 6],
    ["window", 6, "rotate", 20],
    ["rotate", 20, "window", 6],
    // the last filter's weights; its first output that is made of them
    ["window", 16 + 6, "weights", 9 + 4],
    ["weights", 9 + 4, "update", 9 + 4],
    ["weights", 18 + 1, "window", 16],
    ["col2im", 6, "window", 6],
  ])("%s at step %i opens %s at step %i", async (from, at, to, step) => {
    const store = open();
    store.setState({ lens: from, step: at });
    expect(await through(store, to)).toMatchObject({ lens: to, step });
  });

  test("what a lens cannot show begins at the beginning", async () => {
    const store = open();
    store.setState({ step: 6 });
    expect((await through(store, "silent")).step).toBe(0);
    expect((await through(store, "window")).step).toBe(6);
  });

  test("what is pinned stays pinned, and the step goes to it", async () => {
    const store = open();
    const pinned = cell("X", 20);
    store.setState({ step: 3, pinned, hovered: cell("X", 1) });
    expect(await through(store, "rotate")).toMatchObject({ step: 20, pinned });
    expect(store.getState().hovered).toBeNull();
  });

  test("where products are stepped through, so does the product", async () => {
    const store = open();
    store.setState({ step: 22, slot: 5 });
    // product 6 of Y[1, 1, 2] is made with weight 5 of filter 1, for its output 6
    expect(await through(store, "weights")).toMatchObject({ step: 14, slot: 6 });
    expect(await through(store, "delta")).toMatchObject({ step: 22, slot: 5 });
    store.setState({ slot: 0 });
    await openLens(store, "col2im", cell("DR", 6 * 9 + 7));
    expect(store.getState()).toMatchObject({ step: 6, slot: 7 });
  });

  test("a lens with other products begins with the first", async () => {
    const store = open();
    store.setState({ step: 6, slot: 5 });
    // product 6 of Y[0, 1, 2] is X[2, 5]
    expect(await through(store, "rotate")).toMatchObject({ step: 21, slot: 0 });
    expect(await through(store, "window")).toMatchObject({ step: 6, slot: 5 });
  });
});

describe("there and back", () => {
  test("through lenses that know less, everything stands where it stood", async () => {
    const store = open();
    store.setState({ lens: "weights", step: 12 });
    expect((await through(store, "window", "rotate", "col2im", "weights")).step).toBe(12);
  });

  test("not once something else has been looked at", async () => {
    const store = open();
    store.setState({ lens: "weights", step: 12 });
    await through(store, "window");
    store.setState({ step: 2 });
    expect((await through(store, "weights")).step).toBe(4);
  });

  test("nor for another document", async () => {
    const store = open();
    store.setState({ lens: "weights", step: 12 });
    expect((await through(store, "window")).step).toBe(17);
    const { answered } = store.getState();
    // the same document answered again, with its way back, is the same document
    store.setState({ answered: { ...answered!, geometry: { ...answered!.geometry } } });
    expect((await through(store, "rotate", "window")).step).toBe(17);
    store.setState({ answered: { ...answered!, document: { ...answered!.document } } });
    expect((await through(store, "weights")).step).toBe(9 + 4);
  });
});

test("nor once something has been pinned", async () => {
  const store = open();
  store.setState({ lens: "weights", step: 12 });
  await through(store, "window");
  store.setState({ pinned: cell("X", 20) });
  expect((await through(store, "weights")).step).toBe(4);
});

test("the plane that the view chooses is that of the focus, and is gone back to", async () => {
  const store = open();
  // filter 1 of output 22; there is one channel and one sample
  store.setState({ step: 22 });
  await openLens(store, "rotate", cell("TX", 22 * 9 + 4));
  expect(store.getState().channel).toBe(1);
  await openLens(store, "window");
  expect(store.getState().channel).toBe(0);
  await openLens(store, "rotate");
  expect(store.getState().channel).toBe(1);
});

describe("a twin", () => {
  test("opens its lens with its cell pinned, at its step", async () => {
    const store = open();
    await openLens(store, "weights", cell("DW", 9 + 5));
    expect(await through(store)).toMatchObject({
      lens: "weights",
      step: 14,
      pinned: cell("DW", 14),
    });
  });

  test("may be in the open lens", async () => {
    const store = open();
    await openLens(store, "window", cell("T", 6 * 9 + 2));
    expect(await through(store)).toMatchObject({ lens: "window", step: 6 });
  });
});

describe("a switch that orders the walk", () => {
  /** Two samples, with the col2im lens itself open. */
  function batch(step: number): FigureStore {
    const document = setBatch(openingDocument(), 2);
    const loaded = { ...LENSES, col2im: col2imLens };
    const store = createFigureStore(ROWS, { lens: "col2im", loaded }, document);
    const layer = layerOf(document);
    store.setState({
      answered: {
        document,
        geometry: checkDocument(document),
        answer: forward(layer),
        by: null,
      },
      step,
    });
    return store;
  }

  test("takes the step along, so that the same window stays in focus", () => {
    const store = batch(16 + 6);
    chooseOption(store, "col", "columns");
    // the batch is the fastest: position 6, sample 1
    expect(store.getState()).toMatchObject({ step: 13, options: { col: "columns" } });
    chooseOption(store, "col", "rows");
    expect(store.getState().step).toBe(22);
    chooseOption(store, "add", "assign");
    expect(store.getState()).toMatchObject({ step: 22, options: { col: "rows", add: "assign" } });
  });

  test("forgets where the focus has been under another order", async () => {
    const store = batch(16 + 6);
    expect((await through(store, "window")).step).toBe(16 + 6);
    chooseOption(store, "col", "columns");
    expect((await through(store, "col2im")).step).toBe(13);
  });
});

test("before there is an answer, and where there is no such lens", async () => {
  const store = createFigureStore(ROWS, FIRST, openingDocument());
  await openLens(store, "rotate");
  expect(store.getState().lens).toBe("rotate");
  await openLens(store, "attic");
  expect(store.getState().lens).toBe("rotate");
});

import { expect, test } from "vitest";
import { openingDocument } from "#engine";
import { LENSES } from "../lenses/lenses.ts";
import { windowLens } from "../lenses/window/index.ts";
import { addressOf, openAddress } from "./address.ts";
import { openLens, openPage } from "./openLens.ts";
import { createFigureStore } from "./state.ts";

const PAGES = {
  diary: { label: "Diary", group: "learn", load: async () => () => null },
} as const;

function figure() {
  const first = { lens: "window", loaded: { window: windowLens } };
  return createFigureStore(LENSES, first, openingDocument(), PAGES);
}

test("a page stands before the figure, which stands still behind it until a lens is opened", async () => {
  const store = figure();
  store.setState({ step: 3, playing: true });
  const { document } = store.getState();
  await openPage(store, "diary");
  expect(store.getState()).toMatchObject({ page: "diary", lens: "window", step: 3 });
  expect(store.getState().playing).toBe(false);
  expect(store.getState().document).toBe(document);
  await openLens(store, "window");
  expect(store.getState()).toMatchObject({ page: null, lens: "window", step: 3 });
  await openPage(store, "diary");
  await openLens(store, "delta");
  expect(store.getState()).toMatchObject({ page: null, lens: "delta" });
});

test("a link names it where it would name a lens, and opens it", async () => {
  const store = figure();
  await openPage(store, "diary");
  const { text } = await addressOf(store);
  expect(new URLSearchParams(text).get("lens")).toBe("diary");
  const other = figure();
  await openAddress(other, `?${text}`);
  expect(other.getState()).toMatchObject({ page: "diary", lens: "window", notices: [] });
  await openAddress(other, "?lens=delta");
  expect(other.getState()).toMatchObject({ page: null, lens: "delta" });
});

test("a page that cannot be fetched is told, and what was there stays", async () => {
  const load = () => Promise.reject(new TypeError("Failed to fetch"));
  const first = { lens: "window", loaded: { window: windowLens } };
  const gone = { diary: { label: "Diary", group: "learn", load } } as const;
  const store = createFigureStore(LENSES, first, openingDocument(), gone);
  await openPage(store, "diary");
  expect(store.getState()).toMatchObject({ page: null, opening: null, lens: "window" });
  await openAddress(store, "?lens=diary");
  expect(store.getState()).toMatchObject({ page: null, lens: "window" });
  expect(store.getState().notices[0]!.text).toContain("The page Diary could not be fetched");
});

test("a page there is not is told like a lens there is not", async () => {
  const store = figure();
  await openAddress(store, "?lens=dairy");
  expect(store.getState()).toMatchObject({ page: null, lens: "window" });
  expect(store.getState().notices[0]!.text).toContain("diary");
});

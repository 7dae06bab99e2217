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
  openPage(store, "diary");
  expect(store.getState()).toMatchObject({ page: "diary", lens: "window", step: 3 });
  expect(store.getState().playing).toBe(false);
  expect(store.getState().document).toBe(document);
  await openLens(store, "window");
  expect(store.getState()).toMatchObject({ page: null, lens: "window", step: 3 });
  openPage(store, "diary");
  await openLens(store, "delta");
  expect(store.getState()).toMatchObject({ page: null, lens: "delta" });
});

test("a link names it where it would name a lens, and opens it", async () => {
  const store = figure();
  openPage(store, "diary");
  const { text } = await addressOf(store);
  expect(new URLSearchParams(text).get("lens")).toBe("diary");
  const other = figure();
  await openAddress(other, `?${text}`);
  expect(other.getState()).toMatchObject({ page: "diary", lens: "window", notices: [] });
  await openAddress(other, "?lens=delta");
  expect(other.getState()).toMatchObject({ page: null, lens: "delta" });
});

test("a page there is not is told like a lens there is not", async () => {
  const store = figure();
  await openAddress(store, "?lens=dairy");
  expect(store.getState()).toMatchObject({ page: null, lens: "window" });
  expect(store.getState().notices[0]!.text).toContain("diary");
});

import type { FigureStore } from "./figureState.ts";

/** Fetches a lens where it is not here yet; false, and said, where it cannot be had. */
export async function fetchLens(store: FigureStore, name: string): Promise<boolean> {
  const { lenses, loaded, tell } = store.getState();
  if (loaded[name]) return true;
  if (!Object.hasOwn(lenses, name)) return false;
  try {
    const lens = await lenses[name]!.load();
    store.setState(({ loaded: before }) => ({ loaded: { ...before, [name]: lens } }));
    return true;
  } catch {
    tell(
      `The lens ${lenses[name]!.label} could not be fetched; with a connection it can be opened again.`,
    );
    return false;
  }
}

/** The same for a page; what has been fetched is not fetched again. */
export async function fetchPage(store: FigureStore, name: string): Promise<boolean> {
  const { pages, tell } = store.getState();
  try {
    await pages[name]!.load();
    return true;
  } catch {
    tell(
      `The page ${pages[name]!.label} could not be fetched; with a connection it can be opened again.`,
    );
    return false;
  }
}

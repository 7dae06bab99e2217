import type { FigureStore } from "./state.ts";

/** Opens a lens; how the focus goes along is fetched with the first that is. */
export async function chooseLens(store: FigureStore, name: string): Promise<void> {
  store.setState({ opening: name });
  const { openLens } = await import("./openLens.ts");
  await openLens(store, name);
}

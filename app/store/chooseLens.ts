import type { FigureStore } from "./state.ts";

/** How the focus goes along is fetched with the first choice that takes it. */
const opener = () => import("./openLens.ts");

/** Opens a lens. */
export async function chooseLens(store: FigureStore, name: string): Promise<void> {
  store.setState({ opening: name });
  await (await opener()).openLens(store, name);
}

/** Makes a choice of a switch of the open lens. */
export async function chooseOption(store: FigureStore, name: string, to: string): Promise<void> {
  (await opener()).chooseOption(store, name, to);
}

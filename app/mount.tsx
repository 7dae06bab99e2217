import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { OPENING_STEP, openingDocument } from "#engine";
import { App } from "./App.tsx";
import type { LensRow } from "./lenses/lens.ts";
import { runKeys } from "./shell/keys.ts";
import { runEngine } from "./store/compute.ts";
import { FigureProvider } from "./store/context.ts";
import { openAddress, runLink } from "./store/link.ts";
import { runPlayback } from "./store/playback.ts";
import { spawn } from "./store/spawn.ts";
import { createFigureStore, type FigureStore, type Lenses } from "./store/state.ts";

/** Puts a figure with these lenses into `root`, showing what the page's address says. */
export async function mount(root: HTMLElement, lenses: Lenses): Promise<FigureStore> {
  const [[name, row]] = Object.entries(lenses) as [[string, LensRow]];
  const first = { lens: name, loaded: { [name]: await row.load() } };
  const store = createFigureStore(lenses, first, openingDocument());
  if (location.search) await openAddress(store, location.search);
  else store.setState({ step: OPENING_STEP });
  runEngine(store, spawn);
  runPlayback(store);
  runKeys(store);
  runLink(store);
  createRoot(root).render(
    <StrictMode>
      <FigureProvider store={store}>
        <App />
      </FigureProvider>
    </StrictMode>,
  );
  return store;
}

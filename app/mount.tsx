import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { OPENING_STEP, openingDocument } from "#engine";
import { App } from "./App.tsx";
import { createAfterFrame } from "./draw/afterFrame.ts";
import type { LensRow } from "./lenses/lens.ts";
import { runEngine } from "./store/compute.ts";
import { FigureProvider } from "./store/context.ts";
import type { FigureStore, Lenses, Pages } from "./store/figureState.ts";
import { openAddress } from "./store/link.ts";
import { restoreMemory } from "./store/memory.ts";
import { runPlayback } from "./store/playback.ts";
import { spawn } from "./store/spawn.ts";
import { createFigureStore } from "./store/state.ts";

/** Puts a figure with these lenses and pages into `root`, showing what the page's address says. */
export async function mount(
  root: HTMLElement,
  lenses: Lenses,
  pages: Pages = {},
): Promise<FigureStore> {
  const [[name, row]] = Object.entries(lenses) as [[string, LensRow]];
  const first = { lens: name, loaded: { [name]: await row.load() } };
  restoreMemory(); // before a link asks for more than is usual
  const store = createFigureStore(lenses, first, openingDocument(), pages);
  if (location.search) await openAddress(store, location.search);
  else store.setState({ step: OPENING_STEP });
  runEngine(store, spawn);
  runPlayback(store);
  runLater(store);
  createRoot(root).render(
    <StrictMode>
      <FigureProvider store={store}>
        <App />
      </FigureProvider>
    </StrictMode>,
  );
  return store;
}

/** What the first picture does not need is fetched once it stands, or there is no hope of one: keys, and the address. */
function runLater(store: FigureStore): void {
  const fetched = createAfterFrame(async () => {
    try {
      const [{ runLink }, { runKeys }] = await Promise.all([
        import("./store/runLink.ts"),
        import("./shell/keys.ts"),
      ]);
      runLink(store);
      runKeys(store);
    } catch {
      store.getState().tell("Reload the page for its keys.");
    }
  });
  const stop = store.subscribe(({ answered, failure }) => {
    if (!answered && failure === null) return;
    stop();
    fetched.ask();
  });
}

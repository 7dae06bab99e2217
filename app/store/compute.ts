import { createEngine, type Document, Superseded, type WorkerPort } from "#engine";
import type { FigureState, FigureStore } from "./figureState.ts";
import { lensOf } from "./followed.ts";
import { geometryFor, layerFor } from "./layer.ts";

/** The algorithms are compared when a document has stood this long: it must not hold up the next picture. */
const PAUSE_MS = 400;

/** Whether the way back is to be gone: the open lens shows it, or it is being learnt from. */
function goesBack(state: FigureState): boolean {
  return lensOf(state).needsBack || state.learning === "running";
}

/**
 * Asks the engine about every new document and puts the answer beside it.
 * Returns how to stop.
 */
export function runEngine(store: FigureStore, spawn: () => WorkerPort): () => void {
  const engine = createEngine(spawn);
  let pause: ReturnType<typeof setTimeout> | undefined;
  const ask = () => {
    const state = store.getState();
    const { document } = state;
    clearTimeout(pause);
    const layer = { ...layerFor(document), tier: state.tier };
    const answer = goesBack(state)
      ? engine.ask("answer", { layer, upstream: document.upstream, training: document.training })
      : engine.ask("forward", layer);
    answer.then(({ by, ...answer }) => {
      // An older answer than the one shown cannot come: the engine answers in order.
      store.setState({
        answered: { document, geometry: geometryFor(document), answer, by },
        failure: null,
      });
      if (document === store.getState().document) pause = setTimeout(compare, PAUSE_MS, document);
    }, failed);
  };
  const compare = (document: Document) => {
    engine
      .ask("agreement", layerFor(document))
      .then((agreement) => store.setState({ agreed: { document, agreement } }), failed);
  };
  const failed = (error: Error) => {
    if (!(error instanceof Superseded)) store.setState({ failure: error.message });
  };
  const stopStatus = engine.onStatus((status) => store.setState({ engine: status }));
  const stopAsking = store.subscribe((now, before) => {
    const missing = goesBack(now) && !goesBack(before) && now.answered?.answer.back === null;
    if (now.document !== before.document || now.tier !== before.tier || missing) ask();
  });
  store.setState({ retry: ask });
  ask();
  return () => {
    clearTimeout(pause);
    stopAsking();
    stopStatus();
    engine.dispose();
  };
}

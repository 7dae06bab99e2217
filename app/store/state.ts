import { temporal } from "zundo";
import { createStore } from "zustand/vanilla";
import { ConvError, type Document, memoryBudget } from "#engine";
import { strokes } from "./edits.ts";
import type { FigureState, FigureStore, Lenses, Pages } from "./figureState.ts";
import { geometryFor } from "./layer.ts";
import { pastWithin } from "./pastWithin.ts";

/** The valid document of an edit, or why there is none; an edit may also fail before there is a document at all. */
function attemptOf(edit: (document: Document) => Document, from: Document) {
  let made: Document | null = null;
  try {
    made = edit(from);
    geometryFor(made);
    return { made, refusal: null };
  } catch (error) {
    if (error instanceof ConvError) return { made, refusal: error };
    throw error;
  }
}

/** The store of one figure; a page may hold several. */
export function createFigureStore(
  lenses: Lenses,
  first: Pick<FigureState, "lens" | "loaded">,
  opening: Document,
  pages: Pages = {},
): FigureStore {
  /** The first change of a stroke is remembered, the rest belongs to it. */
  let stroke: "none" | "begun" | "under way" = "none";
  const store = createStore<FigureState>()(
    temporal(
      (set, get): FigureState => ({
        document: opening,
        attempt: null,
        refusal: null,
        answered: null,
        agreed: null,
        engine: "ready",
        failure: null,
        learning: "off",
        retry: () => {},
        step: 0,
        slot: null,
        playing: false,
        speed: 2,
        loop: true,
        hovered: null,
        pinned: null,
        ...first,
        page: null,
        opening: null,
        trail: null,
        channel: 0,
        tool: "point",
        ink: 9,
        language: "numpy",
        zoom: 1,
        scope: "plate",
        tier: "auto",
        tone: "ink",
        options: {},
        pageWords: {},
        presenting: false,
        helping: false,
        notices: [],
        lenses,
        pages,

        change(edit) {
          const { document, attempt } = get();
          if (attempt) {
            // What could not be done may be possible together with this.
            const both = attemptOf(edit, attempt);
            if (!both.refusal) {
              set({ document: both.made!, attempt: null, refusal: null });
              return;
            }
            const alone = attemptOf(edit, document);
            set({
              attempt: both.made ?? attempt,
              refusal: both.refusal,
              ...(alone.refusal ? {} : { document: alone.made! }),
            });
            return;
          }
          const { made, refusal } = attemptOf(edit, document);
          if (!refusal) set({ document: made!, refusal: null });
          else set({ attempt: made, refusal });
        },

        beginStroke() {
          stroke = "begun";
        },
        endStroke() {
          stroke = "none";
        },
        paint(indices, tensor) {
          const state = get();
          state.change(strokes(state, tensor, indices));
        },
        dismissRefusal: () => set({ attempt: null, refusal: null }),

        tell(text, tone = "problem") {
          const { notices } = get();
          if (notices.some((notice) => notice.text === text)) return;
          const id = (notices.at(-1)?.id ?? 0) + 1;
          set({ notices: [...notices, { id, text, tone }] });
        },
        dismiss: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
        open(document, view) {
          set({
            document,
            attempt: null,
            refusal: null,
            hovered: null,
            pinned: null,
            playing: false,
            learning: "off",
            step: 0,
            slot: null,
            channel: 0,
            page: null,
            ...view,
          });
        },
      }),
      {
        partialize: ({ document }) => ({ document }),
        equality: (a, b) => a.document === b.document,
        limit: 200,
        handleSet: (remember) => (before) => {
          if (stroke === "under way") return;
          remember(before);
          if (stroke === "begun") stroke = "under way";
        },
      },
    ),
  );
  store.temporal.subscribe(({ pastStates }) => {
    const kept = pastWithin(pastStates, memoryBudget() / 2);
    if (kept.length < pastStates.length) store.temporal.setState({ pastStates: kept });
  });
  return store;
}

/** Takes the last change of the document back, or does it again. */
export function undo(store: FigureStore): void {
  store.temporal.getState().undo();
  store.getState().dismissRefusal();
}

export function redo(store: FigureStore): void {
  store.temporal.getState().redo();
  store.getState().dismissRefusal();
}

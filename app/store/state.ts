import type { ComponentType } from "react";
import { type TemporalState, temporal } from "zundo";
import { createStore, type StoreApi } from "zustand/vanilla";
import {
  type Agreement,
  type Answer,
  type CellRef,
  type Computed,
  ConvError,
  checkDocument,
  type Document,
  type EngineStatus,
  type Geometry,
  layerOf,
  memoryBudget,
  sizeOf,
  type Tier,
  type ViewWords,
} from "#engine";
import type { EditableTensor } from "../draw/scene.ts";
import type { Language, Lens, LensRow } from "../lenses/lens.ts";
import { strokes } from "./edits.ts";
import { pastWithin } from "./pastWithin.ts";
import type { Tool } from "./tools.ts";

/** An answer beside its question: what is drawn is drawn from these, never from a newer document. */
export interface Answered {
  readonly document: Document;
  readonly geometry: Geometry;
  readonly answer: Answer;
  /** By what the output was computed; null: in float64, cell by cell. */
  readonly by: Computed | null;
}

/** Something a person should know, said once in the page: a bad word of a link, a file that is no image. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: "problem" | "info";
}

/** What takes the place of the whole figure: no scene of one layer, but a room of its own. */
export interface PageRow {
  readonly label: string;
  readonly group: LensRow["group"];
  /** The component, fetched when the page is opened. */
  readonly load: () => Promise<ComponentType>;
  /** Its own words of a link. */
  readonly words?: () => Promise<PageWords>;
}

/** Words that only a link to a page has; what each means is a text, checked when it is read. */
export type PageWords = ViewWords<Readonly<Record<string, string>>>;

export type Pages = Readonly<Record<string, PageRow>>;
export type Lenses = Readonly<Record<string, LensRow>>;

interface DocumentSlice {
  /** The last document the engine can compute: what the picture asks for. */
  readonly document: Document;
  /** What was asked last, while that is impossible; the next change starts from it, too. */
  readonly attempt: Document | null;
  readonly refusal: ConvError | null;
  /** Applies an edit; an impossible one becomes the refusal and leaves the picture standing. */
  readonly change: (edit: (document: Document) => Document) => void;
  /** All changes until `endStroke` are undone as one. */
  readonly beginStroke: () => void;
  readonly endStroke: () => void;
  readonly paint: (indices: readonly number[], tensor: EditableTensor) => void;
  /** Gives up what was asked and cannot be. */
  readonly dismissRefusal: () => void;
}

interface AnswerSlice {
  readonly answered: Answered | null;
  readonly engine: EngineStatus;
  /** What all algorithms say of a document; it may be that of an older one. */
  readonly agreed: { readonly document: Document; readonly agreement: Agreement } | null;
  /** Why there is no answer, when there will be none. */
  readonly failure: string | null;
  /** Whether updates are being made, have been made, or neither: then nothing is shown of it. */
  readonly learning: "off" | "idle" | "running";
  /** Asks the engine again. */
  readonly retry: () => void;
}

interface PlaybackSlice {
  /** The cell of the walk, from 0; read it through `stepOf`, which keeps it inside the walk. */
  readonly step: number;
  /** The tap within the step when every product is stepped through; else null. */
  readonly slot: number | null;
  readonly playing: boolean;
  readonly speed: number;
  readonly loop: boolean;
}

interface FocusSlice {
  readonly hovered: CellRef | null;
  readonly pinned: CellRef | null;
  /** What was in focus when the lens was last changed, as long as nothing else has been looked at since. */
  readonly trail: Trail | null;
}

/** One focus on its way through the lenses: each is gone back to where it stood. */
export interface Trail {
  readonly document: Document;
  readonly ref: CellRef;
  /** Where playback stood in each lens that has shown it. */
  readonly places: Readonly<
    Record<string, Pick<FigureState, "step" | "slot" | "pinned" | "channel">>
  >;
}

interface ViewSlice {
  readonly lens: string;
  /** The page that stands before the figure; null: the figure itself is seen. */
  readonly page: string | null;
  /** The lens that was chosen and is being fetched. */
  readonly opening: string | null;
  /** The lenses that have been fetched; the open one is among them. */
  readonly loaded: Readonly<Record<string, Lens>>;
  readonly channel: number;
  readonly tool: Tool;
  /** The number that brush and fill write. */
  readonly ink: number;
  readonly language: Language;
  readonly zoom: number;
  readonly scope: "plate" | "shared";
  /** How exactly the engine is to compute; auto: by the size of the layer. */
  readonly tier: Tier | "auto";
  readonly tone: "ink" | "light";
  /** Choices in the switches of lenses, by name; what is not here is as the lens opens with. */
  readonly options: Readonly<Record<string, string>>;
  readonly presenting: boolean;
  /** What each page has in a link, by its name, but for what silence means. */
  readonly pageWords: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether the list of keys is open. */
  readonly helping: boolean;
  readonly notices: readonly Notice[];
}

export interface FigureState
  extends DocumentSlice,
    AnswerSlice,
    PlaybackSlice,
    FocusSlice,
    ViewSlice {
  readonly lenses: Lenses;
  readonly pages: Pages;
  readonly tell: (text: string, tone?: Notice["tone"]) => void;
  readonly dismiss: (id: number) => void;
  /** Opens a document as a link or an example says. */
  readonly open: (document: Document, view: Partial<OpenedView>) => void;
}

/** The part of the view and the playback that a link carries. */
export type OpenedView = Pick<
  FigureState,
  | "lens"
  | "page"
  | "pageWords"
  | "step"
  | "slot"
  | "channel"
  | "scope"
  | "tier"
  | "tone"
  | "language"
  | "options"
>;

type History = StoreApi<TemporalState<Pick<FigureState, "document">>>;
export type FigureStore = StoreApi<FigureState> & { temporal: History };

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

/** The lens that is open. */
export function lensOf({ loaded, lens }: FigureState): Lens {
  return loaded[lens]!;
}

/** Whether the open lens can be drawn from the answer there is: one that shows the way back needs it. */
export function hasPicture(state: FigureState): boolean {
  return state.answered !== null && !(lensOf(state).needsBack && !state.answered.answer.back);
}

/** How many steps the walk of the open lens has, for the picture that is shown, or is about to be. */
export function stepsOf(state: FigureState): number {
  const { answered, document } = state;
  return sizeOf(lensOf(state).walk(answered?.geometry ?? geometryFor(document)));
}

/** The step playback stands at: the one asked for, or the last there is. */
export function stepOf(state: FigureState): number {
  return Math.max(0, Math.min(stepsOf(state) - 1, state.step));
}

/** The tap playback stands at within the step; null when products are not stepped through. */
export function slotOfState(state: FigureState): number | null {
  if (state.slot === null || !state.answered) return null;
  return Math.min(state.slot, lensOf(state).slots(state.answered.geometry) - 1);
}

const geometries = new WeakMap<Document, Geometry>();

/** The last one, and what it followed from: what is found out about it holds for every document of its sizes. */
let last: { readonly spec: string; readonly geometry: Geometry } | null = null;

function lastLike(geometry: Geometry): Geometry {
  const spec = JSON.stringify(geometry.spec);
  if (last?.spec !== spec) last = { spec, geometry };
  return last.geometry;
}

/**
 * The geometry of a document, worked out once.
 * @throws ConvError as `checkDocument`.
 */
export function geometryFor(document: Document): Geometry {
  const geometry = geometries.get(document) ?? lastLike(checkDocument(document));
  geometries.set(document, geometry);
  return geometry;
}

const layers = new WeakMap<Document, ReturnType<typeof layerOf>>();

/** The layer of a document; the same object for the same document. */
export function layerFor(document: Document) {
  const layer = layers.get(document) ?? layerOf(document);
  layers.set(document, layer);
  return layer;
}

import type { ComponentType } from "react";
import type { TemporalState } from "zundo";
import type { StoreApi } from "zustand/vanilla";
import type {
  Agreement,
  Answer,
  CellRef,
  Computed,
  ConvError,
  Document,
  EngineStatus,
  Geometry,
  Tier,
  ViewWords,
} from "#engine";
import type { EditableTensor } from "../draw/scene.ts";
import type { Language, Lens, LensRow } from "../lenses/lens.ts";
import type { Tool } from "./tools.ts";

// What a figure knows, slice by slice.

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

import type { Answer, CellRef, Geometry, Layer, Mark, Program, Sentence, Span } from "#engine";
import type { Scene } from "../draw/scene.ts";

/** How the person looks at the picture; nothing here changes a number. */
export interface FrameView {
  /** Which in-channel the plate X shows; where inputs are walked, which filter; where weights, which sample. */
  readonly channel: number;
  /** 1: the picture fits its room. */
  readonly zoom: number;
  /** Whether signed plates share one scale or each has its own. */
  readonly scope: "plate" | "shared";
  /** Images: 0 is paper and the largest value ink, or 0 is black and the largest white. */
  readonly tone: "ink" | "light";
  /** The choices of the open lens, by name: the first of each list until another is made. */
  readonly options: Readonly<Record<string, string>>;
}

/** A switch of a lens: a few ways to lay the same numbers out. The first is the one it opens with. */
export interface LensOption {
  readonly label: string;
  readonly choices: Readonly<Record<string, string>>;
}

/** All that a lens is given. Everything it draws and says is a pure function of this. */
export interface Frame {
  readonly geometry: Geometry;
  readonly layer: Layer;
  readonly answer: Answer;
  /** The cell of the walk that the playback has reached, from 0. */
  readonly step: number;
  /** The tap of that cell, from 0, when every product is stepped through; else null. */
  readonly slot: number | null;
  /** The cell that is hovered, focused or pinned. */
  readonly pointed: CellRef | null;
  readonly view: FrameView;
}

/** The room a scene may fill, in CSS pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** A sum written out: “dX[4, 3], written out”, its terms, and “= −2”. A + is put between the terms. */
export interface WrittenSum {
  readonly title: Sentence;
  /** Each with its own colours and brackets: “1·(−2)”. No more than the first 50 are shown. */
  readonly terms: readonly Sentence[];
  /** How many terms there are besides these: a long sum need not be made whole. */
  readonly more?: number;
  readonly total: Sentence;
}

export const LANGUAGES = ["numpy", "pytorch", "typescript"] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is known of a lens before it is opened: a row of the table in `lenses.ts`. */
export interface LensRow {
  readonly label: string;
  readonly group: "forward" | "backward" | "learn";
  /** Its own switches, by name; they stand over the picture and in the link. */
  readonly options?: Readonly<Record<string, LensOption>>;
  /** The lens itself, fetched when it is opened. */
  readonly load: () => Promise<Lens>;
}

/** One way to lay out and walk the taps: a folder beside this file. */
export interface Lens {
  /** A paragraph: what this view is good for. */
  readonly why: string;
  /** Whether it shows the way back: then the frame's answer holds it. */
  readonly needsBack: boolean;
  /** The line over the picture, and the one below it. */
  readonly equation: (frame: Frame) => {
    readonly formula: readonly Span[];
    readonly remark: string;
  };
  /** The shape of the tensor that is walked; its cells, in order, are the steps. */
  readonly walk: (geometry: Geometry) => readonly number[];
  /** The tensor that is walked, where its cells are no outputs; after the weights the biases may follow. */
  readonly walks?: "X" | "W";
  /** The cell that a step is about, where the walk is no tensor's cells in order. A switch may order the walk. */
  readonly focus?: (geometry: Geometry, step: number, options: FrameView["options"]) => CellRef;
  /** The step at which a cell is in focus, where the walk is no tensor's cells in order; null: at none. */
  readonly stepOf?: (
    geometry: Geometry,
    ref: CellRef,
    options: FrameView["options"],
  ) => number | null;
  /** How many products one step has. */
  readonly slots: (geometry: Geometry) => number;
  /** The step in a few words, for the transport: “output (1, 2)”. */
  readonly place: (frame: Frame) => string;
  /** The output whose sum is written out, and the tap that playback has reached in it; null where none is. */
  readonly output: (frame: Frame) => { readonly y: number; readonly slot: number | null } | null;
  /** The product that playback stands at, where every product is stepped through: it is lit. */
  readonly product?: (frame: Frame) => CellRef | null;
  /** The sum to write out where there is no output: what this view adds up; null where it adds nothing. */
  readonly terms?: (frame: Frame) => WrittenSum | null;
  readonly layout: (frame: Frame, room: Room) => Scene;
  /** The step in words; absent: what there is to say of the cell in focus. */
  readonly caption?: (frame: Frame) => Sentence;
  /** Which lines run at this step; absent: those that make an output, or one product of it. */
  readonly marks?: (frame: Frame) => readonly Mark[];
  /** The code that does it, fetched when it is shown. */
  readonly programs: () => Promise<LensPrograms>;
}

export interface LensPrograms {
  readonly programs: Readonly<Record<Language, LensProgram>>;
  /** The running line's variables in words. */
  readonly variables: (frame: Frame) => string;
}

export interface LensProgram {
  readonly label: string;
  /** `options` are the choices of the open lens: a program may follow a convention. */
  readonly program: (
    geometry: Geometry,
    layer: Layer,
    answer: Answer,
    options?: FrameView["options"],
  ) => Program;
}

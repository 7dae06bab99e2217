import { createStore, type StoreApi } from "zustand/vanilla";
import { ConvError, type Document, setInput, type Tensor } from "#engine";
import type { ImageWish } from "../sources/decode.ts";
import { loadPhoto, PHOTOS, type PhotoName } from "../sources/photos.ts";
import { photoWord } from "../sources/words.ts";
import type { FigureStore } from "../store/figureState.ts";
import { sentenceOf } from "./refusal.ts";

/** Where an image comes from. */
export type ImageSource =
  | { readonly kind: "file"; readonly file: File }
  | { readonly kind: "photo"; readonly name: PhotoName };

/** The parts of the input panel. */
export type Pane = "draw" | "load" | "samples";

export interface LoaderState {
  readonly pane: Pane;
  /** The tensor wished for, of this image and the next. */
  readonly wish: ImageWish;
  /** The image last loaded, and what was made of it: as long as that is the input, it can be made again. */
  readonly source: ImageSource | null;
  readonly made: Tensor | null;
  /** What is being read right now. */
  readonly busy: string | null;
  readonly problem: string | null;
}

export type Loader = StoreApi<LoaderState>;

const loaders = new WeakMap<FigureStore, Loader>();

/** The loader of a figure. Beside the document, not in it: files cannot be undone, kept or linked. */
export function loaderOf(figure: FigureStore): Loader {
  let loader = loaders.get(figure);
  if (!loader) {
    loader = createStore<LoaderState>()(() => ({
      pane: "draw",
      wish: { H: 32, W: 32, C: 1, levels: 255, fit: "crop" },
      source: null,
      made: null,
      busy: null,
      problem: null,
    }));
    loaders.set(figure, loader);
  }
  return loader;
}

export function titleOf(source: ImageSource): string {
  return source.kind === "file"
    ? source.file.name || "the pasted image"
    : PHOTOS[source.name].label;
}

/** The tone of a new picture, and an ink that is its full value, if the ink was one before. */
export function suit(figure: FigureStore, tone: "ink" | "light", most: number): void {
  figure.setState(({ ink }) => ({ tone, ink: FULL_VALUES.includes(ink) ? most : ink }));
}

const FULL_VALUES: readonly number[] = [1, 9, 255];

async function read(source: ImageSource, wish: ImageWish): Promise<Tensor> {
  if (source.kind === "photo") return loadPhoto(source.name, wish);
  const { decodeAside } = await import("../sources/decodeAside.ts");
  return decodeAside(source.file, wish);
}

/** A link can name a photograph as it comes: whole bytes, the middle of the picture. */
function wordOf(source: ImageSource, { H, W, levels, fit }: ImageWish): string | null {
  const plain = source.kind === "photo" && levels === 255 && fit === "crop";
  return plain ? photoWord(source.name, H, W) : null;
}

/** Makes an image the input, as wished; what is asked last wins. False where it could not be; `problem` says why. */
export async function loadImage(figure: FigureStore, source: ImageSource): Promise<boolean> {
  const loader = loaderOf(figure);
  const { wish } = loader.getState();
  const busy = `Reading ${titleOf(source)} …`;
  const current = () => loader.getState().source === source && loader.getState().wish === wish;
  loader.setState({ source, made: null, busy, problem: null });
  try {
    const tensor = await read(source, wish);
    if (!current()) return true;
    figure
      .getState()
      .change((document) => setInput(document, { word: wordOf(source, wish), tensor }));
    loader.setState({ made: tensor, busy: null });
    if (isLoaded(figure.getState().document, tensor)) suit(figure, "light", wish.levels);
    return true;
  } catch (error) {
    if (!current()) return true;
    loader.setState({ source: null, busy: null, problem: problemOf(error) });
    return false;
  }
}

function problemOf(error: unknown): string {
  if (error instanceof ConvError) return sentenceOf(error);
  return "The image could not be read. Possible: another image, or the same one saved again.";
}

/** Changes the wish, and makes the input again if it is still the image as it was loaded. */
export function rewish(figure: FigureStore, change: Partial<ImageWish>): void {
  const loader = loaderOf(figure);
  loader.setState(({ wish }) => ({ wish: { ...wish, ...change } }));
  const { source, made, busy } = loader.getState();
  const { attempt, document } = figure.getState();
  if (source && (busy !== null || isLoaded(attempt ?? document, made)))
    void loadImage(figure, source);
}

/** Whether the input is an image as it was loaded, unchanged by hand. */
function isLoaded({ input }: Document, made: Tensor | null): boolean {
  return made !== null && input.tensor === made;
}

/** The photograph that a word names. */
export function photoOf(word: string | null): PhotoName | null {
  const [kind, name = ""] = (word ?? "").split(":");
  return kind === "photo" && Object.hasOwn(PHOTOS, name) ? (name as PhotoName) : null;
}

/** Makes a loaded image, or a photograph that a link brought, again at another size; false for any other input. */
export function resizeImage(figure: FigureStore, H: number, W: number): boolean {
  const { attempt, document } = figure.getState();
  const asked = attempt ?? document;
  const loader = loaderOf(figure);
  const name = photoOf(asked.input.word);
  if (isLoaded(asked, loader.getState().made)) rewish(figure, { H, W });
  else if (name) {
    const C = asked.input.tensor.shape[1] === 3 ? 3 : 1;
    loader.setState({ wish: { H, W, C, levels: 255, fit: "crop" } });
    void loadImage(figure, { kind: "photo", name });
  } else return false;
  return true;
}

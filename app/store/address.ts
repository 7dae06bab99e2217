import {
  type Document,
  type ExtraMakers,
  IMAGES,
  nameOfWord,
  readAddress,
  type Written,
  wordOf,
  writeAddress,
} from "#engine";
import { MAKERS } from "../sources/words.ts";
import { fetchLens, fetchPage } from "./fetchLens.ts";
import type { FigureState, FigureStore, PageWords } from "./figureState.ts";
import { stepOf } from "./followed.ts";
import { type LinkView, viewWords } from "./viewWords.ts";

function viewOf(state: FigureState): LinkView {
  const { lens, page, slot, channel, scope, tier, tone, language, document, options, pageWords } =
    state;
  return {
    lens: page ?? lens,
    step: stepOf(state),
    tap: slot,
    channel,
    scope,
    tier,
    tone: tone === toneOf(document.input.word) ? null : tone,
    code: language,
    // the switches of lenses, each under its own name
    ...options,
    ...(page === null ? {} : pageWords[page]),
  };
}

/** The words of the page that an address opens, fetched only for it. */
async function wordsOfPage({ pages }: FigureState, name: string | null): Promise<PageWords> {
  const row = name !== null && Object.hasOwn(pages, name) ? pages[name] : undefined;
  return (await row?.words?.()) ?? {};
}

/** How an input wants to be seen when nothing is said: generators say it themselves, photographs have black as 0. */
export function toneOf(word: string | null): "ink" | "light" {
  const name = word === null ? null : nameOfWord(word);
  if (name === null) return "ink";
  return Object.hasOwn(IMAGES, name) ? IMAGES[name as keyof typeof IMAGES].tone : "light";
}

/** Opens what an address says; what of it means nothing is told, and the rest is shown. */
export async function openAddress(
  store: FigureStore,
  text: string,
  keepHistory = false,
): Promise<void> {
  const named = new URLSearchParams(text).getAll("lens").at(-1) ?? null;
  const ofPage = await wordsOfPage(store.getState(), named);
  const extra = {
    inputs: MAKERS satisfies NonNullable<ExtraMakers["inputs"]>,
    view: { ...viewWords(store.getState()), ...ofPage },
  };
  const { document, view, problems } = await readAddress<LinkView>(text, extra);
  const { lens, step, channel, scope, tier, tap, code, tone, ...rest } = view;
  const others = Object.entries(rest as Readonly<Record<string, string>>);
  const isOfPage = ([name]: readonly [string, string]) => Object.hasOwn(ofPage, name);
  const { lenses, pages, pageWords } = store.getState();
  const first = Object.keys(lenses)[0]!;
  const asked = lens !== undefined && Object.hasOwn(pages, lens) ? lens : null;
  const page = asked !== null && (await fetchPage(store, asked)) ? asked : null;
  const fetched = lens !== undefined && asked === null && (await fetchLens(store, lens));
  store.getState().open(withoutKey(document), {
    lens: fetched ? lens : first,
    page,
    step: step ?? 0,
    slot: tap ?? null,
    channel: channel ?? 0,
    scope: scope ?? "plate",
    tier: tier ?? "auto",
    tone: tone ?? toneOf(document.input.word),
    options: Object.fromEntries(others.filter((word) => !isOfPage(word))),
    ...(page && {
      pageWords: { ...pageWords, [page]: Object.fromEntries(others.filter(isOfPage)) },
    }),
    ...(code === undefined ? {} : { language: code }),
  });
  if (!keepHistory) store.temporal.getState().clear();
  for (const { message } of problems) store.getState().tell(message);
}

/** What was kept here has no word: a link for others must not name it, but say that its numbers are too many. */
function withoutKey(document: Document): Document {
  const { word, tensor } = document.input;
  return word?.startsWith("kept:") ? { ...document, input: { word: null, tensor } } : document;
}

/** The address of what is shown, and whether numbers were too many for it. */
export async function addressOf(store: FigureStore): Promise<Written> {
  const state = store.getState();
  const words = { ...viewWords(state), ...(await wordsOfPage(state, state.page)) };
  return writeAddress(state.document, viewOf(state), words);
}

/** The same for this browser alone: an input too large for a link is kept here, and the link names it. */
export async function addressHere(store: FigureStore): Promise<string> {
  const { document } = store.getState();
  const written = await addressOf(store);
  const words = [written.text];
  if (written.omitted.includes("input")) {
    const { keep } = await import("../sources/keep.ts");
    words.push(wordOf("input", `kept:${await keep(document.input.tensor)}`));
  }
  return words.join("&");
}

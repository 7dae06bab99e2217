import type { Document } from "../document.ts";
import { ConvError, shown } from "../errors.ts";
import { nearest } from "../presets/nearest.ts";
import type { Asked, AskedName } from "./asked.ts";
import { build, type ExtraMakers } from "./build.ts";
import { ADDRESS, type AddressWord } from "./words.ts";

/** A word that is not about the document: lens, step, … */
export interface ViewWord<Value> {
  readonly accepts: string;
  /** Written before the document rather than after it. */
  readonly first?: true;
  /** @throws ConvError where the text means nothing. */
  readonly read: (text: string) => Value;
  /** Null where it need not be said. */
  readonly write: (value: Value) => string | null;
}

export type ViewWords<View> = { readonly [Name in keyof View & string]: ViewWord<View[Name]> };

export interface Extra<View> extends ExtraMakers {
  readonly view?: ViewWords<View>;
}

/** What was wrong with a word of an address, in a sentence that names it. */
export interface Problem {
  readonly word: string;
  readonly message: string;
}

export interface Reading<View> {
  readonly document: Document;
  readonly view: Partial<View>;
  readonly problems: readonly Problem[];
}

/**
 * What an address says: `?input=digit:7&kernel=sobel-x&stride=2`, with or without the question mark.
 * Always gives a document that can be shown: a word that means nothing, or that makes the rest impossible, is left
 * out and named among the problems.
 */
export function readAddress<View extends object = Record<never, never>>(
  text: string,
  extra: Extra<View> = {},
): Promise<Reading<View>> {
  return readWords(new URLSearchParams(text), extra);
}

/** As `readAddress`, from names and texts: the attributes of an element are the words of an address. */
export async function readWords<View extends object = Record<never, never>>(
  words: Iterable<readonly [name: string, text: string]>,
  extra: Extra<View> = {},
): Promise<Reading<View>> {
  const viewWords: Readonly<Record<string, ViewWord<unknown>>> = { ...extra.view };
  const problems: Problem[] = [];
  const texts = lastOfEach(words, [...Object.keys(ADDRESS), ...Object.keys(viewWords)], problems);
  const asked: Record<string, unknown> = {};
  const view: Record<string, unknown> = {};
  for (const [name, text] of texts)
    try {
      if (Object.hasOwn(ADDRESS, name)) asked[name] = await ADDRESS[name as AskedName].read(text);
      else view[name] = viewWords[name]!.read(text);
    } catch (error) {
      problems.push(leftOut(name, text, error));
    }
  const document = await possible(asked as Partial<Asked>, extra, texts, problems);
  return { document, view: view as Partial<View>, problems };
}

/** Each known word with its last text; the others and the repeated are problems. */
function lastOfEach(
  words: Iterable<readonly [name: string, text: string]>,
  legal: readonly string[],
  problems: Problem[],
): Map<string, string> {
  const texts = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [written, text] of words) {
    const word = written.trim().toLowerCase();
    if (!legal.includes(word)) {
      const close = nearest(word, legal);
      const hint = close === null ? "" : ` Did you mean “${close}”?`;
      const message = `${shown(written)} is not a word of this address.${hint} The words are ${legal.join(", ")}.`;
      problems.push({ word: written, message });
      continue;
    }
    if (texts.has(word)) repeated.add(word);
    texts.set(word, text);
  }
  for (const word of repeated) {
    const message = `“${word}” is given more than once; the last one, ${quoted(word, texts.get(word)!)}, is taken.`;
    problems.push({ word, message });
  }
  return texts;
}

/** The document, with as many words left out as it takes for the rest to go together. */
async function possible(
  asked: Partial<Asked>,
  extra: ExtraMakers,
  texts: ReadonlyMap<string, string>,
  problems: Problem[],
): Promise<Document> {
  try {
    return await build(asked, extra);
  } catch (error) {
    const word = blamed(asked, error);
    if (word === undefined) throw error; // nothing is asked for any more, and the opening document stands
    problems.push(leftOut(word, texts.get(word)!, error));
    const { [word]: _, ...rest } = asked;
    return possible(rest, extra, texts, problems);
  }
}

/** The last word that answers for what was refused, or the last of all. */
function blamed(asked: Partial<Asked>, error: unknown): AskedName | undefined {
  const present = (Object.keys(ADDRESS) as AskedName[]).filter((name) =>
    Object.hasOwn(asked, name),
  );
  if (!(error instanceof ConvError)) return present.at(-1);
  const field = error.field.split(".")[0]!;
  const answers = (name: AskedName) => {
    const row: AddressWord<unknown> = ADDRESS[name];
    return row.fields.includes(field);
  };
  return present.findLast(answers) ?? present.at(-1);
}

function quoted(word: string, text: string): string {
  return shown(`${word}=${text}`);
}

function leftOut(word: string, text: string, error: unknown): Problem {
  return { word, message: `${quoted(word, text)} is left out: ${because(error)}` };
}

/** A refusal as the end of a sentence. Its field is the subject of reasons that have none. */
function because(error: unknown): string {
  if (!(error instanceof ConvError)) return "it could not be read.";
  const { field, reason, accepted } = error;
  const subject = /^(is|has|holds|makes) /.test(reason) ? `${field} ` : "";
  return `${subject}${reason}; accepted: ${accepted}.`;
}

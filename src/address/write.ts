import type { Document } from "../document.ts";
import type { AskedName } from "./asked.ts";
import type { ViewWord, ViewWords } from "./read.ts";
import { ADDRESS, type AddressWord, TOO_LONG } from "./words.ts";

export interface Written {
  /** `input=digit:7&kernel=sobel-x&stride=2`, without a question mark. */
  readonly text: string;
  /** Whether numbers were left out because they do not fit into a link. */
  readonly tooLong: boolean;
  /** The words left out for that: `input`, `kernel`. The caller may keep the numbers and add a word for them. */
  readonly omitted: readonly AskedName[];
}

/** The address of a document and a view: input and kernel always, the rest where it is not what silence means. */
export async function writeAddress<View extends object = Record<never, never>>(
  document: Document,
  view: Partial<View> = {},
  viewWords?: ViewWords<View>,
): Promise<Written> {
  const words: string[] = [];
  const omitted: AskedName[] = [];
  for (const name of Object.keys(ADDRESS) as AskedName[]) {
    const row: AddressWord<unknown> = ADDRESS[name];
    const text = await row.write(document);
    if (text === TOO_LONG) omitted.push(name);
    else if (text !== null) words.push(wordOf(name, text));
  }
  const { before, after } = writeView(view, viewWords);
  return {
    text: [...before, ...words, ...after].join("&"),
    tooLong: omitted.length > 0,
    omitted,
  };
}

function writeView<View extends object>(view: Partial<View>, words?: ViewWords<View>) {
  const before: string[] = [];
  const after: string[] = [];
  for (const [name, row] of Object.entries<ViewWord<never>>({ ...words })) {
    if (!Object.hasOwn(view, name)) continue;
    const text = row.write(view[name as keyof View] as never);
    if (text !== null) (row.first ? before : after).push(wordOf(name, text));
  }
  return { before, after };
}

/** `name=text` as it stands in an address bar: only what would not survive there is encoded. */
export function wordOf(name: string, text: string): string {
  return `${name}=${encode(text)}`;
}

function encode(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\w .:;,|=/*!~()?@$'-]/gu, encodeURIComponent)
    .replaceAll("'", "%27") // encodeURIComponent leaves it, an address bar does not
    .replaceAll(" ", "+");
}

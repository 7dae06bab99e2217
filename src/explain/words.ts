import { DECIMALS, full, isExact } from "./number.ts";
import type { Role, Sentence, Span } from "./text.ts";

/** "1 row", "3 rows"; an irregular plural is given. */
export function count(n: number, word: string, plural = `${word}s`): string {
  return `${n} ${n === 1 ? word : plural}`;
}

const SMALL = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split(" ");

/** A count that begins a sentence: "Nine products", "27 products". */
export function countFirst(n: number, word: string): string {
  return `${SMALL[n] ?? n} ${word}${n === 1 ? "" : "s"}`;
}

/** A text as the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "row 2", "rows 2–4", and with gaps "rows 2, 4, 6". `at` ascends in equal steps. */
export function range(word: string, at: readonly number[]): string {
  const first = at[0]!;
  const last = at.at(-1)!;
  if (at.length === 1) return `${word} ${first}`;
  if (last - first === at.length - 1) return `${word}s ${first}–${last}`;
  const listed = at.length <= 6 ? at : [first, at[1], "…", last];
  return `${word}s ${listed.join(", ")}`;
}

/** The items called by name: "a", "a and b", "a, b and c"; of more than six, the first six "and 3 more". */
export function list<Item>(items: readonly Item[], nameOf: (item: Item) => string): string {
  const named = items.slice(0, 6).map(nameOf);
  const rest = items.length - named.length;
  if (rest > 0) return `${named.join(", ")} and ${rest} more`;
  if (named.length === 1) return named[0]!;
  return `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
}

/** A number as the second factor of a product: (−1) stands in brackets. */
export function factor(v: number): string {
  return v < 0 ? `(${full(v)})` : full(v);
}

/** A piece with a colour. */
export function span(text: string, role: Role): Span {
  return { text, role };
}

/** Pieces put together into a sentence; plain strings have no colour. */
export function say(...pieces: readonly (string | Span | Sentence)[]): Sentence {
  return pieces
    .flatMap((piece) => (typeof piece === "string" ? { text: piece } : piece))
    .filter(({ text }) => text !== "");
}

/** What is said once, after a sentence in which one of these numbers was rounded. */
export function roundingNote(values: readonly number[]): Sentence {
  const rounded = values.filter((v) => Number.isFinite(v) && !isExact(v)).map(full);
  if (rounded.length === 0) return [];
  const decimals = rounded.some((text) => !text.includes("e"));
  return [span(decimals ? ` (shown to ${DECIMALS} decimals)` : " (rounded)", "muted")];
}

/** "2 · (−1) + (−3) · 4": products in their colours. What stands first has no brackets. */
export function sumOfProducts(
  products: readonly (readonly [left: number, right: number])[],
  left: Role,
  right: Role,
): Sentence {
  return products.flatMap(([a, b], i) => [
    ...(i === 0 ? [] : [{ text: " + " }]),
    span(i === 0 ? full(a) : factor(a), left),
    { text: " · " },
    span(factor(b), right),
  ]);
}

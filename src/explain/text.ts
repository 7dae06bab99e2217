/** What a piece of text speaks of; the interface colours it so. */
export type Role = "X" | "W" | "Y" | "delta" | "muted" | "strong";

export interface Span {
  readonly text: string;
  readonly role?: Role;
}

/** A sentence (or several) as coloured pieces. */
export type Sentence = readonly Span[];

/** The words alone, for a live region. */
export function plain(sentence: Sentence): string {
  return sentence.map((span) => span.text).join("");
}

import { predicted, type Tensor } from "#engine";
import { percent } from "./words.ts";

/** A digit as one speaks of it. */
export function aDigit(k: number): string {
  return `${k === 8 ? "an" : "a"} ${k}`;
}

/** What an image is taken for, how surely, what comes next; and what it should be, where that is known and another. */
export function takenWords(probabilities: Tensor, label: number | null): string {
  const all = [...probabilities.data.entries()];
  const taken = predicted(probabilities, 0);
  const [next] = all.filter(([k]) => k !== taken).toSorted(([, a], [, b]) => b - a);
  const share = (k: number) => percent(probabilities.data[k]!);
  const rest = next ? `, next for ${aDigit(next[0])} (${share(next[0])})` : "";
  const right = label === null || label === taken ? "" : ` ${label} has ${share(label)}.`;
  return `It is taken for ${aDigit(taken)} (${share(taken)})${rest}.${right}`;
}

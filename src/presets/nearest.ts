/** How many letters must be put in, taken out or changed to make one word of the other (Levenshtein 1965). */
export function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++)
      row.push(
        Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    above = row;
  }
  return above[b.length]!;
}

/** The name that was probably meant: one it begins, or one it misses by a letter in three; null where none is close. */
export function nearest(word: string, names: readonly string[]): string | null {
  if (word.length > 40) return null;
  const begun = names.find((name) => word.length >= 2 && name.startsWith(word));
  if (begun !== undefined) return begun;
  const [best] = names
    .map((name) => ({ name, away: distance(word, name) }))
    .sort((a, b) => a.away - b.away);
  return best !== undefined && best.away <= Math.max(1, Math.floor(best.name.length / 3))
    ? best.name
    : null;
}

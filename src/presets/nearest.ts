/** How many letters must be put in, taken out, changed or swapped with the next to make one word of the other. */
export function distance(a: string, b: string): number {
  // rows[i][j]: the distance of the first i letters of a from the first j of b (Levenshtein 1965, Damerau 1964).
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1);
    }
  }
  return rows[a.length]![b.length]!;
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

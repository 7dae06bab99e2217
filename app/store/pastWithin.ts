import type { Document } from "#engine";

interface Past {
  readonly document?: Document;
}

/**
 * The newest of these that fit: every stroke over a photograph is another photograph, and a history of hundreds of them
 * would fill the memory. At least one is kept.
 */
export function pastWithin<State extends Past>(past: readonly State[], bytes: number): State[] {
  const counted = new Set<object>();
  let taken = 0;
  let first = past.length;
  while (first > 0) {
    const { document } = past[first - 1]!;
    if (document)
      for (const { data } of [document.input.tensor, document.kernel.tensor]) {
        if (!counted.has(data)) taken += data.byteLength;
        counted.add(data);
      }
    if (taken > bytes && first < past.length) break;
    first -= 1;
  }
  return past.slice(first);
}

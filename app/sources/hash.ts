import type { Tensor } from "#engine";

const SEEDS = [0x9e3779b9, 0x85ebca6b] as const;

/** Words between two rests, in which the page can go on: some milliseconds. */
const STRETCH = 2 ** 19;

/**
 * A short name for what a tensor holds: equal tensors, equal names. 64 bits, which is ample for telling a person's
 * pictures apart; and unlike the platform's digests it is there on pages without https too.
 */
export async function hashOf({ shape, data }: Tensor): Promise<string> {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  let hashes: readonly number[] = SEEDS;
  hashes = hashes.map((hash) => mixed(hash, Uint32Array.from(shape)));
  for (let at = 0; at < words.length; at += STRETCH) {
    const stretch = words.subarray(at, at + STRETCH);
    hashes = hashes.map((hash) => mixed(hash, stretch));
    if (at + STRETCH < words.length) await rest();
  }
  return hashes.map(named).join("");
}

const rest = () => new Promise((resolve) => setTimeout(resolve));

/** The mixing step of MurmurHash3, of every word. */
function mixed(from: number, words: Uint32Array): number {
  let hash = from;
  for (let i = 0; i < words.length; i++) {
    let k = Math.imul(words[i]!, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    hash ^= Math.imul(k, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  return hash;
}

/** Its last step, and the digits. */
function named(from: number): string {
  let hash = from;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return (hash >>> 0).toString(36).padStart(7, "0");
}

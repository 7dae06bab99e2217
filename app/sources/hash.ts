import type { Tensor } from "#engine";

/**
 * A short name for what a tensor holds: equal tensors, equal names. 64 bits, which is ample for telling a person's
 * pictures apart; and unlike the platform's digests it is there on pages without https too.
 */
export function hashOf({ shape, data }: Tensor): string {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  const halves = [0x9e3779b9, 0x85ebca6b].map((seed) => {
    let hash = seed;
    for (const part of [Uint32Array.from(shape), words])
      for (let i = 0; i < part.length; i++) {
        // The mixing step of MurmurHash3.
        let k = Math.imul(part[i]!, 0xcc9e2d51);
        k = (k << 15) | (k >>> 17);
        hash ^= Math.imul(k, 0x1b873593);
        hash = (hash << 13) | (hash >>> 19);
        hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
      }
    hash ^= hash >>> 16;
    hash = Math.imul(hash, 0x85ebca6b);
    hash ^= hash >>> 13;
    return (hash >>> 0).toString(36).padStart(7, "0");
  });
  return halves.join("");
}

/** A source of numbers, uniform in 0 ≤ x < 1. */
export type Random = () => number;

/** Spreads a few whole numbers over 32 bits, so that neighbouring seeds, filters and channels share nothing. */
function mixed(parts: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(hash ^ part, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash | 0;
}

/**
 * The numbers of a seed, the same in every browser and on every day.
 * More numbers after the seed name a plane (filter and channel, example and channel): each plane has a stream of
 * its own, so that adding one leaves the others as they are. Source: Tommy Ettinger's mulberry32.
 */
export function randomOf(...seed: readonly number[]): Random {
  let state = mixed(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `least` to `most`, both included. */
export function integer(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/**
 * Close to normal, mean 0, spread 1, at most 6 from it.
 * Twelve uniform numbers are added because a logarithm may differ between browsers in its last bit.
 */
export function normal(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
}

/** The same to two decimals. */
export function bell(random: Random): number {
  return Math.round(normal(random) * 100) / 100 || 0;
}

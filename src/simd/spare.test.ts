import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSpare } from "./spare.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("every array that is taken is one of its own, of the length asked for, and full of zeros", () => {
  const take = createSpare();
  const taken = [take(2 ** 18)];
  taken[0]!.fill(1);
  for (const length of [2 ** 18, 2 ** 18, 2 ** 18 + 1, 5, 2 ** 18]) {
    if (taken.length % 2 === 1) vi.runAllTimers(); // by turns one that was made ready, and one that was not yet
    const next = take(length);
    expect(next.length).toBe(length);
    expect(next.every((v) => v === 0)).toBe(true);
    expect(taken).not.toContain(next);
    taken.push(next.fill(1));
  }
});

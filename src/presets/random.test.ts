import { expect, test } from "vitest";
import { bell, integer, randomOf } from "./random.ts";

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

test("a seed gives the same numbers for ever: links depend on it", () => {
  expect(draw(4, randomOf(1)).map((x) => Math.floor(x * 1e6))).toEqual([
    915889, 281631, 514921, 254384,
  ]);
  expect(draw(5, randomOf(3, 1, 2))).toEqual(draw(5, randomOf(3, 1, 2)));
});

test("neighbouring seeds and planes share nothing", () => {
  const streams = [[1], [2], [1, 0], [1, 1], [1, 0, 1], [1, 1, 0], [0], []].map((seed) =>
    draw(3, randomOf(...seed)).join(),
  );
  expect(new Set(streams).size).toBe(streams.length);
});

test("whole numbers reach both ends and favour none", () => {
  const random = randomOf(5);
  const drawn = draw(7000, () => integer(random, -3, 3));
  for (let value = -3; value <= 3; value++) {
    const share = drawn.filter((v) => v === value).length / drawn.length;
    expect(share, String(value)).toBeGreaterThan(0.12);
    expect(share, String(value)).toBeLessThan(0.17);
  }
});

test("a bell has mean 0, spread 1 and two decimals", () => {
  const random = randomOf(6);
  const drawn = draw(5000, () => bell(random));
  const mean = drawn.reduce((a, b) => a + b) / drawn.length;
  const variance = drawn.reduce((sum, v) => sum + (v - mean) ** 2, 0) / drawn.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(Math.abs(variance - 1)).toBeLessThan(0.06);
  expect(drawn.every((v) => Number(v.toFixed(2)) === v)).toBe(true);
});

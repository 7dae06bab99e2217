import { expect, test } from "vitest";
import { tensor } from "#engine";
import { aDigit, takenWords } from "./taken.ts";

const of = (...shares: number[]) => tensor([1, shares.length], shares);

test("the likeliest, the next, and what it should have been", () => {
  const shares = of(0.05, 0.2, 0.7, 0.05);
  const words = "It is taken for a 2 (70 %), next for a 1 (20 %).";
  expect(takenWords(shares, null)).toBe(words);
  expect(takenWords(shares, 2)).toBe(words);
  expect(takenWords(shares, 3)).toBe(`${words} 3 has 5 %.`);
});

test("of equals the first, and a network of one class has no next", () => {
  expect(takenWords(of(0.5, 0.5), null)).toBe("It is taken for a 0 (50 %), next for a 1 (50 %).");
  expect(takenWords(of(1), null)).toBe("It is taken for a 0 (100 %).");
});

test("eight begins with a vowel", () => {
  expect([7, 8].map(aDigit)).toEqual(["a 7", "an 8"]);
});

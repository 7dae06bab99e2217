import { expect, test } from "vitest";
import { tensor } from "../../tensor.ts";
import { arrayLines, literal } from "./languages.ts";

test("a matrix has one row a line, its numbers in columns", () => {
  expect(arrayLines("W = f(", tensor([1, 1, 2, 3], [-1, 0, 10, 2, -20, 0.5]), ")")).toEqual([
    "W = f([",
    "  [ -1,   0,  10],",
    "  [  2, -20, 0.5],",
    "])",
  ]);
});

test("a single number has no brackets, a row of them is one line", () => {
  expect(arrayLines("b = ", tensor([1], [3]), ";")).toEqual(["b = 3;"]);
  expect(arrayLines("b = ", tensor([2], [3, -10]), ";")).toEqual(["b = [3, -10];"]);
  expect(arrayLines("X = ", tensor([1, 1, 1, 1], [3]), ";")).toEqual(["X = [", "  [3],", "];"]);
});

test("more axes are more brackets", () => {
  expect(arrayLines("X = ", tensor([1, 2, 1, 2], [1, 2, 3, 4]), ";")).toEqual([
    "X = [",
    "  [",
    "    [1, 2],",
    "  ],",
    "  [",
    "    [3, 4],",
    "  ],",
    "];",
  ]);
});

test("a long row is broken, and no number is lost", () => {
  const numbers = Array.from({ length: 200 }, (_, i) => i / 7);
  const lines = arrayLines("", tensor([1, 1, 2, 100], numbers), "");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(96);
  const text = lines.join("").replaceAll(/,\s*\]/g, "]");
  expect(JSON.parse(text).flat()).toEqual(numbers);
});

test("a number is read back as it was", () => {
  const numbers = [0.1 + 0.2, -1e-300, 1e15, 123456789012345680000, 2 ** 53, 1 / 3, 5e-324];
  expect(numbers.map(literal).map(Number)).toEqual(numbers);
  expect(literal(2 ** 70)).toMatch(/e\+21$/);
  expect(literal(-0)).toBe("0");
});

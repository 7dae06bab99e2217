import { expect, test } from "vitest";
import { openingDocument, setCells } from "#engine";
import { pastWithin } from "./pastWithin.ts";

const opening = openingDocument();
const X = opening.input.tensor.data.byteLength;
const W = opening.kernel.tensor.data.byteLength;

test("of strokes as many are kept as there is room for, the newest", () => {
  const past = [1, 2, 3, 4].map((ink) => ({ document: setCells(opening, "X", [0], ink) }));
  expect(pastWithin(past, 4 * X + W)).toEqual(past);
  expect(pastWithin(past, 2 * X + W)).toEqual(past.slice(2));
  expect(pastWithin(past, 1)).toEqual(past.slice(3));
});

test("an image that many documents share is counted once", () => {
  const past = Array.from({ length: 9 }, (_, i) => ({
    document: setCells(opening, "W", [0], 20 + i),
  }));
  expect(pastWithin(past, X + 9 * W)).toEqual(past);
});

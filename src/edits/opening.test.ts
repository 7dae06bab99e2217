import { expect, test } from "vitest";
import { readAddress } from "../address/read.ts";
import { layerOf } from "../document.ts";
import { forward } from "../forward.ts";
import { checkDocument } from "../limits.ts";
import { EXAMPLES } from "../presets/examples.ts";
import { everyBit } from "../testing/documents.ts";
import { openingDocument } from "./opening.ts";

test("the opening document shows padding, overlap, signs and a remainder, in small whole numbers", () => {
  const document = openingDocument();
  const { rows, columns } = checkDocument(document);
  expect([rows.out, columns.out, rows.remainder, columns.remainder]).toEqual([4, 4, 1, 1]);
  const { y } = forward(layerOf(document));
  expect([...y.data].every((v) => Number.isInteger(v) && Math.abs(v) <= 45)).toBe(true);
  expect([...y.data].slice(0, 7)).toEqual([9, 0, 0, -9, 9, 0, 9]);
});

test("the opening document is the first example", async () => {
  const { document } = await readAddress(EXAMPLES.opening.link);
  expect(everyBit(document)).toEqual(everyBit(openingDocument()));
});

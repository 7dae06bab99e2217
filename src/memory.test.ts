import { afterEach, expect, test } from "vitest";
import { setFilters, setInputWord } from "./edits/edits.ts";
import { openingDocument } from "./edits/opening.ts";
import { checkDocument } from "./limits.ts";
import {
  bytesInWords,
  bytesOf,
  MEMORY_BUDGETS,
  memoryBudget,
  narrowed,
  setMemoryBudget,
} from "./memory.ts";
import { tensor } from "./tensor.ts";
import { refusalOf } from "./testing/refusal.ts";

const usual = memoryBudget();
afterEach(() => setMemoryBudget(usual));

test("what is allowed decides what is refused", () => {
  const large = setFilters(setInputWord(openingDocument(), "ramp:1024x1024"), 24);
  expect(checkDocument(large).shapes.Y).toEqual([1, 24, 512, 512]);
  setMemoryBudget(MEMORY_BUDGETS[0]);
  expect(refusalOf(() => checkDocument(large)).field).toBe("memory");
});

test("a layer is counted with both ways, the answer before, and X on both sides", () => {
  const g = checkDocument(setInputWord(openingDocument(), "ramp:1024x1024"));
  const [x, y] = [1024 * 1024, 512 * 512];
  const held = 4 * (2 * x + 2 * y) + 2 * 4 * (4 * y + x);
  expect(bytesOf(g, 4 * x)).toBe(2 * 4 * x + held);
});

test("bytes are said so that they can be compared", () => {
  expect([1, 999 * 2 ** 20, 1024 ** 3, 1.55 * 1024 ** 3].map(bytesInWords)).toEqual([
    "1 MB",
    "999 MB",
    "1 GB",
    "1.6 GB",
  ]);
});

test("millions of pixels take half the room where none of them loses anything by it", () => {
  const many = (value: number) => tensor([2 ** 20 + 1], new Float64Array(2 ** 20 + 1).fill(value));
  expect(narrowed(many(0.5)).data).toBeInstanceOf(Float32Array);
  expect(narrowed(many(0.1)).data).toBeInstanceOf(Float64Array);
  expect(narrowed(tensor([2], [1, 2])).data).toBeInstanceOf(Float64Array);
});

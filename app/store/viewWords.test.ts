import { expect, test } from "vitest";
import { LENSES } from "../lenses/lenses.ts";
import { viewWords } from "./viewWords.ts";

const words = viewWords({ lenses: LENSES }) as unknown as Record<
  string,
  { read: (text: string) => string; write: (value: string) => string | null }
>;

test("what every lens opens with is silent", () => {
  expect(words.data!.write("nchw")).toBe(null);
  expect(words.data!.write("nhwc")).toBe("nhwc");
});

test("where lenses open with different choices, whatever is chosen is said", () => {
  expect(words.col!.write("rows")).toBe("rows");
  expect(words.col!.write("columns")).toBe("columns");
  expect(words.col!.read("columns")).toBe("columns");
});

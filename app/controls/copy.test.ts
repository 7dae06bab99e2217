import { expect, it } from "vitest";
import { htmlLink, markdownLink } from "./copy.ts";

const url = "https://example.org/?input=1+2;3+4&note=(a)";

it("a Markdown link survives parentheses in the address", () => {
  expect(markdownLink("a figure", url)).toBe(`[a figure](<${url}>)`);
});

it("an HTML link escapes what ends an attribute", () => {
  expect(htmlLink("a figure", `${url}"`)).toBe(
    '<a href="https://example.org/?input=1+2;3+4&amp;note=(a)&quot;">a figure</a>',
  );
});

import { expect, test } from "vitest";
import { PAGES } from "../pages.ts";
import { holds, KEYS } from "./keys.ts";

test("before the Network its own keys hold, and those of every place; none of the figure’s", () => {
  const there = KEYS.filter((row) => holds(row, "network"));
  expect(there.map(({ keys }) => keys)).toEqual([
    ...["Space", "→", "←", "Home", "End"],
    ...["1 … 9", "[", "]", "?"],
  ]);
});

test("before the figure no key of a page holds, and before a page with no keys of its own only those of every place", () => {
  const before = (page: string | null) => KEYS.filter((row) => holds(row, page));
  expect(before(null).some(({ where }) => where === "network")).toBe(false);
  expect(before(null).length).toBe(KEYS.filter(({ where }) => where !== "network").length);
  expect(before("diary").every(({ where }) => where === "everywhere")).toBe(true);
});

test("a key that holds before a page names one", () => {
  for (const { where } of KEYS)
    if (where !== undefined && where !== "everywhere") expect(Object.keys(PAGES)).toContain(where);
});

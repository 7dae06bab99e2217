import { expect, test } from "vitest";
import { DEFAULTS } from "../spec.ts";
import { deadlineFor } from "./deadline.ts";

const spec = { N: 1, C: 2, H: 100, W: 50, F: 4, kH: 1, kW: 5, ...DEFAULTS, padding: "same" };
const multiplyAdds = 100 * 50 * 4 * 2 * 5;

test("a deadline is 4 s and half a microsecond per multiply-add", () => {
  expect(deadlineFor({ spec })).toBe(4_000 + multiplyAdds * 0.0005);
});

test("a layer inside the question counts the same", () => {
  expect(deadlineFor({ layer: { spec }, dy: {} })).toBe(deadlineFor({ spec }));
});

test("what has no layer, or an impossible one, has the least deadline", () => {
  for (const question of [null, 3, {}, { spec: null }, { spec: { ...spec, C: -1 } }])
    expect(deadlineFor(question)).toBe(4_000);
});

test("a deadline never passes what a timer can hold", () => {
  const huge = { ...spec, N: 1, C: 8192, H: 64, W: 64, F: 8192, kH: 5, kW: 5 };
  expect(deadlineFor({ spec: huge })).toBe(3_600_000);
});

test("a long file has longer", () => {
  const bytes = new Uint8Array(1000);
  expect(
    deadlineFor({
      files: [
        { name: "a", bytes },
        { name: "b", bytes },
      ],
    }),
  ).toBe(4002);
  expect(deadlineFor({ text: "x".repeat(3000) })).toBe(4003);
  expect(deadlineFor({ files: [null, { bytes: "no" }], text: 3 })).toBe(4000);
});

import { expect, test } from "vitest";
import { percent, short } from "./words.ts";

test.each([
  [0, "0"],
  [2.5, "2.5"],
  [-0.012345, "-0.0123"],
  [99_949, "99900"],
  [0.0001, "0.0001"],
  [123_456, "1.23e5"],
  [-2.5e12, "-2.5e12"],
  [1e300, "1e300"],
  [0.00001234, "1.23e-5"],
  [9.999e9, "1e10"],
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "Infinity"],
])("%d is short as %s, of eight signs at most", (value, text) => {
  expect(short(value)).toBe(text);
  if (Number.isFinite(value)) expect(text.length).toBeLessThanOrEqual(8);
});

test("a share is said to a tenth of a per cent", () => {
  expect([0, 0.1234, 1].map(percent)).toEqual(["0 %", "12.3 %", "100 %"]);
});

import { expect, test } from "vitest";
import { distance, nearest } from "./nearest.ts";

test("distance counts letters put in, taken out, changed and swapped", () => {
  expect(distance("kitten", "sitting")).toBe(3);
  expect(distance("", "abc")).toBe(3);
  expect(distance("same", "same")).toBe(0);
  expect(distance("phoot", "photo")).toBe(1);
});

test("the nearest name is one that is begun, or missed by a letter in three", () => {
  const names = ["stride", "padding", "sobel-x", "sobel-y", "mode"];
  expect(nearest("strid", names)).toBe("stride");
  expect(nearest("pading", names)).toBe("padding");
  expect(nearest("sobel", names)).toBe("sobel-x");
  expect(nearest("sobelx", names)).toBe("sobel-x");
  expect(nearest("s", names)).toBeNull();
  expect(nearest("kernel", names)).toBeNull();
  expect(nearest("", names)).toBeNull();
  expect(nearest("stride".repeat(1000), names)).toBeNull();
  expect(nearest("stride", [])).toBeNull();
});

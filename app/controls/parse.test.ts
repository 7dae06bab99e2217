import { describe, expect, it } from "vitest";
import { readNumber, shownNumber, stepped } from "./parse.ts";

describe("readNumber", () => {
  it("reads what people write: a real minus, a decimal comma, spaces", () => {
    expect(readNumber(" −3 ", {})).toEqual({ value: -3 });
    expect(readNumber("0,25", {})).toEqual({ value: 0.25 });
    expect(readNumber("1e2", {})).toEqual({ value: 100 });
  });

  it.each(["", "abc", "3 4", "0x10", "Infinity", "1e999", "--1", "."])("refuses %j", (text) => {
    expect(readNumber(text, {})).toHaveProperty("complaint");
  });

  it("says which limit was passed", () => {
    const bounds = { integer: true, min: 1, max: 64 };
    expect(readNumber("0", bounds)).toEqual({ complaint: "0 is too small: 1 to 64." });
    expect(readNumber("65", bounds)).toEqual({ complaint: "65 is too large: 1 to 64." });
    expect(readNumber("2.5", bounds)).toEqual({ complaint: "2.5 is not a whole number." });
    expect(readNumber("-1", { min: 0 })).toEqual({ complaint: "-1 is too small: 0 or more." });
  });

  it("reads what shownNumber writes", () => {
    for (const value of [0, -7, 0.1, -12.5, 1 / 8, 123456])
      expect(readNumber(shownNumber(value), {})).toEqual({ value });
  });
});

describe("stepped", () => {
  it("stays inside the bounds and leaves no dust", () => {
    expect(stepped(0.1, 0.2, {})).toBe(0.3);
    expect(stepped(1, -1, { min: 1 })).toBe(1);
    expect(stepped(64, 1, { max: 64 })).toBe(64);
  });
});

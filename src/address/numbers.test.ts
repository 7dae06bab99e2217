import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sizeOf, tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import {
  readList,
  readLiteral,
  readNumber,
  readWholes,
  writeLiteral,
  writeNumber,
} from "./numbers.ts";

const input = (text: string) => readLiteral("input", text, "example");
const refused = (text: string) => refusalOf(() => input(text)).message;

describe("a number", () => {
  test("is what people write: signs, decimals, exponents, fractions", () => {
    const read = (text: string) => readNumber("bias", text);
    expect(["3", "-1.5", "−2", "–2", "+4", ".5", "5.", "1e-3", " 7 "].map(read)).toEqual([
      3, -1.5, -2, -2, 4, 0.5, 5, 0.001, 7,
    ]);
    expect([read("1/9"), read("-1/4")]).toEqual([1 / 9, -0.25]);
    expect(Object.is(read("-0"), -0)).toBe(true);
  });

  test("is nothing else, and never infinite", () => {
    for (const text of [
      "",
      "x",
      "1x",
      "0x10",
      "1e999",
      "Infinity",
      "NaN",
      "1/0",
      "1/2/3",
      "--1",
      "1_000",
      "٣",
    ])
      expect(refusalOf(() => readNumber("bias", text)).field, text).toBe("bias");
    expect(refusalOf(() => readNumber("bias", "x")).message).toBe(
      "bias: “x” is not a number; accepted: numbers such as 3, -1.5 or 1/9.",
    );
  });

  test("written and read is the same to the last bit", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = writeNumber(value);
        expect(Object.is(readNumber("bias", text), value)).toBe(true);
        expect(text).not.toContain("+");
      }),
    );
  });

  test("stands in lists between commas or spaces", () => {
    expect(readList("bias", " 1, 2 ,3  −4,")).toEqual([1, 2, 3, -4]);
    expect(refusalOf(() => readList("bias", " , ")).reason).toBe("has no number");
    expect(readWholes("stride", "2,-0", 0, "wholes")).toEqual([2, 0]);
    expect(refusalOf(() => readWholes("stride", "2,0", 1, "wholes")).message).toBe(
      "stride: “0” is too small; accepted: wholes.",
    );
    expect(refusalOf(() => readWholes("stride", "1.5", 1, "wholes")).reason).toBe(
      "“1.5” is not a whole number",
    );
  });
});

describe("numbers written out", () => {
  test("are rows between semicolons or line breaks, channels between bars, examples between double bars", () => {
    expect(input("1 2 3; 4 5 6")).toEqual(tensor([1, 1, 2, 3], [1, 2, 3, 4, 5, 6]));
    expect(input("1,2\n3,4\n")).toEqual(tensor([1, 1, 2, 2], [1, 2, 3, 4]));
    expect(input("1 2|3 4 || 5 6|7 8 || 9 0|1 2")).toEqual(
      tensor([3, 2, 1, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2]),
    );
    expect(input("7").shape).toEqual([1, 1, 1, 1]);
  });

  test("that do not fill a tensor are refused with the place", () => {
    expect(refused("1 2;3")).toBe(
      "input: row 2 of channel 1 of example 1 has 1 numbers, but row 1 has 2; accepted: rows of one length.",
    );
    expect(refused("1 2|1 2;3 4")).toContain(
      "channel 2 of example 1 is 2 × 2, but the first is 1 × 2",
    );
    expect(refused("1||2|3")).toContain("example 2 has 2 channels, but example 1 has 1");
    expect(refused("1|||2")).toContain("channel 1 of example 2 is empty");
    expect(refused("")).toContain("channel 1 of example 1 is empty");
    expect(refused("1 two 3")).toContain("“two” is not a number");
    expect(refusalOf(() => readLiteral("kernel", "1||2|3", "filter")).reason).toContain("filter 2");
  });

  test("written and read are the same, or too long to write", () => {
    const shapes = fc.tuple(...[3, 3, 4, 4].map((max) => fc.integer({ min: 1, max })));
    const values = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(shapes, fc.array(values, { minLength: 144, maxLength: 144 }), (shape, pool) => {
        const numbers = tensor(shape, pool.slice(0, sizeOf(shape)));
        const text = writeLiteral(numbers, Number.POSITIVE_INFINITY)!;
        const back = input(text);
        expect(back.shape).toEqual(shape);
        expect(back.data.every((v, i) => Object.is(v, numbers.data[i]))).toBe(true);
        expect(writeLiteral(numbers, text.length)).toBe(text);
        expect(writeLiteral(numbers, text.length - 1)).toBeNull();
      }),
    );
  });
});

import { describe, expect, test } from "vitest";
import { paddingWords } from "./padding.ts";
import { caseOf } from "./testing/cases.ts";

/** 8 × 8 under a 3 × 3 kernel, unless something else is said. */
const of = (given: Partial<Parameters<typeof caseOf>[0]>) =>
  caseOf({ H: 8, W: 8, kH: 3, kW: 3, ...given }).g;

describe("PyTorch", () => {
  const words = (given: Partial<Parameters<typeof caseOf>[0]>) =>
    paddingWords(of(given), "pytorch");

  test("a number for rows and one for columns", () => {
    expect(words({})).toBe("PyTorch: padding=(0, 0)");
    expect(words({ padding: 1, stride: [2, 2] })).toBe("PyTorch: padding=(1, 1)");
    expect(words({ padding: [2, 1, 2, 1] })).toBe("PyTorch: padding=(2, 1)");
  });

  test("sides that differ are padded before: left, right, top, bottom", () => {
    expect(words({ padding: [1, 2, 3, 4] })).toBe(
      "PyTorch: F.pad(x, (4, 2, 1, 3)), since its padding= has no sides",
    );
  });

  test("“same” by its name, and refused with a stride", () => {
    expect(words({ padding: "same" })).toBe('PyTorch: padding="same"');
    expect(words({ padding: "same", kH: 2, kW: 2 })).toBe('PyTorch: padding="same"');
    expect(words({ padding: "same", stride: [2, 2] })).toBe(
      "PyTorch: F.pad(x, (0, 1, 0, 1)); it refuses “same” with a stride above 1",
    );
    expect(words({ padding: "same", stride: [2, 2], H: 7, W: 7 })).toBe(
      "PyTorch: padding=(1, 1); it refuses “same” with a stride above 1",
    );
  });

  test("other rings than zeros", () => {
    expect(words({ padding: 1, padMode: "reflect" })).toBe(
      'PyTorch: padding=(1, 1), padding_mode="reflect"',
    );
    expect(words({ padding: [1, 0, 0, 0], padMode: "circular" })).toBe(
      'PyTorch: F.pad(x, (0, 0, 1, 0), mode="circular"), since its padding= has no sides',
    );
  });
});

describe("TensorFlow", () => {
  const words = (given: Partial<Parameters<typeof caseOf>[0]>) =>
    paddingWords(of(given), "tensorflow");

  test("VALID without padding", () => {
    expect(words({})).toBe('TensorFlow: padding="VALID"');
  });

  test("SAME where the sides are what it gives: the odd cell after", () => {
    expect(words({ padding: 1 })).toBe('TensorFlow: padding="SAME"');
    expect(words({ padding: "same", kH: 2, kW: 4 })).toBe('TensorFlow: padding="SAME"');
    expect(words({ padding: [0, 1, 1, 0], stride: [2, 2] })).toBe(
      'TensorFlow: padding="SAME"; its sides follow from the stride, with which PyTorch refuses “same”',
    );
    expect(words({ padding: 2, dilation: [2, 2] })).toBe('TensorFlow: padding="SAME"');
  });

  test("else all four sides, and what SAME would be", () => {
    expect(words({ padding: 1, stride: [2, 2] })).toBe(
      "TensorFlow: padding=[[0, 0], [1, 1], [1, 1], [0, 0]]; “SAME”: [0, 1], [0, 1]",
    );
    expect(words({ padding: [2, 0, 0, 1] })).toBe(
      "TensorFlow: padding=[[0, 0], [2, 0], [1, 0], [0, 0]]; “SAME”: [1, 1], [1, 1]",
    );
  });

  test("rings that it has, and rings that it has not", () => {
    expect(words({ padding: 1, padMode: "reflect" })).toBe(
      'TensorFlow: tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]], mode="REFLECT"), then "VALID"',
    );
    expect(words({ padding: 1, padMode: "circular" })).toBe(
      "TensorFlow has no circular padding: the ring is joined on by hand",
    );
  });
});

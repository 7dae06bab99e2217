import fc from "fast-check";
import { expect, test } from "vitest";
import { averaged, type Pixels, tensorOf } from "./pixels.ts";

/** Opaque pixels of a gray image. */
function gray(width: number, height: number, values: readonly number[]): Pixels {
  return { width, height, data: values.flatMap((v) => [v, v, v, 255]) };
}

test("an image of the size wished for keeps its bytes", () => {
  const pixels = gray(3, 2, [0, 1, 2, 127, 254, 255]);
  const made = tensorOf(pixels, { H: 2, W: 3, C: 1, levels: 255 });
  expect(made.shape).toEqual([1, 1, 2, 3]);
  expect([...made.data]).toEqual([0, 1, 2, 127, 254, 255]);
});

test("a larger image is averaged over area, height and width each by its own factor", () => {
  const pixels = gray(4, 3, [0, 2, 10, 20, 4, 6, 30, 40, 8, 10, 50, 60]);
  expect([...tensorOf(pixels, { H: 1, W: 2, C: 1, levels: 255 }).data]).toEqual([5, 35]);
  expect([...tensorOf(pixels, { H: 3, W: 1, C: 1, levels: 255 }).data]).toEqual([8, 20, 32]);
});

test("a smaller image becomes blocks", () => {
  const made = tensorOf(gray(2, 1, [10, 20]), { H: 2, W: 4, C: 1, levels: 255 });
  expect([...made.data]).toEqual([10, 10, 20, 20, 10, 10, 20, 20]);
});

test("gray is Rec. 601 luma, rounded to whole numbers; channels are red, green, blue", () => {
  const pixels = { width: 3, height: 1, data: [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255] };
  const wish = { H: 1, W: 3, levels: 255 } as const;
  expect([...tensorOf(pixels, { ...wish, C: 1 }).data]).toEqual([76, 150, 29]);
  expect([...tensorOf(pixels, { ...wish, C: 3 }).data]).toEqual([255, 0, 0, 0, 255, 0, 0, 0, 255]);
});

test("levels: digits are whole, 0 to 1 has two decimals", () => {
  const pixels = gray(4, 1, [0, 100, 128, 255]);
  const wish = { H: 1, W: 4, C: 1 } as const;
  expect([...tensorOf(pixels, { ...wish, levels: 9 }).data]).toEqual([0, 4, 5, 9]);
  expect([...tensorOf(pixels, { ...wish, levels: 1 }).data]).toEqual([0, 0.39, 0.5, 1]);
});

test("averaging keeps the mean, whatever the lengths, along either axis", () => {
  const length = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(length, length, length, length, (outer, n, inner, to) => {
      const data = Float64Array.from({ length: outer * n * inner }, (_, i) => (i * 37) % 101);
      const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
      expect(mean(averaged(data, outer, n, inner, to))).toBeCloseTo(mean(data), 9);
    }),
  );
});

test("a flat image stays exactly flat, whatever the sizes", () => {
  const length = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(length, length, fc.nat(255), (n, to, v) => {
      const flat = averaged(new Float64Array(n).fill(v), 1, n, 1, to);
      expect(new Set(flat)).toEqual(new Set([v]));
    }),
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tensor } from "../tensor.ts";
import {
  blankLevels,
  INK_LEVEL,
  imageOfLevels,
  levelsOfImage,
  levelsOfStroke,
  PENS,
  type PenPoint,
  startStroke,
  strokeTo,
} from "./pen.ts";

const [H, W] = [6, 8];
const at = (row: number, column: number): PenPoint => ({ row, column });
const draw = (pen: keyof typeof PENS, over: typeof blank, ...path: PenPoint[]) => {
  const [first, ...rest] = path as [PenPoint, ...PenPoint[]];
  return levelsOfStroke(rest.reduce(strokeTo, startStroke(over, pen, first)));
};
const blank = blankLevels(H, W);
const full = tensor(blank.shape, new Float64Array(H * W).fill(INK_LEVEL));

describe("a stroke", () => {
  test("is soft: as dark in a cell as the share of it under the tip, whatever the pixels say", () => {
    const { data } = draw("pen", blank, at(2.5, 1.5), at(2.5, 6.5));
    const column = Array.from({ length: H }, (_, row) => data[row * W + 4]!);
    // a bar over the middle of row 2: all of its cell, and one in four of the lines of points beside it
    expect(column).toEqual([0, 4, INK_LEVEL, 4, 0, 0]);
    expect(PENS.pen.radius).toBeGreaterThan(0.5 + 0.5 / 4);
  });

  test("of a still pen is its round tip, and fits between cells as well", () => {
    const { data } = draw("pen", blank, at(3, 4));
    const cells = [...data.entries()].filter(([, level]) => level > 0);
    expect(cells.map(([cell]) => cell)).toEqual([2 * W + 3, 2 * W + 4, 3 * W + 3, 3 * W + 4]);
    expect(new Set(cells.map(([, level]) => level)).size).toBe(1);
  });

  test("leaves no gap however fast, and beyond the edge draws nothing and fails nothing", () => {
    const { data } = draw("pen", blank, at(-9, -9), at(20, 20));
    for (let i = 0; i < H; i++) expect(data[i * W + i]!).toBeGreaterThan(INK_LEVEL / 2);
    expect(draw("pen", blank, at(-9, 4), at(-9, 5))).toEqual(blank);
  });

  test("with a bend is all of its way, not the last piece alone", () => {
    const corner = at(1.5, 6.5);
    const ways = [
      draw("pen", blank, at(1.5, 1.5), corner),
      draw("pen", blank, corner, at(4.5, 6.5)),
    ];
    const { data } = draw("pen", blank, at(1.5, 1.5), corner, at(4.5, 6.5));
    for (const [cell, level] of data.entries())
      expect(level).toBeGreaterThanOrEqual(Math.max(...ways.map((way) => way.data[cell]!)));
  });

  test("goes over what is there without making it lighter, nor itself darker", () => {
    const once = draw("pen", blank, at(1, 1), at(4, 6));
    expect(draw("pen", once, at(1, 1), at(4, 6))).toEqual(once);
    expect(draw("pen", full, at(1, 1))).toEqual(full);
  });

  test("of the eraser takes away as much as the pen would bring", () => {
    const path = [at(1.5, 1.5), at(4.5, 6.5)] as const;
    const drawn = draw("pen", blank, ...path);
    const rubbed = draw("eraser", full, ...path);
    expect(rubbed.data).toEqual(drawn.data.map((level) => INK_LEVEL - level));
    expect(draw("eraser", blank, ...path)).toEqual(blank);
  });

  test("holds whole levels within the field, and changes nothing that was there before", () => {
    const coordinate = fc.double({ min: -2, max: 10, noNaN: true });
    const point = fc.record({ row: coordinate, column: coordinate });
    const levels = fc.array(fc.integer({ min: 0, max: INK_LEVEL }), {
      minLength: H * W,
      maxLength: H * W,
    });
    const pen = fc.constantFrom("pen" as const, "eraser" as const);
    fc.assert(
      fc.property(pen, levels, point, point, (pen, numbers, a, b) => {
        const over = tensor(blank.shape, Float64Array.from(numbers));
        const { data, shape } = draw(pen, over, a, b);
        expect(shape).toEqual(over.shape);
        expect([...over.data]).toEqual(numbers);
        for (const [i, level] of data.entries()) {
          expect(Number.isInteger(level)).toBe(true);
          expect(level).toBeGreaterThanOrEqual(pen === "pen" ? numbers[i]! : 0);
          expect(level).toBeLessThanOrEqual(pen === "pen" ? INK_LEVEL : numbers[i]!);
        }
      }),
      { numRuns: 200 },
    );
  });
});

test("levels become what a network is shown, and back", () => {
  const levels = tensor([1, 1, 1, 3], [0, 8, 16]);
  expect([...imageOfLevels(levels).data]).toEqual([0, 0.5, 1]);
  expect(levelsOfImage(imageOfLevels(levels))).toEqual(levels);
  expect([...levelsOfImage(tensor([1, 1, 1, 3], [-1, 0.26, 7])).data]).toEqual([0, 4, 16]);
});

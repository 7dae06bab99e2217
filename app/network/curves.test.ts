import { expect, test } from "vitest";
import { pathOf, pointsOf, scaleOf } from "./curves.ts";

test("a short run is drawn step by step, the first at 1", () => {
  expect(pointsOf([])).toEqual([]);
  expect(pointsOf([2.5, 1.5])).toEqual([
    [1, 2.5],
    [2, 1.5],
  ]);
});

test("of a long one the means of stretches, each at its middle, and none left out", () => {
  const values = Array.from({ length: 500 }, (_, i) => i + 1); // the value of a step is its number
  const points = pointsOf(values);
  expect(points.length).toBe(Math.ceil(500 / 3));
  for (const [step, value] of points) expect(value).toBe(step);
  expect(points.at(-1)).toEqual([499.5, 499.5]);
});

test("a scale runs from end to end, upside down where it is told to, and marks round numbers", () => {
  const down = scaleOf(0, 2, -100, 4);
  expect([0, 1, 2].map(down.place)).toEqual([-0, -50, -100]);
  expect(down.marks).toEqual([0, 0.5, 1, 1.5, 2]);
  expect(scaleOf(3, 3, 10, 2).place(3)).toBe(0);
});

test("a path goes through all points that are numbers", () => {
  const x = scaleOf(0, 10, 100, 2);
  const y = scaleOf(0, 1, 10, 2);
  const points = [
    [0, 0],
    [5, Number.NaN],
    [10, 0.25],
  ] as const;
  expect(pathOf(points, x, y)).toBe("M0,0L100,2.5");
  expect(pathOf([], x, y)).toBe("");
});

import { describe, expect, test } from "vitest";
import { pointsOf } from "./curve.ts";

describe("the curve of losses", () => {
  test("goes down a power of ten like any other", () => {
    expect(pointsOf([1000, 100, 10, 1], 30, 60)).toEqual([
      [0, 0],
      [10, 20],
      [20, 40],
      [30, 60],
    ]);
  });

  test("has a floor: a loss of 0 is drawn, too", () => {
    expect(pointsOf([1, 0], 10, 10)).toEqual([
      [0, 0],
      [10, 10],
    ]);
  });

  test("is straight where losses go below 0", () => {
    expect(pointsOf([10, 0, -10], 10, 10)).toEqual([
      [0, 0],
      [5, 5],
      [10, 10],
    ]);
  });

  test("is level where nothing changes, and nothing without two losses", () => {
    expect(pointsOf([5, 5], 10, 10)).toEqual([
      [0, 5],
      [10, 5],
    ]);
    expect(pointsOf([5], 10, 10)).toEqual([]);
    expect(pointsOf([], 10, 10)).toEqual([]);
    expect(pointsOf([5, Number.NaN, Number.POSITIVE_INFINITY], 10, 10)).toEqual([]);
  });

  test("of many losses keeps some, the first and the last among them", () => {
    const points = pointsOf(
      Array.from({ length: 10_001 }, (_, i) => 10_001 - i),
      100,
      30,
    );
    expect(points.length).toBeLessThan(160);
    expect(points[0]).toEqual([0, 0]);
    expect(points.at(-1)).toEqual([100, 30]);
  });
});

import { expect, test } from "vitest";
import { reframePlanes, region, repeatNumbers, repeatPlanes } from "./planes.ts";
import { tensor } from "./tensor.ts";

const four = tensor([2, 2, 1, 2], [1, 2, 3, 4, 5, 6, 7, 8]);

test("planes are repeated along both outer axes, or cut", () => {
  expect([...repeatPlanes(four, 3, 1).data]).toEqual([1, 2, 5, 6, 1, 2]);
  expect([...repeatPlanes(four, 1, 3).data]).toEqual([1, 2, 3, 4, 1, 2]);
  expect(repeatPlanes(four, 3, 1).shape).toEqual([3, 1, 1, 2]);
});

test("a frame is moved over each plane; what is new is 0", () => {
  const plane = tensor([1, 1, 2, 3], [1, 2, 3, 4, 5, 6]);
  expect([...reframePlanes(plane, [3, 2], [1, 0]).data]).toEqual([0, 0, 1, 2, 4, 5]);
  expect([...reframePlanes(plane, [1, 4], [-1, 1]).data]).toEqual([0, 4, 5, 6]);
  expect([...reframePlanes(four, [1, 1], [0, -1]).data]).toEqual([2, 4, 6, 8]);
});

test("a list is repeated, or cut", () => {
  expect([...repeatNumbers(tensor([2], [1, 2]), 5).data]).toEqual([1, 2, 1, 2, 1]);
  expect([...repeatNumbers(tensor([2], [1, 2]), 1).data]).toEqual([1]);
});

test("a region is what is joined by edges, in one plane, without going round the end of a row", () => {
  const plane = tensor([1, 1, 3, 4], [7, 7, 0, 7, 0, 7, 0, 7, 7, 0, 0, 0]);
  expect(region(plane, 0).sort((a, b) => a - b)).toEqual([0, 1, 5]);
  expect(region(plane, 3).sort((a, b) => a - b)).toEqual([3, 7]);
  expect(region(tensor([1, 2, 1, 2], [1, 1, 1, 1]), 2)).toEqual([2, 3]);
});

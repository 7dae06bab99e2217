import { describe, expect, test } from "vitest";
import { IMAGES, type ImageName, type ImageRow } from "./images.ts";

const ROWS = Object.entries(IMAGES) as [ImageName, ImageRow][];

function make(name: ImageName, sizes: Partial<Record<"N" | "C" | "H" | "W" | "argument", number>>) {
  const row: ImageRow = IMAGES[name];
  const [H, W] = row.size;
  const asked = { N: 1, C: 1, H, W, argument: row.argument?.initial ?? 0, seed: 1, ...sizes };
  return [...row.make(asked)];
}

describe.each(ROWS)("%s", (name, row) => {
  test("fills any shape with numbers", () => {
    for (const [N, C, H, W] of [
      [1, 1, 1, 1],
      [2, 3, 4, 7],
      [3, 5, 9, 2],
    ] as const) {
      const data = make(name, { N, C, H, W });
      expect(data.length).toBe(N * C * H * W);
      expect(data.every((v) => Number.isFinite(v) && !Object.is(v, -0))).toBe(true);
    }
  });

  test("holds whole numbers, save for noise", () => {
    expect(make(name, {}).every(Number.isInteger)).toBe(name !== "noise");
  });

  test("gives channels and examples that differ, unless it is flat", () => {
    const data = make(name, { N: 2, C: 2, H: 8, W: 8 });
    const planes = [0, 1, 2, 3].map((i) => data.slice(i * 64, (i + 1) * 64).join());
    const flat = name === "ones" || name === "blank";
    expect(planes[0] === planes[1]).toBe(flat);
    expect(planes[0] === planes[2]).toBe(flat);
  });

  test("keeps its first planes when channels or examples are added", () => {
    const one = make(name, { H: 6, W: 5 });
    expect(make(name, { N: 3, C: 1, H: 6, W: 5 }).slice(0, 30)).toEqual(one);
    expect(make(name, { N: 1, C: 3, H: 6, W: 5 }).slice(0, 30)).toEqual(one);
  });

  test("says in one sentence what it is for", () => {
    expect(row.why).toMatch(/^[A-Z0-9][^.]*\.$/);
  });
});

test("the seven of the opening screen", () => {
  const rows = make("digit", { argument: 7 }).join("").match(/.{8}/g);
  expect(rows).toEqual([
    "00000000",
    "09999990",
    "00000090",
    "00000900",
    "00009000",
    "00008000",
    "00090000",
    "00090000",
  ]);
});

test("ten digits that all differ, and a batch that counts on from the first", () => {
  const digits = Array.from({ length: 10 }, (_, argument) => make("digit", { argument }));
  expect(new Set(digits.map(String)).size).toBe(10);
  expect(make("digit", { argument: 8, N: 4 })).toEqual([8, 9, 0, 1].flatMap((d) => digits[d]!));
  // Every glyph keeps to the same seven rows and six columns.
  for (const digit of digits)
    for (const [i, v] of digit.entries())
      if (v > 0) expect([i >= 8, i % 8 > 0, i % 8 < 7]).toEqual([true, true, true]);
});

test("a digit of another size takes the nearest cell", () => {
  const twice = make("digit", { H: 16, W: 16 });
  const once = make("digit", {});
  expect(twice).toEqual(
    twice.map((_, i) => once[Math.floor(i / 32) * 8 + Math.floor((i % 16) / 2)]),
  );
});

test("channel c is turned by c quarter turns, also where height and width differ", () => {
  const planes = make("ramp", { C: 4, H: 2, W: 3 });
  expect(planes.slice(0, 6)).toEqual([0, 1, 2, 0, 1, 2]);
  expect(planes.slice(6, 12)).toEqual([0, 0, 0, 1, 1, 1]);
  expect(planes.slice(12, 18)).toEqual([2, 1, 0, 2, 1, 0]);
  expect(planes.slice(18, 24)).toEqual([1, 1, 1, 0, 0, 0]);
});

test("the numbers the sentences promise", () => {
  expect(make("counting", { N: 2, C: 2, H: 1, W: 2 })).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const impulse = make("impulse", {});
  expect([impulse.indexOf(1), impulse.reduce((a, b) => a + b)]).toEqual([24, 1]);
  expect(make("checkerboard", { argument: 1, H: 2, W: 3 })).toEqual([0, 9, 0, 9, 0, 9]);
  expect(make("stripes", { H: 2, W: 5 })).toEqual([0, 0, 9, 9, 0, 0, 0, 9, 9, 0]);
  const [red, green, blue] = [0, 64, 128].map((at) => make("card", { C: 3 }).slice(at, at + 8));
  expect(red).toEqual([9, 9, 0, 0, 9, 9, 0, 0]);
  expect(green).toEqual([9, 9, 9, 9, 0, 0, 0, 0]);
  expect(blue).toEqual([9, 0, 9, 0, 9, 0, 9, 0]);
});

test("disc and rings are the same seen from any side", () => {
  for (const name of ["disc", "rings"] as const) {
    const plane = make(name, { H: 11, W: 11 });
    expect(plane).toEqual([...plane].reverse());
    expect(plane).toEqual(plane.map((_, i) => plane[(i % 11) * 11 + Math.floor(i / 11)]));
  }
});

test("random planes stay as they are when channels are added between them", () => {
  for (const name of ["random", "noise"] as const) {
    const second = make(name, { N: 2, C: 1, H: 2, W: 3 }).slice(6);
    expect(make(name, { N: 2, C: 3, H: 2, W: 3 }).slice(18, 24)).toEqual(second);
  }
});

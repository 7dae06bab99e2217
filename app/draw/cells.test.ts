import { expect, test } from "vitest";
import { fontSize, paintOneByOne } from "./cells.ts";
import { paletteFrom } from "./palette.ts";
import { type Plate, SMOOTH, type Texture } from "./scene.ts";
import type { Surface } from "./surface.ts";
import { PATTERNS_FROM } from "./tones.ts";

/** White paper and numbers, and everything else in one gray. */
const palette = paletteFrom((name) => (/zero|paper/.test(name) ? "#ffffff" : "#808080"));

/** What is done on a canvas to paint one cell: names of calls, and the colours of rectangles. */
function painted(cell: number, texture: Texture, value: number | null) {
  const calls: string[] = [];
  const fills: string[] = [];
  const ctx = new Proxy({ fillStyle: "" } as Record<string, unknown>, {
    get(target, name: string) {
      if (name in target) return target[name];
      return () => {
        calls.push(name);
        if (name === "fillRect") fills.push(String(target.fillStyle));
      };
    },
  });
  const plate: Plate = {
    name: "one cell",
    title: "",
    subtitle: "",
    outlined: false,
    inside: null,
    editable: null,
    role: "X",
    x: 0,
    y: 0,
    titleRoom: 0,
    cell,
    rows: 1,
    columns: 1,
    scale: { kind: "signed", reach: 1 },
    tensor: "X",
    indexAt: () => 0,
    valueAt: () => value,
    textureAt: () => texture,
    key: [],
  };
  const surface = { ctx, palette } as unknown as Surface;
  paintOneByOne(surface, plate, { top: 0, bottom: 1, left: 0, right: 1 });
  return { calls, fills };
}

const UNREAD: Texture = { ring: null, unread: true };
const COPY: Texture = { ring: "copy", unread: false };

test.each([0, null])("a cell that no window reads is hatched, a small one toned: %s", (value) => {
  const large = painted(PATTERNS_FROM, UNREAD, value);
  expect(large.calls).toContain("stroke");
  expect(large.fills).toEqual(painted(PATTERNS_FROM, SMOOTH, value).fills);
  const small = painted(PATTERNS_FROM - 1, UNREAD, value);
  expect(small.calls).not.toContain("stroke");
  expect(small.fills).not.toEqual(painted(PATTERNS_FROM - 1, SMOOTH, value).fills);
});

test("a copy has a folded corner, a small one its tone alone", () => {
  expect(painted(PATTERNS_FROM, COPY, 0).calls).toContain("fill");
  const small = painted(PATTERNS_FROM - 1, COPY, 0);
  expect(small.calls).not.toContain("fill");
  expect(small.fills).not.toEqual(painted(PATTERNS_FROM - 1, SMOOTH, 0).fills);
});

test("a long number has smaller figures than a short one, but never tiny ones", () => {
  expect(fontSize(30, 2)).toBe(12);
  expect(fontSize(30, 5)).toBeLessThan(12);
  expect(fontSize(30, 5)).toBeGreaterThanOrEqual(9);
  expect(fontSize(30, 12)).toBe(9);
  expect(fontSize(20, 9)).toBe(9);
  expect(fontSize(52, 6)).toBeLessThan(fontSize(52, 5));
});

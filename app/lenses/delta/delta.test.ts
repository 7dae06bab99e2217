import { describe, expect, test } from "vitest";
import { EXAMPLES } from "#engine";
import { NUMBERS_FROM } from "../../draw/scene.ts";
import { crowded } from "../testing/faults.ts";
import { frameOf, LAYERS, plateIn, ROOMS } from "../testing/frames.ts";
import { layout } from "./layout.ts";

const SMALL = { width: 700, height: 490 };
const LAPTOP = { width: 860, height: 670 };

describe.each(Object.entries(LAYERS))("%s", (_name, link) => {
  test("nothing stands on anything else, in any room", async () => {
    for (const way of ["", "&delta=kernel:box"]) {
      const frame = await frameOf(`${link}${way}`);
      for (const room of [SMALL, ...ROOMS])
        expect(crowded(layout(frame, room), room), `${way} ${room.width}`).toEqual([]);
    }
  });

  test("no picture that fits is wider than its room", async () => {
    const frame = await frameOf(link);
    for (const room of [SMALL, ...ROOMS])
      expect(layout(frame, room).width).toBeLessThanOrEqual(room.width);
  });
});

test.each([SMALL, LAPTOP])("8 × 8 outputs have numbers, two matrices a row: %o", async (room) => {
  const scene = layout(await frameOf(EXAMPLES.colour.link), room);
  const [u, gates, delta, z] = ["∂L/∂Y", "activation′(Z)", "δ", "Z"].map((name) =>
    plateIn(scene, name),
  );
  expect(u!.cell).toBeGreaterThanOrEqual(NUMBERS_FROM);
  expect([gates!.y, z!.y, z!.x]).toEqual([u!.y, delta!.y, gates!.x]);
  expect(delta!.y).toBeGreaterThan(u!.y);
  expect(scene.height).toBeLessThanOrEqual(room.height);
});

test.each(["", "&delta=kernel:box"])("on a phone no line is cut: %s", async (way) => {
  const room = { width: 390, height: Number.POSITIVE_INFINITY };
  const { plates } = layout(await frameOf(`${LAYERS.opening}${way}`), room);
  const cut = plates.filter(({ subtitle, titleRoom }) => subtitle.length * 6.5 > titleRoom);
  expect(cut.map(({ subtitle }) => subtitle)).toEqual([]);
});

test.each([
  { room: SMALL, lines: 2, why: "cells half as large again" },
  { room: LAPTOP, lines: 2, why: "cells a third larger" },
  { room: { width: 1340, height: 850 }, lines: 1, why: "no larger cells: like the equation" },
])("small outputs in $room.width × $room.height: $lines lines, $why", async ({ room, lines }) => {
  const scene = layout(await frameOf(LAYERS.opening!), room);
  expect(new Set(scene.plates.map(({ y }) => y)).size).toBe(lines);
  expect(scene.height).toBeLessThanOrEqual(room.height);
});

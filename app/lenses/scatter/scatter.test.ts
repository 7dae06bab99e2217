import { describe, expect, test } from "vitest";
import {
  foldPadded,
  type Geometry,
  INPUT_GRADIENTS,
  inputOfPadded,
  paddedOfInput,
  plain,
  sizeOf,
  tapsOf,
  unravel,
  visitPadded,
} from "#engine";
import type { Frame } from "../lens.ts";
import { crowded, staleIn } from "../testing/faults.ts";
import { frameOf, LAPTOP, LAYERS, numbersOf, PHONE, plateIn, ROOMS } from "../testing/frames.ts";
import { scatterLens } from "./index.ts";

/** The padded gradient by its definition: products added one by one, up to a product of a step. */
function stampedUntil({ geometry: g, layer, answer }: Frame, step: number, slot: number) {
  const sums: (number | null)[] = new Array(sizeOf(g.shapes.P)).fill(null);
  for (let y = 0; y <= step; y++)
    for (const [s, { p, w }] of tapsOf(g, "Y", y).entries()) {
      if (y === step && s > slot) break;
      sums[p] = (sums[p] ?? 0) + answer.back!.delta.data[y]! * layer.w.data[w]!;
    }
  return sums.map((sum, p) => sum ?? (isRead(g, p) ? null : 0));
}

function isRead(g: Geometry, p: number): boolean {
  let read = false;
  visitPadded(g, p, () => {
    read = true;
  });
  return read;
}

/** Steps at the ends, in the middle and around the change of a filter; whole, and at some of their products. */
function moments({ geometry: g }: Frame) {
  const last = sizeOf(g.shapes.Y) - 1;
  const area = g.rows.out * g.columns.out;
  const steps = [0, 1, area - 1, area, area + 1, last >> 1, last - 1, last];
  const slots = [null, 0, g.window >> 1, g.window - 1];
  return [...new Set(steps)]
    .filter((step) => step >= 0 && step <= last)
    .flatMap((step) => slots.map((slot) => ({ step, slot })));
}

describe.each(Object.entries(LAYERS))("%s", (_name, link) => {
  test("the gradient holds the exact sum of what has landed, at every moment, in every plane", async () => {
    const start = await frameOf(link);
    const g = start.geometry;
    for (const { step, slot } of moments(start)) {
      const expected = stampedUntil(start, step, slot ?? g.window - 1);
      for (let channel = 0; channel < g.spec.C; channel++) {
        const frame = { ...start, step, slot, view: { ...start.view, channel } };
        const { plates } = scatterLens.layout(frame, LAPTOP);
        for (const plate of plates.filter(({ name }) => name.startsWith("dX")))
          for (const [r, row] of numbersOf(plate).entries())
            for (const [c, value] of row.entries()) {
              const index = plate.indexAt(r, c);
              const parts = (plate.tensor === "DP" ? [index] : paddedOfInput(g, index)).map(
                (p) => expected[p]!,
              );
              const sum = parts.every((part) => part === null)
                ? null
                : parts.reduce<number>((total, part) => total + (part ?? 0), 0);
              expect(value, `${plate.name} ${r} ${c} at ${step}, ${slot}`).toBe(sum);
            }
      }
    }
  });

  test("when all has landed it is dX, and around it the gradient of the ring", async () => {
    const start = await frameOf(link);
    const { geometry: g, layer, answer } = start;
    const frame = { ...start, step: sizeOf(g.shapes.Y) - 1 };
    const { plates } = scatterLens.layout(frame, PHONE);
    const padded = INPUT_GRADIENTS.taps.padded(g, layer, answer.back!.delta);
    const dx = foldPadded(g, padded);
    for (const plate of plates.filter(({ name }) => name.startsWith("dX"))) {
      const whole = plate.tensor === "DP" ? padded : dx;
      for (const [r, row] of numbersOf(plate).entries())
        for (const [c, value] of row.entries()) expect(value).toBe(whole.data[plate.indexAt(r, c)]);
    }
  });

  test("before + stamp = after, at the cells where the window stood", async () => {
    const start = await frameOf(link);
    const g = start.geometry;
    for (const { step } of moments(start)) {
      const scene = scatterLens.layout({ ...start, step }, LAPTOP);
      const plates = (name: string) => scene.plates.filter((plate) => plate.name.startsWith(name));
      const [befores, stamps, afters] = [plates("Before"), plates("Stamp"), plates("After")];
      expect(afters.length).toBeGreaterThan(0);
      const taps = tapsOf(g, "Y", step);
      for (const [i, after] of afters.entries())
        for (let r = 0; r < after.rows; r++)
          for (let c = 0; c < after.columns; c++) {
            expect(befores[i]!.valueAt(r, c)! + stamps[i]!.valueAt(r, c)!).toBe(
              after.valueAt(r, c),
            );
            const tap = taps[stamps[i]!.indexAt(r, c) - step * g.window]!;
            expect(after.indexAt(r, c)).toBe(tap.p);
          }
      const window = scene.marks.find(({ name }) => name === "window")!;
      const padded = scene.plates.find(({ name }) => name.startsWith("dX"))!;
      const [, , row, column] = unravel(g.shapes.P, taps[0]!.p) as number[];
      expect([window.x, window.y]).toEqual([
        padded.x + column! * padded.cell,
        padded.y + row! * padded.cell,
      ]);
    }
  });

  test("nothing stands on anything else, and nothing is cut off", async () => {
    const start = await frameOf(link);
    for (const room of ROOMS)
      for (const step of [0, sizeOf(scatterLens.walk(start.geometry)) - 1])
        expect(
          crowded(scatterLens.layout({ ...start, step }, room), room),
          `${room.width}`,
        ).toEqual([]);
  });

  test("what is kept from one moment to another looks the same in both", async () => {
    const start = await frameOf(link);
    const pointed = { tensor: "D", index: 0 } as const;
    const frames = moments(start).map((at) => ({ ...start, ...at }));
    const scenes = [...frames, { ...start, pointed }].map((at) => scatterLens.layout(at, LAPTOP));
    for (const before of scenes)
      for (const after of scenes) expect(staleIn(before, after)).toEqual([]);
  });

  test("the terms written out are those that have landed", async () => {
    const start = await frameOf(link);
    for (const { step, slot } of moments(start)) {
      const { terms, total, more } = scatterLens.terms!({ ...start, step, slot })!;
      const value = (text: string) =>
        text
          .replaceAll("−", "-")
          .replaceAll(/[()]/g, "")
          .split("·")
          .reduce((product, factor) => product * Number(factor), 1);
      if (more) continue;
      const sum = terms.reduce((all, term) => all + value(plain(term)), 0);
      expect(Number(/^(= )?([−\d]+)/.exec(plain(total))![2]!.replace("−", "-"))).toBe(sum);
    }
  });
});

test("a cell of the ring is said to be cropped, or to be folded back", async () => {
  const pointed = { tensor: "DP", index: 0 } as const;
  const zeros = await frameOf(LAYERS.opening!, { pointed, step: 15 });
  expect(inputOfPadded(zeros.geometry, 0)).toBe(-1);
  expect(plain(scatterLens.caption!(zeros))).toContain(
    "A padding zero stood there, so it is dropped.",
  );
  const copies = await frameOf(LAYERS.reflect!, { pointed, step: 29 });
  expect(plain(scatterLens.caption!(copies))).toContain(
    "A reflected copy stood there: it is added to dX[2, 2].",
  );
});

test("a step says what is stamped where, and what was there", async () => {
  const frame = await frameOf(LAYERS.opening!, { step: 6 });
  expect(plain(scatterLens.caption!(frame))).toBe(
    "δ[1, 2] = 2 is stamped where the window of Y[1, 2] stood: 2 times the kernel is added to rows 2–4 and columns 4–6 of dX padded. Stamps overlap: on 5 of these 9 cells others have landed before, and they now hold the sum.",
  );
  expect(plain(scatterLens.caption!({ ...frame, slot: 2 }))).toBe(
    "Product 3 of 9: 2 · 1 = 2 is added to dXp[2, 6]: 2 + 2 = 4.",
  );
  const waiting = { ...frame, pointed: { tensor: "DX", index: 8 * 3 + 5 } } as const;
  expect(plain(scatterLens.caption!(waiting))).toMatch(
    /^dX\[3, 5\] is .* so far: 1 of its 4 stamps has landed/,
  );
});

test("a pointed δ is shown by its own stamp, while the gradient stays as playback has it", async () => {
  const frame = await frameOf(LAYERS.opening!, { step: 6 });
  const there = { ...frame, pointed: { tensor: "D", index: 9 } } as const;
  const [before, after] = [frame, there].map((at) => scatterLens.layout(at, LAPTOP));
  const padded = (scene: typeof before) => numbersOf(plateIn(scene!, "dX padded"));
  expect(padded(after)).toEqual(padded(before));
  expect(plateIn(after!, "Stamp").indexAt(0, 0)).toBe(9 * 9);
});

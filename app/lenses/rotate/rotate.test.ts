import { describe, expect, test } from "vitest";
import { hasPadding, inputOfPadded, plain, sizeOf, tapsOf, unravel } from "#engine";
import type { Plate } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { crowded, staleIn } from "../testing/faults.ts";
import { frameOf, LAPTOP, LAYERS, numbersOf, plateIn, platesIn, ROOMS } from "../testing/frames.ts";
import { rotateLens } from "./index.ts";
import { subjectOf } from "./places.ts";

const LARGE: Room = { width: 1340, height: 1400 };

const without = (frame: Frame): Frame => ({
  ...frame,
  view: { ...frame.view, options: { remainder: "without" } },
});

/** Every cell of dX of a small layer; of a larger one some. */
function stepsOf({ geometry: g }: Frame): number[] {
  const cells = sizeOf(g.shapes.X);
  const every = Math.max(1, Math.floor(cells / 40));
  return Array.from({ length: cells }, (_, x) => x).filter((x) => x % every === 0 || x > cells - 6);
}

function sumOf(plate: Plate): number {
  return numbersOf(plate)
    .flat()
    .reduce<number>((sum, v) => sum + (v ?? 0), 0);
}

describe.each(Object.entries(LAYERS))("%s", (_name, link) => {
  test("the products of a cell's windows are its taps, and zeros; they add up to dX", async () => {
    const frame = await frameOf(link);
    const { geometry: g, answer } = frame;
    for (const step of stepsOf(frame)) {
      const { parts, sum } = subjectOf({ ...frame, step });
      const met = parts.flatMap(({ terms }) => terms).filter(({ y }) => y >= 0);
      const pairs = (taps: readonly { y: number; w: number }[]) =>
        taps.map(({ y, w }) => `${y} ${w}`).sort();
      expect(pairs(met)).toEqual(pairs(tapsOf(g, "X", step)));
      for (const { y, w, t } of met) expect(tapsOf(g, "Y", y)[t - y * g.window]!.w).toBe(w);
      expect(sum).toBe(answer.back!.dx.data[step]);
    }
  });

  test("what lies under the window in δ is what the close-up shows, and the kernel that it meets", async () => {
    const start = await frameOf(link);
    const g = start.geometry;
    for (const step of stepsOf(start).slice(0, 12)) {
      const frame = { ...start, step };
      const scene = rotateLens.layout(frame, LARGE);
      const { parts, local, f } = subjectOf(frame);
      const dilated = plateIn(scene, "Dilated δ");
      const kernel = plateIn(scene, "Turned kernel");
      for (const { terms } of parts.filter((part) => part.local === local))
        for (const [i, { row, column, y, delta, w, weight }] of terms.entries()) {
          expect(dilated.indexAt(row, column)).toBe(y);
          expect(dilated.valueAt(row, column)).toBe(delta);
          expect(dilated.textureAt(row, column).unread).toBe(false);
          const [r, c] = [Math.floor(i / g.columns.k), i % g.columns.k];
          expect(kernel.indexAt(r, c)).toBe(w);
          expect(kernel.valueAt(r, c)).toBe(weight);
        }
      const [, F] = unravel(g.shapes.Y, Math.max(0, ...dilatedCells(dilated)));
      expect(F).toBe(f);
      for (const [i, products] of platesIn(scene, "Products").entries()) {
        const [window, met] = [platesIn(scene, "Window")[i]!, platesIn(scene, "Kernel")[i]!];
        for (let r = 0; r < products.rows; r++)
          for (let c = 0; c < products.columns; c++)
            expect(products.valueAt(r, c)! + 0).toBe(
              window.valueAt(r, c)! * met.valueAt(r, c)! + 0,
            );
      }
      for (const sums of platesIn(scene, "Partial sums"))
        expect(numbersOf(sums).flat()).toEqual(
          parts.map(({ terms }) => terms.reduce((sum, { product }) => sum + product, 0)),
        );
    }
  });

  test("beside it stands the kernel as the windows of the forward pass met it", async () => {
    const frame = await frameOf(link);
    const g = frame.geometry;
    const forward = plateIn(rotateLens.layout(frame, LARGE), "Forward kernel");
    const first = tapsOf(g, "Y", 0).map(({ w }) => w);
    for (let r = 0; r < forward.rows; r++)
      for (let c = 0; c < forward.columns; c++)
        expect(forward.indexAt(r, c)).toBe(first[r * forward.columns + c]);
  });

  test("the gradient is written cell by cell, and so are the copies in the ring", async () => {
    const start = await frameOf(link);
    const { geometry: g, answer } = start;
    const { dx } = answer.back!;
    for (const step of stepsOf(start)) {
      const scene = rotateLens.layout({ ...start, step }, LAPTOP);
      const plate = plateIn(scene, "dX");
      for (const [r, row] of numbersOf(plate).entries())
        for (const [c, value] of row.entries()) {
          const x = plate.indexAt(r, c);
          expect(value).toBe(x <= step ? dx.data[x] : null);
        }
      const padded = platesIn(scene, "dX padded");
      expect(padded.length).toBe(g.spec.padMode !== "zeros" && hasPadding(g) ? 1 : 0);
      for (const ring of padded)
        for (const [r, row] of numbersOf(ring).entries())
          for (const [c, value] of row.entries())
            expect(value === null).toBe(inputOfPadded(g, ring.indexAt(r, c)) > step);
      const whole = step === sizeOf(g.shapes.X) - 1;
      for (const ring of whole ? padded : []) expect(sumOf(ring)).toBe(sumOf(plate));
    }
  });

  test("product by product the sum grows, and ends at dX", async () => {
    const start = await frameOf(link);
    const slots = rotateLens.slots(start.geometry);
    const [step] = stepsOf(start).slice(-3);
    const frames = Array.from({ length: slots }, (_, slot) => ({ ...start, step: step!, slot }));
    for (const frame of frames) {
      const { parts, local, sum } = subjectOf(frame);
      const area = start.geometry.rows.k * start.geometry.columns.k;
      const done = parts.flatMap(({ terms, local: own }) =>
        terms.filter((_, i) => own * area + i <= frame.slot),
      );
      expect(sum).toBe(done.reduce((total, { product }) => total + product, 0));
      expect(local).toBe(Math.floor(frame.slot / area));
    }
    const last = rotateLens.layout(frames.at(-1)!, LAPTOP);
    expect(plateIn(last, "Result").valueAt(0, 0)).toBe(start.answer.back!.dx.data[step!]);
    expect(plateIn(last, "dX").valueAt(...placeOf(start, step!))).toBe(
      start.answer.back!.dx.data[step!],
    );
  });

  test("without the remainder dX comes out short by what no window read", async () => {
    const start = await frameOf(link);
    const g = start.geometry;
    const frame = without({ ...start, step: sizeOf(g.shapes.X) - 1 });
    const scene = rotateLens.layout(frame, LAPTOP);
    const [target] = [...platesIn(scene, "dX padded"), plateIn(scene, "dX")];
    const { rows, columns } = g;
    const [height, width] = [target!.rows - rows.remainder, target!.columns - columns.remainder];
    for (const [r, row] of numbersOf(target!).entries())
      for (const [c, value] of row.entries()) {
        const missing = r >= height || c >= width;
        expect(value === null, `${r} ${c}`).toBe(missing);
        if (missing) expect(target!.textureAt(r, c).unread).toBe(true);
        else if (target!.tensor === "DX")
          expect(value).toBe(start.answer.back!.dx.data[target!.indexAt(r, c)]);
      }
  });

  test("nothing stands on anything else, and nothing is cut off", async () => {
    const start = await frameOf(link);
    for (const room of ROOMS)
      for (const step of [0, sizeOf(rotateLens.walk(start.geometry)) - 1])
        expect(crowded(rotateLens.layout({ ...start, step }, room), room), `${room.width}`).toEqual(
          [],
        );
  });

  test("what is kept from one moment to another looks the same in both", async () => {
    const start = await frameOf(link);
    const steps = stepsOf(start);
    const slots = [null, 0, rotateLens.slots(start.geometry) - 1];
    const some = [0, 1, steps.length - 2, steps.length - 1].map((i) => steps[i]!);
    const frames = some.flatMap((step) => slots.map((slot) => ({ ...start, step, slot })));
    const pointed = { tensor: "DX", index: 0 } as const;
    const all = [...frames, ...frames.map(without), { ...start, step: 3, pointed }];
    const scenes = all.map((at) => rotateLens.layout(at, LAPTOP));
    for (const before of scenes)
      for (const after of scenes) expect(staleIn(before, after)).toEqual([]);
  });
});

/** The cells of δ that a plate holds. */
function dilatedCells({ rows, columns, indexAt }: Plate): number[] {
  return Array.from({ length: rows * columns }, (_, i) =>
    indexAt(Math.floor(i / columns), i % columns),
  ).filter((y) => y >= 0);
}

function placeOf({ geometry: g }: Frame, x: number): [row: number, column: number] {
  const [, , row, column] = unravel(g.shapes.X, x) as [number, number, number, number];
  return [row, column];
}

test("what is cropped still stands there, and is not read", async () => {
  const frame = await frameOf("input=counting:3x4&kernel=ones:2x2&padding=3");
  const plate = plateIn(rotateLens.layout(frame, LAPTOP), "Dilated δ");
  expect(dilatedCells(plate)).toEqual(Array.from({ length: 8 * 9 }, (_, y) => y));
  const unread = numbersOf(plate).map((row, r) =>
    row.map((_, c) => (plate.textureAt(r, c).unread ? "x" : ".")).join(""),
  );
  expect(unread).toEqual([
    "xxxxxxxxx",
    "xxxxxxxxx",
    "xx.....xx",
    "xx.....xx",
    "xx.....xx",
    "xx.....xx",
    "xxxxxxxxx",
    "xxxxxxxxx",
  ]);
  expect(plate.subtitle).toContain("4 × 5: 20 values, 0 zeros");
});

test("a product says what meets what; a zero put in adds nothing", async () => {
  const frame = await frameOf(LAYERS.opening!, { step: 35 });
  expect(plain(rotateLens.caption!({ ...frame, slot: 5 }))).toBe(
    "Product 6 of 9: δ[2, 2] meets W[1, 0]: −2 · (−2) = 4. So far the sum is 2.",
  );
  expect(plain(rotateLens.caption!({ ...frame, slot: 8 }))).toBe(
    "Product 9 of 9: a zero put in meets W[0, 0] = −1 and adds nothing. The sum is dX[4, 3] = 2.",
  );
  expect(rotateLens.product!({ ...frame, slot: 8 })).toBe(null);
  expect(rotateLens.product!({ ...frame, slot: 5 })).toEqual({ tensor: "TX", index: 10 * 9 + 3 });
});

test("a cell that is missing says why", async () => {
  const frame = without(await frameOf("input=digit:7&kernel=sobel-x&stride=2", { step: 63 }));
  expect(plain(rotateLens.caption!(frame))).toMatch(
    /^dX\[7, 7\] is missing\. No window of the forward pass read the last row, .* dX comes out 1 row short\./,
  );
  expect(rotateLens.terms!(frame)).toBe(null);
  expect(plain(rotateLens.caption!({ ...frame, step: 59 }))).toMatch(/the last row,.* 1 row short/);
  expect(plain(rotateLens.caption!({ ...frame, step: 31 }))).toMatch(/the last column,.* 1 column/);
  expect(plain(rotateLens.caption!({ ...frame, step: 0 }))).toMatch(/^X\[0, 0\] was read/);
});

test("the equation is as long as the layer needs it", async () => {
  const line = async (link: string) => plain(rotateLens.equation(await frameOf(link)).formula);
  expect(await line(LAYERS.opening!)).toBe("dX = pad(dilate(δ)) ⋆ rot180(W)");
  expect(await line("input=counting:4x4&kernel=1")).toBe("dX = δ ⋆ rot180(W)");
  expect(await line("input=counting:4x4&kernel=ones:2x2&padding=3&flip=true")).toBe(
    "dX = crop(δ) ⋆ W",
  );
  expect(await line(LAYERS.circular!)).toBe("dX = fold(pad(δ) ⋆ rot180(W))");
});

import { describe, expect, test } from "vitest";
import { plain, sizeOf, tapsOf, visitWeight } from "#engine";
import type { Plate, Scene } from "../../draw/scene.ts";
import {
  cells,
  frameOf,
  inCells,
  LAPTOP,
  MANY,
  OPENING,
  PHONE,
  plateIn,
} from "../testing/frames.ts";
import { weightsLens } from "./index.ts";
import { layout } from "./layout.ts";

const LARGE = "input=random:64x64:seed=2&kernel=sobel-x&stride=2&padding=1";

/** The rectangles of marks, as rows and columns of a plate. */
function marked({ marks }: Scene, plate: Plate, name: RegExp) {
  return marks.filter((mark) => name.test(mark.name)).map((mark) => inCells(plate, mark));
}

describe("the close-up", () => {
  test.each([OPENING, MANY])("is what the taps of the weight read, times δ: %s", async (link) => {
    const { geometry: g } = await frameOf(link);
    const weights = sizeOf(g.shapes.W);
    for (const step of [0, 4, weights - 1]) {
      const frame = await frameOf(link, { step });
      const scene = layout(frame, { width: 1340, height: 1400 });
      const taps = tapsOf(g, "W", step);
      const names = (part: string) =>
        g.spec.N > 1 ? [0, 1].map((n) => `${part} of sample ${n}`) : [part];
      const all = <Value>(part: string, at: (plate: Plate) => (r: number, c: number) => Value) =>
        names(part).flatMap((name) => {
          const plate = plateIn(scene, name);
          return cells(plate, at(plate));
        });
      expect(all("Slice", (plate) => plate.indexAt)).toEqual(taps.map(({ p }) => p));
      const products = all("Products", (plate) => plate.valueAt) as number[];
      expect(products.reduce((a, b) => a + b, 0)).toBe(frame.answer.back!.dw.data[step]);
      expect(plateIn(scene, "Result").valueAt(0, 0)).toBe(frame.answer.back!.dw.data[step]);
      expect(all("Products", (plate) => plate.indexAt)).toEqual(
        taps.map(({ y, w }) => y * g.window + tapsOf(g, "Y", y).findIndex((tap) => tap.w === w)),
      );
    }
  });

  test("its signs get the room that is there", async () => {
    const scene = layout(await frameOf(OPENING), { width: 700, height: 490 });
    const [slice, delta] = [plateIn(scene, "Slice"), plateIn(scene, "δ of the slice")];
    expect(delta.x - (slice.x + slice.columns * slice.cell)).toBeGreaterThanOrEqual(40);
    expect(scene.width).toBeLessThanOrEqual(700);
  });

  test("of a bias it is every δ of the filter", async () => {
    const { geometry: g } = await frameOf(MANY);
    const frame = await frameOf(MANY, { step: sizeOf(g.shapes.W) + 2 });
    const scene = layout(frame, { width: 1340, height: 1400 });
    const deltas = [0, 1].flatMap((n) => {
      const plate = plateIn(scene, `δ of sample ${n}`);
      return cells(plate, plate.valueAt) as number[];
    });
    expect(deltas.reduce((a, b) => a + b, 0)).toBe(frame.answer.back!.db.data[2]);
    expect(plateIn(scene, "Result").valueAt(0, 0)).toBe(frame.answer.back!.db.data[2]);
    expect(scene.plates.some(({ name }) => name.startsWith("Slice"))).toBe(false);
    expect(cells(plateIn(scene, "db"), plateIn(scene, "db").valueAt)).toEqual([
      ...frame.answer.back!.db.data.slice(0, 3),
      null,
    ]);
  });

  test("shows a part of what does not fit, and says so; the sum is over all", async () => {
    const frame = await frameOf(LARGE, { step: 1 });
    for (const room of [LAPTOP, PHONE]) {
      const scene = layout(frame, room);
      const { rows, columns } = plateIn(scene, "Products");
      expect(rows * columns).toBeLessThan(1024);
      const words = scene.notes.map((note) => (note.kind === "words" ? note.text : "")).join(" ");
      expect(words).toContain(`Shown: rows 0–${rows - 1}, columns 0–${columns - 1} of 32 × 32.`);
      expect(words).toContain("over all 1024 products");
      expect(plateIn(scene, "Result").valueAt(0, 0)).toBe(frame.answer.back!.dw.data[1]);
    }
  });

  test("goes to the part in which playback stands", async () => {
    const frame = await frameOf(LARGE, { step: 1, slot: 20 * 32 + 13 });
    const plate = plateIn(layout(frame, LAPTOP), "Products");
    const y = (index: number) => Math.floor(index / frame.geometry.window);
    expect(cells(plate, plate.indexAt).map(y)).toContain(20 * 32 + 13);
    const shown = cells(plate, (r, c) => [y(plate.indexAt(r, c)), plate.valueAt(r, c)] as const);
    for (const [output, value] of shown) expect(value === null).toBe(output > 20 * 32 + 13);
  });

  test("sums the samples one by one", async () => {
    const link = "input=random:4x5:seed=3&batch=3&kernel=random:2x2:seed=4";
    const frame = await frameOf(link, { step: 1, slot: 17 });
    const { geometry: g, layer, answer } = frame;
    const sums = [0, 0];
    let k = 0;
    visitWeight(g, 1, (_p, x, _w, y) => {
      if (k <= 17) sums[Math.floor(k / 12)]! += layer.x.data[x]! * answer.back!.delta.data[y]!;
      k++;
    });
    const plate = plateIn(layout(frame, LAPTOP), "Sums of the samples");
    expect(cells(plate, plate.valueAt)).toEqual([...sums, null]);
    expect(plateIn(layout(frame, LAPTOP), "Result").valueAt(0, 0)).toBe(sums[0]! + sums[1]!);
    expect(plain(weightsLens.terms!(frame)!.total)).toBe(
      `= ${sums[0]! + sums[1]!} so far`.replace("-", "−"),
    );
  });
});

describe("what is marked", () => {
  test("every cell of the slice, a stride apart", async () => {
    const frame = await frameOf(OPENING, { step: 1 });
    const scene = layout(frame, LAPTOP);
    const x = plateIn(scene, "X");
    const at = tapsOf(frame.geometry, "W", 1).map(({ p }) => [Math.floor(p / 10), p % 10, 1, 1]);
    expect(marked(scene, x, /^slice/)).toEqual(at);
    expect(marked(scene, plateIn(scene, "dW"), /^sum$/)).toEqual([[0, 1, 1, 1]]);
    expect(scene.newest).toEqual({ plate: "dW", row: 0, column: 1 });
    expect(scene.lit).toBeNull();
  });

  test("neighbours are one rectangle", async () => {
    const frame = await frameOf("input=digit:7&kernel=sobel-x&padding=1", { step: 5 });
    const scene = layout(frame, LAPTOP);
    expect(marked(scene, plateIn(scene, "X"), /^slice/)).toEqual([[1, 2, 8, 8]]);
  });

  test("too many are a light of their own", async () => {
    const frame = await frameOf(LARGE, { step: 1 });
    const scene = layout(frame, LAPTOP);
    expect(marked(scene, plateIn(scene, "X"), /^slice/)).toEqual([]);
    const { plate, has } = scene.lit!;
    expect(plate).toBe("X");
    const met = new Set(tapsOf(frame.geometry, "W", 1).map(({ p }) => p));
    const all = Array.from({ length: sizeOf(frame.geometry.shapes.P) }, (_, p) => p);
    expect(all.filter(has)).toEqual([...met].sort((a, b) => a - b));
    // also where each could have a mark of its own
    const near = layout({ ...frame, view: { ...frame.view, zoom: 8 } }, LAPTOP);
    expect(plateIn(near, "X").cell).toBeGreaterThan(20);
    expect(near.lit).not.toBeNull();
    expect(near.marks.length).toBeLessThan(5);
  });

  test("one product: its input and its δ", async () => {
    const frame = await frameOf(OPENING, { step: 1, slot: 6 });
    const scene = layout(frame, LAPTOP);
    expect(marked(scene, plateIn(scene, "X"), /^slice/)).toEqual([[2, 5, 1, 1]]);
    expect(marked(scene, plateIn(scene, "δ"), /^δ$/)).toEqual([[1, 2, 1, 1]]);
    expect(weightsLens.product!(frame)).toEqual({ tensor: "TW", index: 6 * 9 + 1 });
    const bias = { ...frame, step: 9 };
    expect(weightsLens.product!(bias)).toBeNull();
    const added = layout(bias, LAPTOP);
    expect(marked(added, plateIn(added, "δ"), /^δ$/)).toEqual([[1, 2, 1, 1]]);
    expect(marked(added, plateIn(added, "X"), /^slice/)).toEqual([]);
  });
});

test("the sum is written out, padding zeros muted", async () => {
  const frame = await frameOf(OPENING, { step: 1 });
  const { title, terms, more, total } = weightsLens.terms!(frame)!;
  expect(plain(title)).toBe("dW[0, 1], written out");
  expect(terms.length).toBe(16);
  expect(more).toBe(0);
  expect(terms[0]!.at(-1)).toEqual({ text: "0", role: "muted" });
  const { delta } = frame.answer.back!;
  expect(plain(terms[5]!)).toBe(`${delta.data[5]}·9`);
  expect(plain(total)).toBe(`= ${frame.answer.back!.dw.data[1]}`);
  const large = weightsLens.terms!(await frameOf(LARGE, { step: 1 }))!;
  expect([large.terms.length, large.more]).toEqual([50, 974]);
});

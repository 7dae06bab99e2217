import { describe, expect, test } from "vitest";
import {
  coverage,
  gemm,
  im2colColumns,
  im2colRows,
  kernelRows,
  plain,
  sizeOf,
  type Tensor,
  tapsOf,
} from "#engine";
import { NUMBERS_FROM, type Plate } from "../../draw/scene.ts";
import { focusOfStep, stepOfCell } from "../focus.ts";
import type { Frame } from "../lens.ts";
import {
  cells,
  LAPTOP,
  LARGE,
  MANY,
  markOn,
  numbersOf,
  OPENING,
  PHONE,
  plateIn,
  frameOf as wholeFrameOf,
} from "../testing/frames.ts";
import { im2colLens } from "./index.ts";
import { layout } from "./layout.ts";
import { variables } from "./programs.ts";

/** Wide and high enough for every window to be shown at once. */
const WALL = { width: 4000, height: 4000 };

/** The way back has not been gone: this lens does without it. */
async function frameOf(...given: Parameters<typeof wholeFrameOf>): Promise<Frame> {
  const frame = await wholeFrameOf(...given);
  return { ...frame, answer: { ...frame.answer, back: null } };
}

async function lastOf(link: string, options: Readonly<Record<string, string>> = {}) {
  const { geometry } = await frameOf(link);
  return frameOf(link, { step: sizeOf(im2colLens.walk(geometry)) - 1 }, options);
}

const numbers = (plate: Plate) => numbersOf(plate).flat();

function transposed({ shape, data }: Tensor): number[] {
  const [rows, columns] = shape as [number, number];
  return Array.from(
    { length: rows * columns },
    (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!,
  );
}

describe.each([OPENING, MANY])("the matrices are those of the engine: %s", (link) => {
  test("one window a row", async () => {
    const frame = await lastOf(link);
    const { geometry: g, layer } = frame;
    const col = im2colRows(g, layer.x);
    const scene = layout(frame, WALL);
    expect(numbers(plateIn(scene, "col"))).toEqual([...col.data]);
    expect(numbers(plateIn(scene, "out"))).toEqual([...gemm(g, col, layer).data]);
    expect(cells(plateIn(scene, "col"), plateIn(scene, "col").indexAt)).toEqual([
      ...col.data.keys(),
    ]);
  });

  test("one window a column, the batch fastest", async () => {
    const frame = await lastOf(link, { col: "columns" });
    const { geometry: g, layer } = frame;
    const scene = layout(frame, WALL);
    expect(numbers(plateIn(scene, "col"))).toEqual([...im2colColumns(g, layer.x).data]);
    const rows = layout(await lastOf(link), WALL);
    const sorted = (plate: Plate) => (numbers(plate) as number[]).sort((a, b) => a - b);
    expect(sorted(plateIn(scene, "out"))).toEqual(sorted(plateIn(rows, "out")));
  });

  test("each filter meets its own columns, and between the blocks there is nothing", async () => {
    const frame = await frameOf(link);
    const { geometry: g, layer } = frame;
    const wT = plateIn(layout(frame, LAPTOP), "W");
    const w = plateIn(layout(await frameOf(link, {}, { col: "columns" }), LAPTOP), "W");
    expect([wT.rows, wT.columns]).toEqual([g.shapes.R[1], g.spec.F]);
    expect(numbers(wT)).toEqual(
      transposed({ shape: [w.rows, w.columns], data: Float64Array.from(numbers(w) as number[]) }),
    );
    const kernels = kernelRows(g, layer.w).data;
    cells(w, (f, cell) => {
      const own = Math.floor(cell / g.window) === Math.floor(f / g.filtersPerGroup);
      expect(w.valueAt(f, cell)).toBe(own ? kernels[f * g.window + (cell % g.window)] : 0);
      expect(w.indexAt(f, cell) >= 0).toBe(own);
      expect(w.textureAt(f, cell).ring).toBe(own ? null : "zero");
    });
    expect(w.editable).toBe(g.spec.groups === 1 ? "W" : null);
  });

  test("coverage says how many windows read each padded cell", async () => {
    const frame = await frameOf(link, {}, { show: "coverage" });
    const x = plateIn(layout(frame, LAPTOP), "X");
    expect(numbers(x)).toEqual([...coverage(frame.geometry).data]);
    expect(x.editable).toBe(null);
  });
});

describe("the walk", () => {
  test("goes through the windows first, then through the outputs in the order of Y", async () => {
    const { geometry: g } = await frameOf(MANY);
    const [windows] = g.shapes.R as [number];
    expect(sizeOf(im2colLens.walk(g))).toBe(windows + sizeOf(g.shapes.Y));
    for (const y of [0, 7, sizeOf(g.shapes.Y) - 1]) {
      expect(im2colLens.output(await frameOf(MANY, { step: windows + y }))).toEqual({
        y,
        slot: null,
      });
      expect(stepOfCell(im2colLens, g, { tensor: "Y", index: y })).toBe(windows + y);
      expect(focusOfStep(im2colLens, g, windows + y)).toEqual({ tensor: "Y", index: y });
    }
    expect(im2colLens.output(await frameOf(MANY, { step: windows - 1 }))).toBe(null);
    const pointed = { tensor: "Z", index: 3 } as const;
    expect(im2colLens.output(await frameOf(MANY, { step: windows + 9, slot: 2, pointed }))).toEqual(
      { y: 3, slot: null },
    );
    expect(stepOfCell(im2colLens, g, { tensor: "R", index: 5 * g.shapes.R[1]! + 3 })).toBe(5);
  });

  test.each(["rows", "columns"])(
    "col fills window by window, and cell by cell: %s",
    async (col) => {
      const count = async (at: Partial<Frame>) => {
        const scene = layout(await frameOf(MANY, at, { col }), WALL);
        const there = (name: string) =>
          numbers(plateIn(scene, name)).filter((v) => v !== null).length;
        return [there("col"), there("out")];
      };
      const { geometry: g } = await frameOf(MANY);
      const [windows, all] = g.shapes.R as [number, number];
      expect(await count({ step: 2 })).toEqual([3 * all, 0]);
      // both groups have their second cell at once
      expect(await count({ step: 2, slot: 1 })).toEqual([2 * all + 4, 0]);
      expect(await count({ step: windows + 6 })).toEqual([windows * all, 7]);
      expect(await count({ step: windows + 6, slot: 0 })).toEqual([windows * all, 6]);
      expect(await count({ step: windows + 6, slot: g.window - 1 })).toEqual([windows * all, 7]);
    },
  );

  test("the lit cell is the one that is copied, or the product", async () => {
    const { geometry: g } = await frameOf(MANY);
    const [windows, all] = g.shapes.R as [number, number];
    const lit = async (at: Partial<Frame>, channel = 0) => {
      const frame = await frameOf(MANY, at);
      return im2colLens.product!({ ...frame, view: { ...frame.view, channel } });
    };
    expect(await lit({ step: 4, slot: 5 })).toEqual({ tensor: "R", index: 4 * all + 5 });
    expect(await lit({ step: 4, slot: 5 }, 3)).toEqual({
      tensor: "R",
      index: 4 * all + g.window + 5,
    });
    expect(await lit({ step: windows + 4, slot: 5 })).toEqual({
      tensor: "T",
      index: 4 * g.window + 5,
    });
    expect(await lit({ step: 4 })).toBe(null);
  });
});

describe("what is framed and tied together", () => {
  test("the window on X, its row of col, the kernel, out and Y", async () => {
    const { geometry: g } = await frameOf(MANY);
    const [windows] = g.shapes.R as [number];
    const y = 2 * g.rows.out * g.columns.out + g.columns.out + 1; // sample 0, filter 2, place (1, 1)
    const scene = layout(await frameOf(MANY, { step: windows + y }), WALL);
    const row = g.columns.out + 1;
    expect(markOn(scene, plateIn(scene, "col"), "row")).toEqual([row, g.window, 1, g.window]);
    expect(markOn(scene, plateIn(scene, "W"), "kernel")).toEqual([g.window, 2, g.window, 1]);
    expect(markOn(scene, plateIn(scene, "out"), "out")).toEqual([row, 2, 1, 1]);
    expect(markOn(scene, plateIn(scene, "Y"), "output")).toEqual([1, 1, 1, 1]);
    const taps = tapsOf(g, "Y", y).slice(0, 6);
    const plane = (p: number) => [
      Math.floor(p / g.columns.padded) % g.rows.padded,
      p % g.columns.padded,
    ];
    const [top, left] = plane(taps[0]!.p) as [number, number];
    const [bottom, right] = plane(taps[5]!.p) as [number, number];
    expect(markOn(scene, plateIn(scene, "X"), "window")).toEqual([
      top,
      left,
      bottom - top + 1,
      right - left + 1,
    ]);
    expect(scene.newest).toEqual({ plate: "out", row, column: 2 });
  });

  test("a curve from each row of the window to col, and one from out to Y", async () => {
    const gather = layout(await frameOf(OPENING, { step: 6 }), LAPTOP);
    expect(gather.curves.map(({ role }) => role)).toEqual(["W", "W", "W"]);
    const row = gather.marks.find(({ name }) => name === "row")!;
    for (const { to } of gather.curves) expect(to).toEqual([row.x - 3, row.y + row.height / 2]);
    const product = layout(await frameOf(OPENING, { step: 16 + 6 }), LAPTOP);
    const last = product.curves.at(-1)!;
    expect(last.role).toBe("Y");
    const y = plateIn(product, "Y");
    expect(last.to).toEqual([y.x + 4 * y.cell + 3, y.y + 1.5 * y.cell]);
    // under everything that stands on the way
    for (const plate of product.plates)
      expect(last.around![1]![1]).toBeGreaterThan(plate.y + plate.rows * plate.cell);
  });

  test("pointing looks at another window without turning the page", async () => {
    const { geometry: g } = await frameOf(LARGE);
    const pointed = { tensor: "R", index: 3000 * g.shapes.R[1]! + 4 } as const;
    for (const room of [LAPTOP, PHONE]) {
      const at = layout(await frameOf(LARGE, { step: 5 }), room);
      const scene = layout(await frameOf(LARGE, { step: 5, pointed }), room);
      expect(scene.follow).toEqual(at.follow);
      expect(plateIn(scene, "X").y).toBe(plateIn(at, "X").y);
      const x = plateIn(scene, "X");
      expect(markOn(scene, x, "window")).toEqual([Math.floor(3000 / 64), 3000 % 64, 3, 3]);
    }
  });
});

describe("a matrix larger than the room", () => {
  test("on a laptop it is scrolled, and what stands beside it turns the pages with it", async () => {
    const scenes = await Promise.all(
      [0, 1, 2000, 4095].map(async (step) => layout(await frameOf(LARGE, { step }), LAPTOP)),
    );
    for (const [i, step] of [0, 1, 2000, 4095].entries()) {
      const scene = scenes[i]!;
      const col = plateIn(scene, "col");
      expect(col.rows).toBe(4096);
      const row = col.y + step * col.cell;
      const { y, height } = scene.follow!;
      expect(row).toBeGreaterThanOrEqual(y);
      expect(row + col.cell).toBeLessThanOrEqual(y + height + 48);
      const x = plateIn(scene, "X");
      expect(x.y).toBeGreaterThanOrEqual(y);
      expect(x.y + x.rows * x.cell).toBeLessThanOrEqual(y + height + 24);
      expect(scene.height).toBe(scenes[0]!.height);
    }
    expect(scenes[1]!.follow).toEqual(scenes[0]!.follow);
    expect(scenes[2]!.follow).not.toEqual(scenes[0]!.follow);
  });

  test.each(["rows", "columns"])("on a phone a page of it is shown: %s", async (col) => {
    for (const step of [0, 2000, 4095, 4096 + 2000]) {
      const frame = await frameOf(LARGE, { step }, { col });
      const scene = layout(frame, PHONE);
      const plate = plateIn(scene, "col");
      expect(plate.rows * plate.columns).toBeLessThan(1000);
      const window = step % 4096;
      const shown = cells(plate, plate.indexAt).map((index) => Math.floor(index / 9));
      expect(shown).toContain(window);
      expect(scene.height).toBeLessThan(2000);
    }
  });

  test("of a million windows each has its numbers, and X stands whole beside them", async () => {
    const scene = layout(await frameOf("input=ramp:1024x1024&kernel=1", { step: 9 }), LAPTOP);
    const [col, x] = [plateIn(scene, "col"), plateIn(scene, "X")];
    expect(col.rows).toBe(1024 * 1024);
    expect(col.cell).toBeGreaterThanOrEqual(NUMBERS_FROM);
    expect(x.x + x.columns * x.cell).toBeLessThan(col.x);
  });
});

describe("words", () => {
  const said = async (link: string, at: Partial<Frame>, options = {}) =>
    plain(im2colLens.caption!(await frameOf(link, at, options)));

  test("a window is laid out flat, and what will come of it", async () => {
    expect(await said(OPENING, { step: 6 })).toBe(
      "The window at rows 2–4, columns 4–6 is laid out flat as row 6 of col. Times the flattened kernel it gives out[6] = 9, which reshape puts at Y[1, 2].",
    );
    expect(await said(`${OPENING}&bias=-12&activation=relu`, { step: 6 })).toMatch(
      /Times the flattened kernel, plus the bias −12, it gives out\[6\] = −3, which ReLU turns into 0 and reshape puts at Y\[1, 2\]\.$/,
    );
    expect(await said(MANY, { step: 6 }, { col: "columns" })).toMatch(
      /^The window at rows 1–3 and columns 0, 2 and channels 0–3 of sample 0 is laid out flat as column 12 of col\. Each of the 2 groups of filters meets its own 12 cells of it\. Times the 4 flattened kernels it gives column 12 of out, of which ReLU and reshape make Y\[0, 0, 1, 0\] = .* and Y\[0, 3, 1, 0\] = /,
    );
  });

  test("a cell of out is a row times a kernel", async () => {
    expect(await said(OPENING, { step: 22 })).toBe(
      "Row 6 of col times the flattened kernel: nine products add up to out[6] = 9, which reshape puts at Y[1, 2].",
    );
    const { geometry: g } = await frameOf(MANY);
    const step = g.shapes.R[0]! + 2 * g.rows.out * g.columns.out;
    expect(await said(MANY, { step })).toMatch(
      /^Row 0 of col, cells 12–23, times the flattened kernel of filter 2: twelve products add up to out\[0, 2\] = /,
    );
  });

  test("the place, the equation and the variables follow the way the windows lie", async () => {
    const step = (await frameOf(MANY)).geometry.shapes.R[0]! + 1;
    const [rows, columns] = [
      await frameOf(MANY, { step }),
      await frameOf(MANY, { step }, { col: "columns" }),
    ];
    expect([rows, columns].map(im2colLens.place)).toEqual(["out[1, 0]", "out[0, 2]"]);
    expect(im2colLens.place(await frameOf(MANY, { step: 1 }, { col: "columns" }))).toBe(
      "column 2 of col",
    );
    expect([rows, columns].map((frame) => plain(im2colLens.equation(frame).formula))).toEqual([
      "Y = ReLU(col · Wᵀ + b), col = im2col(X)",
      "Y = ReLU(W · col + b), col = im2col(X)",
    ]);
    expect(variables(await frameOf(OPENING, { step: 6 }))).toBe(
      "row = 6 = (0, 1, 2)   col.shape = (16, 9)",
    );
    expect(variables(await frameOf(OPENING, { step: 6, slot: 5 }))).toBe(
      "u = 1   v = 2   col.shape = (16, 9)",
    );
  });

  test("the memory it takes", async () => {
    const { notes } = layout(await frameOf(OPENING), LAPTOP);
    const texts = notes.flatMap((note) => (note.kind === "words" ? [note.text] : []));
    expect(texts).toContain("144 numbers from 64: memory 2.25 × the input");
  });
});

import { describe, expect, test } from "vitest";
import {
  EXAMPLES,
  memoryOf as memoryData,
  paddedAtPlace,
  placeOfPadded,
  plain,
  sizeOf,
  tapsOf,
  viewAxes,
} from "#engine";
import { NUMBERS_FROM, type Plate, type Rectangle, type Scene } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { crowded, staleIn } from "../testing/faults.ts";
import {
  cells,
  frameOf,
  inCells,
  LAPTOP,
  LAYERS,
  numbersOf,
  PHONE,
  platesIn,
  ROOMS,
} from "../testing/frames.ts";
import { stridesLens } from "./index.ts";
import { layout } from "./layout.ts";
import { memoryOf } from "./place.ts";
import { caption } from "./words.ts";

/** Wide and high enough for every number. */
const WALL = { width: 4000, height: 3000 };

const WAYS = ["nchw", "nhwc"] as const;
const cases = Object.entries(LAYERS).flatMap(([name, link]) =>
  WAYS.map((data) => ({ name, link, data })),
);

async function framesOf(link: string, data: string): Promise<Frame[]> {
  const first = await frameOf(link);
  const last = sizeOf(first.geometry.shapes.Y) - 1;
  const view = { ...first.view, options: { data } };
  return [0, last >> 1, last].map((step) => ({ ...first, step, view }));
}

/** The strip itself, without what is shown around the window. */
const stripOf = (scene: Scene) =>
  platesIn(scene, "Memory").filter(({ name }) => !/around/.test(name));

function isIn({ x, y, cell, rows, columns }: Plate, mark: Rectangle): boolean {
  const [right, bottom] = [x + columns * cell, y + rows * cell];
  return mark.x >= x && mark.y >= y && mark.x < right && mark.y < bottom;
}

/** The cells of a plate under its marks. */
function under(plate: Plate, marks: readonly Rectangle[]): number[] {
  return marks
    .filter((mark) => isIn(plate, mark))
    .flatMap((mark) => {
      const [row, column, rows, columns] = inCells(plate, mark) as [number, number, number, number];
      return cells({ rows, columns }, (r, c) => plate.indexAt(row + r, column + c));
    });
}

const ascending = (numbers: Iterable<number>) => [...new Set(numbers)].sort((a, b) => a - b);

/** The place in memory of the number over which x stands. */
function placeAt(frame: Frame, scene: Scene, x: number): number {
  const plate = platesIn(scene, "Memory around").find(
    (p) => x >= p.x && x < p.x + p.columns * p.cell,
  )!;
  const p = plate.indexAt(0, Math.floor((x - plate.x) / plate.cell));
  return placeOfPadded(frame.geometry, memoryOf(frame), p);
}

describe.each(cases)("$name, $data", ({ link, data }) => {
  test("the strip is memory, number by number", async () => {
    for (const frame of await framesOf(link, data)) {
      const g = frame.geometry;
      const shown = stripOf(layout(frame, WALL)).flatMap((plate) => numbersOf(plate).flat());
      const all = memoryData(g, frame.layer.x, memoryOf(frame)).data;
      const size = all.length / g.spec.N;
      const n = Math.floor(frame.step / sizeOf(g.shapes.Y.slice(1)));
      expect(shown).toEqual([...all.slice(n * size, (n + 1) * size)]);
    }
  });

  test("each cell of the strip is the padded cell that lies there", async () => {
    const [frame] = (await framesOf(link, data)) as [Frame];
    const cells = stripOf(layout(frame, WALL)).flatMap(({ rows, columns, indexAt }) =>
      Array.from({ length: rows * columns }, (_, i) =>
        indexAt(Math.floor(i / columns), i % columns),
      ),
    );
    const place = (_: unknown, i: number) => paddedAtPlace(frame.geometry, memoryOf(frame), i);
    expect(cells).toEqual(Array.from(cells, place));
  });

  test("the window's pieces are the cells that its taps read, each in one line", async () => {
    for (const frame of await framesOf(link, data)) {
      const scene = layout(frame, WALL);
      const strip = stripOf(scene);
      const marks = scene.marks.filter(({ name }) => name.startsWith("window"));
      expect(marks.every(({ height }) => height === strip[0]!.cell)).toBe(true);
      const read = tapsOf(frame.geometry, "Y", frame.step).map(({ p }) => p);
      const lit = strip.flatMap((plate) => under(plate, marks));
      expect(ascending(lit)).toEqual(ascending(read));
    }
  });

  test("the line below shows the window of the channel, and jumps are as long as their strides", async () => {
    for (const frame of await framesOf(link, data)) {
      const { geometry: g, step } = frame;
      const scene = layout(frame, WALL);
      const area = g.rows.k * g.columns.k;
      const taps = tapsOf(g, "Y", step).slice(0, data === "nchw" ? area : g.window);
      const runs = scene.marks.filter(({ name }) => name.startsWith("run"));
      const line = platesIn(scene, "Memory around").flatMap((plate) => under(plate, runs));
      expect(ascending(line)).toEqual(ascending(taps.map(({ p }) => p)));

      const strides = viewAxes(g, memoryOf(frame));
      for (const { role, from, to } of scene.curves) {
        const jump = placeAt(frame, scene, to[0]) - placeAt(frame, scene, from[0]);
        const fitting = strides.filter((axis) => axis.role === role).map(({ stride }) => stride);
        expect(fitting).toContain(jump);
      }
    }
  });

  test("the offset that is worked out is where the tap reads", async () => {
    for (const at of await framesOf(link, data)) {
      const { geometry: g, step } = at;
      for (const slot of [0, g.window - 1]) {
        const { p } = tapsOf(g, "Y", step)[slot]!;
        const place = placeOfPadded(g, memoryOf(at), p);
        const notes = layout({ ...at, slot }, LAPTOP).notes;
        const texts = notes.map((note) => (note.kind === "words" ? note.text : ""));
        expect(texts).toContain(`= ${place}`);
        expect(plain(caption({ ...at, slot }))).toContain(` = ${place}. `);
      }
    }
  });

  test("nothing stands on anything else, and nothing is cut off", async () => {
    for (const frame of await framesOf(link, data))
      for (const room of ROOMS) expect(crowded(layout(frame, room), room)).toEqual([]);
  });

  test("the picture stays where it is from step to step", async () => {
    const places = (frame: Frame) =>
      layout(frame, LAPTOP).plates.map(({ x, y, cell, rows, columns }) =>
        [x, y, cell, rows, columns].join(" "),
      );
    const [first, ...others] = (await framesOf(link, data)).map(places);
    for (const other of others) expect(other).toEqual(first);
  });

  test("what looks different is painted again: another step, another memory", async () => {
    const frames = (await framesOf(link, data)).map((frame) => layout(frame, WALL));
    const [other] = (await framesOf(link, data === "nchw" ? "nhwc" : "nchw")) as [Frame];
    for (const scene of [...frames.slice(1), layout(other, WALL)])
      expect(staleIn(frames[0]!, scene)).toEqual([]);
  });
});

describe("what is pointed at", () => {
  const OPENING = LAYERS.opening!;

  test("a number under the window: its own offset, and the picture stays", async () => {
    const frame = await frameOf(OPENING, { step: 6, pointed: { tensor: "P", index: 46 } });
    const scene = layout(frame, LAPTOP);
    const texts = scene.notes.map((note) => (note.kind === "words" ? note.text : ""));
    expect(texts).toContain("view[oh 1, ow 2, kh 2, kw 2]");
    expect(texts).toContain("= 46");
    const [others, taps] = [false, true].map((wanted) =>
      scene.marks.filter(({ name }) => name.startsWith("tap") === wanted),
    );
    expect(others).toEqual(layout({ ...frame, pointed: null }, LAPTOP).marks);
    const found = platesIn(scene, "Memory").flatMap((plate) => under(plate, taps!));
    expect(found).toEqual([46, 46]);
    expect(plain(caption(frame))).toMatch(/In memory it is the number at offset 46\.$/);
  });

  test("an output: its window", async () => {
    const frame = await frameOf(OPENING, { step: 0, pointed: { tensor: "Y", index: 6 } });
    const other = await frameOf(OPENING, { step: 6 });
    expect(layout(frame, LAPTOP).marks).toEqual(layout(other, LAPTOP).marks);
    expect(stridesLens.output(frame)!.y).toBe(6);
  });

  test("a number elsewhere: a window that reads it", async () => {
    const frame = await frameOf(OPENING, { step: 0, pointed: { tensor: "P", index: 77 } });
    const texts = layout(frame, LAPTOP).notes.map((note) =>
      note.kind === "words" ? note.text : "",
    );
    expect(texts).toContain("= 77");
  });
});

test.each(WAYS)("%s: every product is marked in the strip and in the line", async (data) => {
  const frame = await frameOf(LAYERS.groups!, { step: 20 });
  const { geometry: g, view } = frame;
  for (const [slot, { p }] of tapsOf(g, "Y", 20).entries()) {
    const scene = layout({ ...frame, slot, view: { ...view, options: { data } } }, WALL);
    const taps = scene.marks.filter(({ name }) => name.startsWith("tap"));
    expect(platesIn(scene, "Memory").flatMap((plate) => under(plate, taps))).toEqual([p, p]);
  }
});

test("beyond the last number there is nothing: no cell, no number, nothing to type into", async () => {
  const frame = await frameOf("input=counting:5x4&kernel=ones:1x2&stride=2", { step: 5 });
  const beyond = platesIn(layout(frame, LAPTOP), "Memory around").flatMap((plate) =>
    Array.from({ length: plate.columns }, (_, c) => c)
      .filter((c) => plate.indexAt(0, c) < 0)
      .map((c) => [plate.valueAt(0, c), plate.textureAt(0, c).ring]),
  );
  // the window is 18 and 19 of 20 numbers; a next row of windows would begin at 26
  expect(beyond).toEqual(new Array(7).fill([null, "zero"]));
});

test.each(["opening", "dilated", "relu"])(
  "%s: on a small laptop all of it is seen, with numbers",
  async (name) => {
    const room = { width: 700, height: 490 };
    const link = name === "dilated" ? EXAMPLES.dilation.link : LAYERS[name]!;
    const scene = layout(await frameOf(link, { step: 6 }), room);
    expect(scene.height).toBeLessThanOrEqual(room.height);
    expect(crowded(scene, room)).toEqual([]);
    const cells = scene.plates.filter(({ name }) => name !== "Y").map(({ cell }) => cell);
    expect(Math.min(...cells)).toBeGreaterThanOrEqual(NUMBERS_FROM);
  },
);

describe("large pictures", () => {
  const LARGE = "input=random:128x96:seed=3&channels=3&kernel=random:3x3:seed=2&filters=2&stride=3";

  test.each(WAYS)("%s: whole, and with numbers along the line", async (data) => {
    const frame = await frameOf(LARGE);
    const at = { ...frame, step: 500, view: { ...frame.view, options: { data } } };
    for (const room of [LAPTOP, PHONE]) {
      const scene = layout(at, room);
      expect(scene.width).toBe(room.width);
      expect(crowded(scene, room)).toEqual([]);
    }
    const [part] = platesIn(layout(at, LAPTOP), "Memory around");
    expect(part!.cell).toBeGreaterThanOrEqual(20);
  });

  test("zoomed in, the window is brought into sight", async () => {
    const frame = await frameOf(LARGE, { step: 500 });
    const scene = layout({ ...frame, view: { ...frame.view, zoom: 4 } }, LAPTOP);
    const mark = scene.marks.find(({ name }) => name.startsWith("window"))!;
    expect(scene.follow!.y).toBe(mark.y);
    expect(layout(frame, LAPTOP).follow).toBeNull();
  });
});

import { describe, expect, test } from "vitest";
import {
  addAt,
  columnGradient,
  columnsOfOutput,
  foldPadded,
  gather,
  indexArrays,
  placeOfRow,
  plain,
  plainAdd,
} from "#engine";
import type { Plate, Scene } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { crossed, crowded, staleIn } from "../testing/faults.ts";
import { LAPTOP, LAYERS, plateIn, ROOMS } from "../testing/frames.ts";
import { indicesLens } from "./index.ts";
import { layout } from "./layout.ts";
import { BATCH, frameAt, LAYS, last, OPENING, places, WALL, WAYS } from "./testing.ts";

/** 1280 × 720 between the panels. */
const SMALL = { width: 700, height: 490 };

const links = Object.entries(LAYERS).flatMap(([name, link]) =>
  LAYS.map((col) => [name, col, `${link}&delta=random:seed=4`] as const),
);

describe.each(links)("%s, windows as %s", (_name, col, link) => {
  test("k, i and j are the arrays of the engine, and the sums of their vectors", async () => {
    const frame = await frameAt(link, "forward", { step: 1 }, col);
    const { geometry: g } = frame;
    const arrays = indexArrays(g);
    const positions = g.rows.out * g.columns.out;
    const scene = layout(frame, WALL);
    for (const { cell, value } of places(plateIn(scene, "k"), frame))
      expect(value).toBe(arrays.k.data[cell]);
    for (const letter of ["i", "j"] as const) {
      const found = places(plateIn(scene, letter), frame);
      expect(found.length).toBe(g.shapes.R[1]! * positions);
      for (const { r, c, cell, position, value } of found) {
        expect(value).toBe(arrays[letter].data[cell * positions + position]);
        const [down, along] = [plateIn(scene, `${letter}0`), plateIn(scene, `${letter}1`)];
        const [side, top] = col === "columns" ? [down, along] : [along, down];
        expect(value).toBe(side.valueAt(r, 0)! + top.valueAt(0, c)!);
      }
    }
  });

  test("what is gathered is the engine's gather, and out and Y are made of it", async () => {
    const begun = await frameAt(link, "forward", {}, col);
    const frame = { ...begun, step: last(begun) };
    const { geometry: g, layer, answer } = frame;
    const columns = g.shapes.R[0]!;
    const expected = gather(g, layer.x).data;
    const z = columnsOfOutput(g, answer.z).data;
    const scene = layout(frame, WALL);
    const found = places(plateIn(scene, "cols"), frame);
    for (const { cell, position, n, value } of found)
      expect(value).toBe(expected[cell * columns + position * g.spec.N + n]);
    const out = plateIn(scene, "out");
    // as rows, one sample at a time
    const shown = col === "columns" ? columns : columns / g.spec.N;
    expect(found.length).toBe(shown * g.shapes.R[1]!);
    expect(col === "columns" ? [out.rows, out.columns] : [out.columns, out.rows]).toEqual([
      g.spec.F,
      shown,
    ]);
    for (let f = 0; f < g.spec.F; f++)
      for (let at = 0; at < shown; at++)
        if (col === "columns") expect(out.valueAt(f, at)).toBe(z[f * columns + at]);
        else expect(out.valueAt(at, f)).toBe(z[f * columns + (at + 1) * g.spec.N - 1]);
    const y = plateIn(scene, "Y");
    for (let r = 0; r < y.rows; r++)
      for (let c = 0; c < y.columns; c++)
        expect(y.valueAt(r, c)).toBe(answer.y.data[y.indexAt(r, c)]);
  });

  test("a column is gathered cell by cell, and multiplied when it is whole", async () => {
    const frame = await frameAt(link, "forward", { step: 2, slot: 1 }, col);
    const { geometry: g } = frame;
    const along = ({ r, c }: { r: number; c: number }) => (col === "columns" ? c : r);
    const gathered = (at: Frame) =>
      places(plateIn(layout(at, WALL), "cols"), at).map(({ cell, value, ...place }) => ({
        is: value !== null,
        wanted: along(place) < 2 || (along(place) === 2 && cell % g.window <= at.slot!),
      }));
    for (const { is, wanted } of gathered(frame)) expect(is).toBe(wanted);
    const out = (slot: number) => {
      const plate = plateIn(layout({ ...frame, slot }, WALL), "out");
      return col === "columns" ? plate.valueAt(0, 2) : plate.valueAt(2, 0);
    };
    expect(out(g.window - 1)).not.toBe(null);
    if (g.window > 1) expect(out(g.window - 2)).toBe(null);
  });

  test.each(["add", "plain"] as const)(
    "dX padded by %s is the engine's; what the plain += loses is framed",
    async (way) => {
      const begun = await frameAt(link, way, {}, col);
      const { geometry: g, layer, answer } = begun;
      const dcols = columnGradient(g, layer.w, answer.back!.delta);
      const both = { add: addAt(g, dcols), plain: plainAdd(g, dcols, col) };
      const dx = foldPadded(g, both[way]);
      const positions = g.rows.out * g.columns.out;
      for (let n = 0; n < g.spec.N; n++)
        for (let channel = 0; channel < g.spec.C; channel++) {
          // an output of that sample, of the first filter that reads the channel
          const f = Math.floor(channel / g.depth) * g.filtersPerGroup;
          const pointed = { tensor: "D", index: (n * g.spec.F + f) * positions } as const;
          const view = { ...begun.view, channel };
          const scene = layout({ ...begun, view, step: last(begun), pointed }, WALL);
          const padded = scene.plates.find(({ name }) => name === "dX padded");
          if (padded) expectPlane(padded, both);
          const result = plateIn(scene, "dX");
          for (let r = 0; r < result.rows; r++)
            for (let c = 0; c < result.columns; c++)
              expect(result.valueAt(r, c) ?? 0).toBe(dx.data[result.indexAt(r, c)]);
        }

      function expectPlane(plate: Plate, made: typeof both): void {
        for (let r = 0; r < plate.rows; r++)
          for (let c = 0; c < plate.columns; c++) {
            const p = plate.indexAt(r, c);
            expect(plate.valueAt(r, c) ?? 0).toBe(made[way].data[p]);
            const wrong = made.add.data[p] !== made.plain.data[p];
            expect(plate.textureAt(r, c).wrong ?? false).toBe(wrong);
          }
      }
    },
  );

  test("in the end add.at has made dX", async () => {
    const begun = await frameAt(link, "add", {}, col);
    const frame = { ...begun, step: last(begun) };
    const result = plateIn(layout(frame, LAPTOP), "dX");
    for (let r = 0; r < result.rows; r++)
      for (let c = 0; c < result.columns; c++)
        expect(result.valueAt(r, c)).toBe(frame.answer.back!.dx.data[result.indexAt(r, c)]);
  });

  test("nothing stands on anything else, in any room, way or step", async () => {
    for (const way of WAYS) {
      const begun = await frameAt(link, way, {}, col);
      for (const step of [0, Math.floor(last(begun) / 2), last(begun)])
        for (const room of [SMALL, ...ROOMS]) {
          const scene = layout({ ...begun, step }, room);
          const faults = [...crowded(scene, room), ...crossed(scene)];
          expect(faults, `${way} ${step} ${room.width}`).toEqual([]);
        }
    }
  });

  test("plates that look different have other keys, from step to step and from way to way", async () => {
    const frames = await Promise.all(
      WAYS.flatMap((way) => LAYS.map((lay) => frameAt(link, way, {}, lay))),
    );
    const scenes: Scene[] = frames.flatMap((frame) =>
      [0, 1, last(frame)].flatMap((step) =>
        [null, 0].map((slot) => layout({ ...frame, step, slot }, LAPTOP)),
      ),
    );
    for (const [i, scene] of scenes.entries())
      for (const other of scenes.slice(i + 1)) expect(staleIn(scene, other)).toEqual([]);
  });
});

describe("half way", () => {
  /** What both ways leave of so many windows, in the order of the arrays: row by row. */
  function partly({ geometry: g, layer, answer, view }: Frame, windows: number) {
    const { flatIndex } = indexArrays(g);
    const dcols = columnGradient(g, layer.w, answer.back!.delta).data;
    const [N, C] = g.shapes.P as [number, number];
    const size = C * g.rows.padded * g.columns.padded;
    const sum = new Float64Array(N * size);
    const left = new Float64Array(N * size);
    const positions = g.rows.out * g.columns.out;
    const way = view.options.col as "rows" | "columns";
    const order = [...flatIndex.data.keys()];
    // as rows they are the transpose: window by window
    if (way === "rows") order.sort((a, b) => (a % positions) - (b % positions) || a - b);
    for (const at of order)
      for (let n = 0; n < N; n++) {
        if (placeOfRow(g, way, n * positions + (at % positions)) >= windows) continue;
        const p = n * size + flatIndex.data[at]!;
        const value = dcols[at * N + n]!;
        sum[p] = sum[p]! + value;
        left[p] = value;
      }
    return { add: sum, plain: left };
  }

  test.each([
    ["add", "columns"],
    ["plain", "columns"],
    ["add", "rows"],
    ["plain", "rows"],
  ] as const)("%s holds what so many %s have left", async (way, col) => {
    for (const link of [OPENING, BATCH]) {
      const begun = await frameAt(link, way, {}, col);
      // also backwards: numbers do not depend on the way there
      for (const step of [0, 5, 3, last(begun), 4]) {
        const scene = layout({ ...begun, step }, LAPTOP);
        const expected = partly(begun, step + 1);
        const plate = scene.plates.find(({ name }) => name === "dX padded") ?? plateIn(scene, "dX");
        let wrong = 0;
        for (let r = 0; r < plate.rows; r++)
          for (let c = 0; c < plate.columns; c++) {
            const p = plate.indexAt(r, c);
            expect(plate.valueAt(r, c) ?? 0).toBe(expected[way][p]);
            if (plate.textureAt(r, c).wrong) wrong++;
            expect(plate.textureAt(r, c).wrong ?? false).toBe(
              expected.add[p] !== expected.plain[p],
            );
          }
        if (way === "plain" && link === OPENING && step > 0)
          expect(plain(indicesLens.caption!({ ...begun, step }))).toContain(
            `so far ${wrong} cells are wrong`,
          );
      }
    }
  });

  test("a sample has only what has come to it, also where another is at work", async () => {
    // columns 0–2 are done: two positions of sample 0, one of sample 1
    for (const [n, count] of [
      [0, 2],
      [1, 1],
    ] as const) {
      const at = await frameAt(BATCH, "forward", { step: 2 });
      const { F } = at.geometry.spec;
      const pointed = {
        tensor: "Y",
        index: n * F * at.geometry.rows.out * at.geometry.columns.out,
      } as const;
      const y = plateIn(layout({ ...at, pointed }, LAPTOP), "Y");
      const values = [0, 1, 2, 3].map((i) => y.valueAt(Math.floor(i / 2), i % 2));
      expect(values.filter((v) => v !== null).length).toBe(count);
      const back = await frameAt(BATCH, "add", { step: 2, pointed: { ...pointed, tensor: "D" } });
      const dx = plateIn(layout(back, LAPTOP), "dX");
      expect(dx.valueAt(0, 0)).not.toBe(null);
      expect(dx.valueAt(0, 3) !== null).toBe(count === 2);
    }
  });

  test("within a column the cells go in one by one", async () => {
    const begun = await frameAt(OPENING, "plain", { step: 5 });
    const plate = (slot: number | null) => plateIn(layout({ ...begun, slot }, LAPTOP), "dX padded");
    const numbers = (at: Plate) =>
      Array.from({ length: 100 }, (_, i) => at.valueAt(Math.floor(i / 10), i % 10));
    expect(numbers(plate(8))).toEqual(numbers(plate(null)));
    expect(numbers(plate(0))).not.toEqual(numbers(plate(null)));
  });
});

test("of an image a step repaints only where its window stands", async () => {
  const link = "input=random:64x64:seed=2&kernel=sobel-x&padding=1&delta=random:seed=2";
  for (const col of LAYS)
    for (const way of ["add", "plain"] as const) {
      const frame = await frameAt(link, way, { step: 2000 }, col);
      for (const name of ["dX padded", "dX"]) {
        const plate = plateIn(layout(frame, LAPTOP), name);
        const { progress } = plateIn(layout({ ...frame, step: 2001 }, LAPTOP), name);
        const { top, bottom, left, right } = progress!.between(plate.progress!.at, progress!.at);
        expect((bottom - top) * (right - left), `${col} ${way} ${name}`).toBeLessThan(20);
      }
    }
});

describe("in a small laptop's room everything stands at once", () => {
  const layers = {
    opening: OPENING,
    textbook: "input=counting&kernel=ones&delta=random:seed=4",
    flip: "input=impulse&kernel=1+2+3;4+5+6;7+8+9&flip=true&padding=1&delta=random:seed=4",
  };
  test.each(Object.entries(layers))("%s", async (_name, link) => {
    for (const col of LAYS)
      for (const way of WAYS) {
        const scene = layout(await frameAt(link, way, {}, col), SMALL);
        for (const { name, x, y, rows, columns, cell } of scene.plates) {
          expect(x + columns * cell, `${col} ${way} ${name}`).toBeLessThanOrEqual(SMALL.width);
          expect(y + rows * cell, `${col} ${way} ${name}`).toBeLessThanOrEqual(SMALL.height);
        }
        const x = scene.plates.find(({ tensor }) => tensor === "P" || tensor === "DP")!;
        expect((x ?? plateIn(scene, "dX")).cell).toBeGreaterThanOrEqual(18);
      }
  });
});

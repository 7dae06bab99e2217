import { describe, expect, test } from "vitest";
import {
  addAt,
  columnGradient,
  columnsOfOutput,
  foldPadded,
  gather,
  indexArrays,
  plain,
  plainAdd,
  sizeOf,
  twinsOf,
} from "#engine";
import type { Plate, Scene } from "../../draw/scene.ts";
import { focusOfStep, stepOfCell } from "../focus.ts";
import type { Frame } from "../lens.ts";
import { crowded, frameOf, LAYERS, plateIn, ROOMS, staleIn } from "../testing.ts";
import { indicesLens } from "./index.ts";
import { layout } from "./layout.ts";
import { variables } from "./programs.ts";

const WALL = { width: 9000, height: 3000 };
const LAPTOP = { width: 860, height: 640 };
const WAYS = ["forward", "add", "plain"] as const;
type Way = (typeof WAYS)[number];

const links = Object.entries(LAYERS).map(
  ([name, link]) => [name, `${link}&delta=random:seed=4`] as const,
);

async function frameAt(link: string, way: Way, at: Partial<Frame> = {}): Promise<Frame> {
  const frame = await frameOf(link, at);
  return { ...frame, view: { ...frame.view, ...at.view, options: { way } } };
}

const last = ({ geometry }: Frame) => sizeOf(indicesLens.walk(geometry)) - 1;

/** Row of the arrays, position and sample of each cell of a plate that is of im2col's kind. */
function places(plate: Plate, { geometry: g }: Frame) {
  const cells = g.shapes.R[1]!;
  const positions = g.rows.out * g.columns.out;
  return Array.from({ length: plate.rows * plate.columns }, (_, at) => {
    const [r, c] = [Math.floor(at / plate.columns), at % plate.columns];
    const index = plate.indexAt(r, c);
    const row = Math.floor(index / cells);
    const [position, n] = [row % positions, Math.floor(row / positions)];
    return { r, c, cell: index % cells, position, n, value: plate.valueAt(r, c) };
  });
}

describe.each(links)("%s", (_name, link) => {
  test("k, i and j are the arrays of the engine, and the sums of their vectors", async () => {
    const frame = await frameAt(link, "forward", { step: 1 });
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
        expect(value).toBe(down.valueAt(r, 0)! + along.valueAt(0, c)!);
      }
    }
  });

  test("what is gathered is the engine's gather, and out and Y are made of it", async () => {
    const begun = await frameAt(link, "forward");
    const frame = { ...begun, step: last(begun) };
    const { geometry: g, layer, answer } = frame;
    const columns = g.shapes.R[0]!;
    const expected = gather(g, layer.x).data;
    const z = columnsOfOutput(g, answer.z).data;
    const scene = layout(frame, WALL);
    for (const { cell, position, n, value } of places(plateIn(scene, "cols"), frame))
      expect(value).toBe(expected[cell * columns + position * g.spec.N + n]);
    const out = plateIn(scene, "out");
    expect([out.rows, out.columns]).toEqual([g.spec.F, columns]);
    for (let f = 0; f < out.rows; f++)
      for (let c = 0; c < columns; c++) expect(out.valueAt(f, c)).toBe(z[f * columns + c]);
    const y = plateIn(scene, "Y");
    for (let r = 0; r < y.rows; r++)
      for (let c = 0; c < y.columns; c++)
        expect(y.valueAt(r, c)).toBe(answer.y.data[y.indexAt(r, c)]);
  });

  test("a column is gathered cell by cell, and multiplied when it is whole", async () => {
    const frame = await frameAt(link, "forward", { step: 2, slot: 1 });
    const { geometry: g } = frame;
    const gathered = (at: Frame) =>
      places(plateIn(layout(at, WALL), "cols"), at).map(({ c, cell, value }) => ({
        is: value !== null,
        wanted: c < 2 || (c === 2 && cell % g.window <= at.slot!),
      }));
    for (const { is, wanted } of gathered(frame)) expect(is).toBe(wanted);
    const out = (slot: number) => plateIn(layout({ ...frame, slot }, WALL), "out").valueAt(0, 2);
    expect(out(g.window - 1)).not.toBe(null);
    if (g.window > 1) expect(out(g.window - 2)).toBe(null);
  });

  test.each(["add", "plain"] as const)(
    "dX padded by %s is the engine's; what the plain += loses is framed",
    async (way) => {
      const begun = await frameAt(link, way);
      const { geometry: g, layer, answer } = begun;
      const dcols = columnGradient(g, layer.w, answer.back!.delta);
      const both = { add: addAt(g, dcols), plain: plainAdd(g, dcols) };
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
    const begun = await frameAt(link, "add");
    const frame = { ...begun, step: last(begun) };
    const result = plateIn(layout(frame, LAPTOP), "dX");
    for (let r = 0; r < result.rows; r++)
      for (let c = 0; c < result.columns; c++)
        expect(result.valueAt(r, c)).toBe(frame.answer.back!.dx.data[result.indexAt(r, c)]);
  });

  test("nothing stands on anything else, in any room, way or step", async () => {
    for (const way of WAYS) {
      const begun = await frameAt(link, way);
      for (const step of [0, last(begun)])
        for (const room of ROOMS)
          expect(crowded(layout({ ...begun, step }, room), room), `${way} ${room.width}`).toEqual(
            [],
          );
    }
  });

  test("plates that look different have other keys, from step to step and from way to way", async () => {
    const frames = await Promise.all(WAYS.map((way) => frameAt(link, way)));
    const scenes: Scene[] = frames.flatMap((frame) =>
      [0, 1, last(frame)].flatMap((step) =>
        [null, 0].map((slot) => layout({ ...frame, step, slot }, LAPTOP)),
      ),
    );
    for (const [i, scene] of scenes.entries())
      for (const other of scenes.slice(i + 1)) expect(staleIn(scene, other)).toEqual([]);
  });
});

const OPENING = `${LAYERS.opening}&delta=random:seed=5`;
const BATCH = `${LAYERS.batch}&delta=random:seed=4`;

describe("half way", () => {
  /** What both ways leave of the columns before `columns`, in the order of the arrays: row by row. */
  function partly({ geometry: g, layer, answer }: Frame, columns: number) {
    const { flatIndex } = indexArrays(g);
    const dcols = columnGradient(g, layer.w, answer.back!.delta).data;
    const [N, C] = g.shapes.P as [number, number];
    const size = C * g.rows.padded * g.columns.padded;
    const sum = new Float64Array(N * size);
    const left = new Float64Array(N * size);
    const positions = g.rows.out * g.columns.out;
    for (let at = 0; at < flatIndex.data.length; at++)
      for (let n = 0; n < N; n++) {
        if ((at % positions) * N + n >= columns) continue;
        const p = n * size + flatIndex.data[at]!;
        const value = dcols[at * N + n]!;
        sum[p] = sum[p]! + value;
        left[p] = value;
      }
    return { add: sum, plain: left };
  }

  test.each(["add", "plain"] as const)("%s holds what so many columns have left", async (way) => {
    for (const link of [OPENING, BATCH]) {
      const begun = await frameAt(link, way);
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

  test("within a column the cells go in one by one", async () => {
    const begun = await frameAt(OPENING, "plain", { step: 5 });
    const plate = (slot: number | null) => plateIn(layout({ ...begun, slot }, LAPTOP), "dX padded");
    const numbers = (at: Plate) =>
      Array.from({ length: 100 }, (_, i) => at.valueAt(Math.floor(i / 10), i % 10));
    expect(numbers(plate(8))).toEqual(numbers(plate(null)));
    expect(numbers(plate(0))).not.toEqual(numbers(plate(null)));
  });
});

describe("the walk", () => {
  test("goes through the columns as the twins number them", async () => {
    for (const link of [OPENING, BATCH]) {
      const { geometry: g } = await frameAt(link, "forward");
      expect(sizeOf(indicesLens.walk(g))).toBe(g.shapes.R[0]);
      for (let step = 0; step < g.shapes.R[0]!; step++) {
        const ref = focusOfStep(indicesLens, g, step)!;
        expect(stepOfCell(indicesLens, g, ref)).toBe(step);
        const twin = twinsOf(g, ref).find(({ lens }) => lens === "indices")!;
        expect(twin.text).toBe(`column ${step} of W · X[:, k, i, j]`);
      }
    }
  });

  test("frames the column in i, j and cols, and the window that they name", async () => {
    const frame = await frameAt(OPENING, "forward", { step: 6 });
    const scene = layout(frame, LAPTOP);
    const marked = (name: string, { x, y, cell }: Plate) => {
      const mark = scene.marks.find((candidate) => candidate.name === name)!;
      return [mark.y - y, mark.x - x, mark.height, mark.width].map((v) => v / cell);
    };
    expect(marked("column", plateIn(scene, "cols"))).toEqual([0, 6, 9, 1]);
    expect(marked("i column", plateIn(scene, "i1")).slice(0, 2)).toEqual([0, 6]);
    expect(marked("window", plateIn(scene, "X"))).toEqual([2, 4, 3, 3]);
    expect(marked("under", plateIn(scene, "out"))).toEqual([0, 6, 1, 1]);
    const x = plateIn(scene, "X");
    const lit = Array.from({ length: 100 }, (_, p) => p).filter((p) => scene.lit!.has(p));
    expect(lit).toEqual([24, 25, 26, 34, 35, 36, 44, 45, 46]);
    expect(scene.lit!.plate).toBe(x.name);
  });

  test("every product is a cell of the column, of the group whose channel is shown", async () => {
    const link = LAYERS.groups!;
    const frame = await frameAt(link, "forward", { step: 1, slot: 3 });
    const { geometry: g } = frame;
    const row = g.shapes.R[1]!;
    expect(indicesLens.product!(frame)).toEqual({ tensor: "R", index: row + 3 });
    const view = { ...frame.view, channel: 2 };
    expect(indicesLens.product!({ ...frame, view })!.index).toBe(row + g.window + 3);
    // filters of each group have rows of their own: the sum says which
    const { title, total } = indicesLens.terms!({ ...frame, view, slot: null })!;
    expect(plain(title)).toBe("Z[3, 0, 1], rows 12–23 of the column");
    const z = frame.answer.z.data[3 * g.rows.out * g.columns.out + 1]!;
    expect(total.at(-1)!.text).toBe(String(z).replace("-", "−"));
  });

  test("of many columns the page is shown on which playback stands, whatever is pointed at", async () => {
    const link = "input=random:64x64:seed=2&kernel=sobel-x&padding=1&delta=random:seed=2";
    for (const way of WAYS) {
      const frame = await frameAt(link, way, { pointed: { tensor: "R", index: 5 } });
      for (const room of ROOMS)
        for (const step of [0, 2000, 4095]) {
          const scene = layout({ ...frame, step }, room);
          const shown = places(plateIn(scene, "i"), frame).map(({ position }) => position);
          expect(shown).toContain(step);
          expect(shown.length).toBeLessThan(600);
        }
    }
  });
});

describe("words", () => {
  const said = async (way: Way, at: Partial<Frame>) =>
    plain(indicesLens.caption!(await frameAt(OPENING, way, at)));

  test("a column is gathered, and each of its cells", async () => {
    expect(await said("forward", { step: 6 })).toBe(
      "Column 6 of i and j is i0 + 2 and j0 + 4: the window whose corner is at row 2, column 4. The 9 cells that k, i and j name are copied into column 6 of cols. W_row · cols makes of it Y[1, 2] = 9.",
    );
    expect(await said("forward", { step: 6, slot: 5 })).toBe(
      "k[5] = 0; i[5, 6] = i0[5] + i1[6] = 1 + 2 = 3; j[5, 6] = j0[5] + j1[6] = 2 + 4 = 6. So row 5, column 6 of cols is channel 0, row 3, column 6: Xp[3, 6] = 0.",
    );
    expect(await said("forward", { pointed: { tensor: "I", index: 6 * 9 + 5 } })).toBe(
      "i[5, 6] = i0[5] + i1[6] = 1 + 2 = 3: tap (1, 2) of the window at (1, 2) reads row 3. k, i and j together name Xp[3, 6] = 0.",
    );
    expect(await said("forward", { pointed: { tensor: "K", index: 6 * 9 + 5 } })).toBe(
      "k[5] = 0: row 5 of the arrays is tap (1, 2) in channel 0, whatever the window: one column is enough.",
    );
  });

  test("a column is added, and what the plain += does with it", async () => {
    expect(await said("add", { step: 0 })).toMatch(/nothing to add up yet\.$/);
    expect(await said("add", { step: 6 })).toMatch(
      /5 of these cells have been named by a column before\. np\.add\.at adds to what is there\.$/,
    );
    const texts = layout(await frameAt(OPENING, "plain"), LAPTOP).notes.flatMap((note) =>
      note.kind === "words" ? [note.text] : [],
    );
    expect(texts.join(" ")).toMatch(
      /Framed: the cells that are wrong by now; in the end \d+ of 100\./,
    );
    expect(await said("plain", { step: 6, slot: 0 })).toMatch(
      /named that cell before: np\.add\.at makes it −?\d+, the plain \+= leaves −?\d+\.$/,
    );
  });

  test("the sum written out is the number that stands there", async () => {
    for (const way of ["add", "plain"] as const) {
      const begun = await frameAt(OPENING, way, { step: 9 });
      const plate = plateIn(layout(begun, LAPTOP), "dX padded");
      for (const p of [0, 2, 22, 24, 44]) {
        const pointed = { tensor: "DP", index: p } as const;
        const { total } = indicesLens.terms!({ ...begun, pointed })!;
        const value = plate.valueAt(Math.floor(p / 10), p % 10) ?? 0;
        expect(total[1]!.text.replace("−", "-")).toBe(String(value));
      }
    }
  });

  test("the running lines, and their variables", async () => {
    const frame = await frameAt(OPENING, "forward", { step: 6 });
    expect(variables(frame)).toBe("q = 6   i1[q] = 2   j1[q] = 4   cols: 9 × 16");
    expect(variables({ ...frame, slot: 5 })).toBe(
      "r = 5   q = 6   k[r] = 0   i[r, q] = 3   j[r, q] = 6",
    );
    expect(indicesLens.marks!(frame)).toEqual(["gather", "multiply", "activate", "write"]);
    expect(indicesLens.marks!(await frameAt(OPENING, "plain"))).toEqual(["back", "plain"]);
    expect(indicesLens.marks!(await frameAt(OPENING, "add", { slot: 2 }))).toEqual(["add"]);
  });
});

import { describe, expect, test } from "vitest";
import { plain, sizeOf, twinsOf } from "#engine";
import { focusOfStep, stepOfCell } from "../focus.ts";
import type { Frame } from "../lens.ts";
import { LAPTOP, LAYERS, markOn, plateIn, ROOMS } from "../testing/frames.ts";
import { indicesLens } from "./index.ts";
import { layout } from "./layout.ts";
import { variables } from "./programs.ts";
import { BATCH, frameAt, OPENING, places, WAYS, type Way } from "./testing.ts";

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

  test("goes through the rows where windows are rows", async () => {
    const options = { col: "rows" };
    const frame = await frameAt(BATCH, "forward", {}, "rows");
    const { geometry: g } = frame;
    for (let step = 0; step < g.shapes.R[0]!; step++) {
      const ref = focusOfStep(indicesLens, g, step, options)!;
      expect(stepOfCell(indicesLens, g, ref, options)).toBe(step);
      const twin = twinsOf(g, ref, options).find(({ lens }) => lens === "indices")!;
      expect(twin.text).toBe(`row ${step} of X[:, k, i, j] · Wᵀ`);
      expect(indicesLens.place({ ...frame, step })).toBe(`row ${step} of col`);
    }
    const opening = await frameAt(OPENING, "forward", { step: 6, slot: 5 }, "rows");
    for (const room of ROOMS) {
      const scene = layout(opening, room);
      const cols = plateIn(scene, "cols");
      const at = Array.from({ length: cols.rows }, (_, r) => cols.indexAt(r, 0)).indexOf(6 * 9);
      expect(markOn(scene, cols, "column")).toEqual([at, 0, 1, 9]);
      expect(markOn(scene, plateIn(scene, "i"), "i cell")).toEqual([at, 5, 1, 1]);
      expect(markOn(scene, plateIn(scene, "X"), "window")).toEqual([2, 4, 3, 3]);
      expect(markOn(scene, plateIn(scene, "out"), "under")).toEqual([at, 0, 1, 1]);
    }
  });

  test("frames the column in i, j and cols, and the window that they name", async () => {
    const frame = await frameAt(OPENING, "forward", { step: 6 });
    const scene = layout(frame, LAPTOP);
    expect(markOn(scene, plateIn(scene, "cols"), "column")).toEqual([0, 6, 9, 1]);
    expect(markOn(scene, plateIn(scene, "i1"), "i column").slice(0, 2)).toEqual([0, 6]);
    expect(markOn(scene, plateIn(scene, "X"), "window")).toEqual([2, 4, 3, 3]);
    expect(markOn(scene, plateIn(scene, "out"), "under")).toEqual([0, 6, 1, 1]);
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

  test("the same of rows", async () => {
    const rows = async (way: Way, at: Partial<Frame>) =>
      plain(indicesLens.caption!(await frameAt(OPENING, way, at, "rows")));
    expect(await rows("forward", { step: 6 })).toBe(
      "Row 6 of i and j is i0 + 2 and j0 + 4: the window whose corner is at row 2, column 4. The 9 cells that k, i and j name are copied into row 6 of col. col · W_rowᵀ makes of it Y[1, 2] = 9.",
    );
    expect(await rows("forward", { step: 6, slot: 5 })).toBe(
      "k[5] = 0; i[6, 5] = i0[5] + i1[6] = 1 + 2 = 3; j[6, 5] = j0[5] + j1[6] = 2 + 4 = 6. So row 6, column 5 of col is channel 0, row 3, column 6: Xp[3, 6] = 0.",
    );
    expect(await rows("forward", { pointed: { tensor: "K", index: 6 * 9 + 5 } })).toBe(
      "k[5] = 0: column 5 of the arrays is tap (1, 2) in channel 0, whatever the window: one row is enough.",
    );
    expect(await rows("plain", { step: 0 })).toMatch(
      /^Row 0 of dcol = δ · W_row holds 9 numbers .*No row before/,
    );
    const frame = await frameAt(OPENING, "plain", { step: 6 }, "rows");
    expect(variables(frame)).toBe("q = 6   i1[q] = 2   j1[q] = 4   dcol: 16 × 9");
    expect(plain(indicesLens.equation(frame).formula)).toBe("dXp[:, k, i, j] += δ · W_row");
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
    for (const [way, col] of [
      ["add", "columns"],
      ["plain", "columns"],
      ["plain", "rows"],
    ] as const) {
      const begun = await frameAt(OPENING, way, { step: 9 }, col);
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
    const pointed = { tensor: "J", index: 3 } as const;
    expect(indicesLens.marks!({ ...frame, pointed })).toEqual(["index"]);
    expect(indicesLens.marks!(await frameAt(OPENING, "plain"))).toEqual(["back", "plain"]);
    expect(indicesLens.marks!(await frameAt(OPENING, "add", { slot: 2 }))).toEqual(["add"]);
  });
});

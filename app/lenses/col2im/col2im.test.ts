import { describe, expect, test } from "vitest";
import {
  col2imPadded,
  colAt,
  columnsOfOutput,
  columnsOfRows,
  im2colRows,
  padInput,
  placeOfRow,
  plain,
  rowGradient,
  rowsOfOutput,
  sizeOf,
  type Tensor,
  unravel,
} from "#engine";
import type { Plate } from "../../draw/scene.ts";
import { focusOfStep, stepOfCell } from "../focus.ts";
import type { Frame } from "../lens.ts";
import { crossed, crowded, staleIn } from "../testing/faults.ts";
import {
  cells,
  frameOf,
  LAPTOP,
  LAYERS,
  markOn,
  numbersOf,
  PHONE,
  plateIn,
  ROOMS,
} from "../testing/frames.ts";
import { col2imLens } from "./index.ts";
import { layout } from "./layout.ts";
import { variables } from "./programs.ts";

/** Wide and high enough for every row to be shown at once. */
const WALL = { width: 4000, height: 6000 };

const OPENING = `${LAYERS.opening}&delta=random:seed=5`;
/** Two samples, groups, dilation, a turned kernel, an activation; the ring copies in each of three ways. */
const MANY = (mode: string) =>
  `input=random:5x6:seed=3&batch=2&channels=4&filters=4&groups=2&kernel=random:3x2:seed=4&padding=1&mode=${mode}&dilation=1,2&stride=1,2&flip=yes&activation=relu&delta=random:seed=2`;
const BARE = "input=random:5x6:seed=3&kernel=random:2x3:seed=4&stride=2,1&delta=random:seed=2";
const LINKS = [OPENING, BARE, ...["zeros", "reflect", "replicate", "circular"].map(MANY)];
const LARGE = "input=random:64x64:seed=2&kernel=sobel-x&padding=1&delta=random:seed=2";

/** The same frame elsewhere: what is kept of its numbers is kept. */
const goTo = (frame: Frame, at: Partial<Frame>): Frame => ({ ...frame, ...at });

const numbers = (plate: Plate) => numbersOf(plate).flat();

/** dcol, or col, of a frame: what its lens adds, or writes back. */
function rowsOf({ geometry: g, layer, answer }: Frame, writes: "+=" | "="): Tensor {
  return writes === "+=" ? rowGradient(g, layer.w, answer.back!.delta) : im2colRows(g, layer.x);
}

/** What the engine's col2im makes of the first `count` cells of the rows, and where it has written. */
function written(frame: Frame, writes: "+=" | "=", isIn: (row: number, cell: number) => boolean) {
  const { geometry: g } = frame;
  const all = g.shapes.R[1]!;
  const rows = rowsOf(frame, writes);
  const kept = rows.data.map((v, i) => (isIn(Math.floor(i / all), i % all) ? v : 0));
  // what = writes later would be zeros over what stands there: only what adds can be cut short this way
  const canvas = col2imPadded(g, { ...rows, data: writes === "+=" ? kept : rows.data }, writes);
  const touched = new Set<number>();
  for (let row = 0; row < g.shapes.R[0]!; row++)
    for (let cell = 0; cell < all; cell++) if (isIn(row, cell)) touched.add(colAt(g, row, cell).p);
  return { canvas: canvas.data, touched };
}

const last = ({ geometry: g }: Frame) => sizeOf(col2imLens.walk(g)) - 1;

describe.each(LINKS)("%s", (link) => {
  test("dcol is δ · W_col, row by row", async () => {
    const frame = await frameOf(link);
    const { geometry: g } = frame;
    const all = g.shapes.R[1]!;
    const expected = [...rowsOf(frame, "+=").data];
    const delta = plateIn(layout(frame, WALL), "δ");
    expect(numbers(delta)).toEqual([...rowsOfOutput(g, frame.answer.back!.delta).data]);
    for (const step of [0, 3, last(frame)]) {
      const dcol = plateIn(layout(goTo(frame, { step }), WALL), "dcol");
      expect(numbers(dcol)).toEqual(expected.map((v, i) => (i < (step + 1) * all ? v : null)));
    }
  });

  test("in columns it is the transpose, position by position with the batch fastest", async () => {
    const frame = await frameOf(link, {}, { col: "columns" });
    const { geometry: g } = frame;
    const [windows, all] = g.shapes.R as [number, number];
    const expected = columnsOfRows(g, rowsOf(frame, "+="));
    const delta = plateIn(layout(frame, WALL), "δ");
    expect(numbers(delta)).toEqual([...columnsOfOutput(g, frame.answer.back!.delta).data]);
    const kernels = plateIn(layout(frame, WALL), "W");
    expect([kernels.rows, kernels.columns]).toEqual([all, g.spec.F]);
    for (const step of [0, 3, last(frame)]) {
      const dcol = plateIn(layout(goTo(frame, { step }), WALL), "dcol");
      expect([dcol.rows, dcol.columns]).toEqual([all, windows]);
      expect(numbers(dcol)).toEqual(
        [...expected.data].map((v, i) => (i % windows <= step ? v : null)),
      );
    }
  });

  test.each([
    ["+=", "sum", "rows"],
    ["=", "assign", "rows"],
    ["+=", "sum", "columns"],
    ["=", "assign", "columns"],
  ] as const)(
    "%s fills the padded plane as the engine's col2im does, forward and back: %s, %s",
    async (writes, add, col) => {
      const frame = await frameOf(link, {}, { add, col });
      const { geometry: g } = frame;
      const padded = g.rows.padded > g.rows.n;
      const name = padded ? (add === "sum" ? "dX padded" : "X padded") : add === "sum" ? "dX" : "X";
      const end = last(frame);
      const moments = [0, 1, 7, end, 2, end - 1].flatMap((step) =>
        [null, 0, g.window - 1].map((slot) => ({ step, slot })),
      );
      for (const { step, slot } of moments)
        for (const channel of [0, g.spec.C - 1]) {
          const view = { ...frame.view, channel };
          const at = goTo(frame, { step, slot, view });
          const isIn = (row: number, cell: number) => {
            const place = placeOfRow(g, col, row);
            return place < step || (place === step && (slot === null || cell % g.window <= slot));
          };
          const { canvas, touched } = written(at, writes, isIn);
          const plate = plateIn(layout(at, WALL), name);
          cells(plate, (r, c) => {
            const ref = plate.indexAt(r, c);
            const { unread } = plate.textureAt(r, c);
            const nothing = add === "sum" && unread ? 0 : null;
            expect(plate.valueAt(r, c)).toBe(touched.has(ref) ? canvas[ref] : nothing);
          });
        }
    },
  );

  test("in the end += has made dX, also of what flows back through copies in the ring", async () => {
    const frame = await frameOf(link);
    const { dx } = frame.answer.back!;
    for (let channel = 0; channel < frame.geometry.spec.C; channel++) {
      const view = { ...frame.view, channel };
      const plate = plateIn(layout(goTo(frame, { step: last(frame), view }), LAPTOP), "dX");
      expect(numbers(plate)).toEqual(cells(plate, (r, c) => dx.data[plate.indexAt(r, c)]));
    }
  });

  test("in the end = has brought the image back, but for what no window reads", async () => {
    const frame = await frameOf(link, {}, { add: "assign" });
    const plate = plateIn(layout(goTo(frame, { step: last(frame) }), LAPTOP), "X");
    cells(plate, (r, c) =>
      expect(plate.valueAt(r, c)).toBe(
        plate.textureAt(r, c).unread ? null : frame.layer.x.data[plate.indexAt(r, c)],
      ),
    );
    expect(plate.editable).toBe(null);
  });

  test("the sum written out is the number that stands there", async () => {
    const frame = await frameOf(link);
    const { geometry: g } = frame;
    for (const [tensor, name] of [
      ["DP", g.rows.padded > g.rows.n ? "dX padded" : "dX"],
      ["DX", "dX"],
    ] as const) {
      const at = goTo(frame, { step: 9 });
      const plate = plateIn(layout(at, LAPTOP), name);
      for (const [r, c] of [
        [0, 0],
        [1, 1],
        [3, 2],
      ] as const) {
        const pointed = { tensor, index: plate.indexAt(r, c) };
        const { terms, total } = col2imLens.terms!({ ...at, pointed })!;
        const value = plate.valueAt(r, c) ?? 0;
        expect(total[1]!.text.replace("−", "-")).toBe(String(value));
        const sum = terms.reduce(
          (all, [v]) => all + Number(v!.text.replace(/[()]/g, "").replace("−", "-")),
          0,
        );
        expect(sum).toBe(value);
      }
    }
  });
});

test.each(["rows", "columns"])("what a step changes is painted again: %s", async (col) => {
  for (const link of [OPENING, MANY("zeros"), MANY("circular")]) {
    const frame = await frameOf(link, {}, { col });
    const moments = [0, 1, 2, 7, last(frame) - 1, last(frame)].flatMap((step) =>
      [null, 0, 1].map((slot) => layout(goTo(frame, { step, slot }), LAPTOP)),
    );
    for (const before of moments)
      for (const after of moments) expect(staleIn(before, after)).toEqual([]);
  }
});

test("of an image a step repaints only where its windows stand", async () => {
  for (const col of ["rows", "columns"]) {
    const frame = await frameOf(LARGE, { step: 2000 }, { col });
    for (const name of ["dX padded", "dX"]) {
      const plate = plateIn(layout(frame, LAPTOP), name);
      const { progress } = plateIn(layout(goTo(frame, { step: 2001 }), LAPTOP), name);
      const { top, bottom, left, right } = progress!.between(plate.progress!.at, progress!.at);
      expect((bottom - top) * (right - left), `${col} ${name}`).toBeLessThan(20);
    }
  }
});

test("numbers do not depend on which picture was laid out before", async () => {
  const frame = await frameOf(OPENING);
  const early = plateIn(layout(goTo(frame, { step: 3 }), LAPTOP), "dX padded");
  const before = numbers(early);
  layout(goTo(frame, { step: 15 }), LAPTOP);
  expect(numbers(early)).toEqual(before);
});

describe("the walk", () => {
  test("goes through the rows of dcol; every product is a cell of it", async () => {
    const link = MANY("reflect");
    const frame = await frameOf(link);
    const { geometry: g } = frame;
    const all = g.shapes.R[1]!;
    expect(sizeOf(col2imLens.walk(g))).toBe(g.shapes.R[0]);
    expect(focusOfStep(col2imLens, g, 1)).toEqual({ tensor: "D", index: 1 });
    expect(stepOfCell(col2imLens, g, { tensor: "DR", index: 7 * all + 2 })).toBe(7);
    const second = g.rows.out * g.columns.out;
    const y = (g.spec.F + 3) * second + 2; // sample 1, filter 3, place 2
    expect(stepOfCell(col2imLens, g, { tensor: "D", index: y })).toBe(second + 2);
    const product = (channel: number) =>
      col2imLens.product!(goTo(frame, { step: 4, slot: 5, view: { ...frame.view, channel } }));
    expect(product(0)).toEqual({ tensor: "DR", index: 4 * all + 5 });
    expect(product(3)).toEqual({ tensor: "DR", index: 4 * all + g.window + 5 });
    expect(col2imLens.product!(frame)).toBe(null);
  });

  test("goes through the columns where windows are columns", async () => {
    const link = MANY("reflect");
    const options = { col: "columns" };
    const frame = await frameOf(link, {}, options);
    const { geometry: g } = frame;
    const all = g.shapes.R[1]!;
    const second = g.rows.out * g.columns.out;
    // the batch is the fastest: step 1 is the first window of sample 1
    expect(focusOfStep(col2imLens, g, 1, options)).toEqual({
      tensor: "D",
      index: g.spec.F * second,
    });
    for (let step = 0; step < g.shapes.R[0]!; step++)
      expect(stepOfCell(col2imLens, g, focusOfStep(col2imLens, g, step, options)!, options)).toBe(
        step,
      );
    expect(stepOfCell(col2imLens, g, { tensor: "DR", index: 7 * all }, options)).toBe(14);
    const at = goTo(frame, { step: 5, slot: 2 });
    expect(col2imLens.product!(at)).toEqual({ tensor: "DR", index: (second + 2) * all + 2 });
    expect(col2imLens.place(at)).toBe("column 5 of dcol");
    expect(variables(goTo(frame, { step: 5 }))).toMatch(
      /^column = 5 = \(0, 2, 1\) {3}dcol\.shape = /,
    );
  });

  test("frames the column, its δ, and the window it goes back to", async () => {
    const frame = await frameOf(OPENING, { step: 6 }, { col: "columns" });
    for (const room of [LAPTOP, PHONE, { width: 741, height: 500 }]) {
      const scene = layout(frame, room);
      const dcol = plateIn(scene, "dcol");
      const at = cells(dcol, (_r, c) => Math.floor(dcol.indexAt(0, c) / 9)).indexOf(6);
      expect(markOn(scene, dcol, "row")).toEqual([0, at, 9, 1]);
      expect(markOn(scene, plateIn(scene, "δ"), "delta")).toEqual([0, at, 1, 1]);
      expect(markOn(scene, plateIn(scene, "dX padded"), "window")).toEqual([2, 4, 3, 3]);
      expect(scene.curves.length).toBe(1);
    }
  });

  test("nothing stands on anything else, in any room, row or column", async () => {
    for (const link of LINKS)
      for (const col of ["rows", "columns"]) {
        const frame = await frameOf(link, {}, { col });
        for (const room of ROOMS)
          for (const step of [0, Math.floor(last(frame) / 2), last(frame)]) {
            const scene = layout(goTo(frame, { step }), room);
            const faults = [...crowded(scene, room), ...crossed(scene)];
            expect(faults, `${col} ${step} ${room.width}`).toEqual([]);
          }
      }
  });

  test("frames the row, its δ, and the window it goes back to; curves tie them", async () => {
    const frame = await frameOf(OPENING, { step: 6 });
    const scene = layout(frame, LAPTOP);
    expect(markOn(scene, plateIn(scene, "dcol"), "row")).toEqual([6, 0, 1, 9]);
    expect(markOn(scene, plateIn(scene, "δ"), "delta")).toEqual([6, 0, 1, 1]);
    expect(markOn(scene, plateIn(scene, "dX padded"), "window")).toEqual([2, 4, 3, 3]);
    const row = scene.marks.find(({ name }) => name === "row")!;
    expect(scene.curves.map(({ from }) => from)).toEqual(
      [0, 1, 2].map(() => [row.x + row.width + 2, row.y + row.height / 2]),
    );
  });

  test("of many rows the page is shown on which playback stands, whatever is pointed at", async () => {
    const pointed = { tensor: "DR", index: 5 } as const;
    const frame = await frameOf(LARGE);
    for (const room of [LAPTOP, PHONE])
      for (const step of [0, 2000, 4095]) {
        const scene = layout(goTo(frame, { step, pointed }), room);
        const dcol = plateIn(scene, "dcol");
        const rows = cells(dcol, dcol.indexAt).map((index) => Math.floor(index / 9));
        expect(rows).toContain(step);
        expect(dcol.rows).toBeLessThan(60);
        expect(scene.height).toBeLessThan(2000);
      }
  });
});

describe("words", () => {
  const said = async (link: string, at: Partial<Frame>, options = {}) =>
    plain(col2imLens.caption!(await frameOf(link, at, options)));

  test("a row is made and added", async () => {
    expect(await said(OPENING, { step: 6 })).toBe(
      "Row 6 of dcol is δ[1, 2] = −1 times the flattened kernel. It goes back to rows 2–4, columns 4–6 of the padded input, where the window read, and is added to what other windows have left there.",
    );
    expect(await said(OPENING, { step: 15 })).toMatch(
      /It was the last: without the ring, this is dX\.$/,
    );
    const many = await frameOf(MANY("reflect"));
    expect(await said(MANY("reflect"), { step: last(many) })).toMatch(
      /^Row \d+ of dcol is δ\[1, 0, .*, each times its flattened kernel\. It .* the ring is added to the cells that it copied, and this is dX\.$/,
    );
    expect(await said(BARE, { step: last(await frameOf(BARE)) })).toMatch(
      /It was the last: this is dX\.$/,
    );
  });

  test("a column is made and added", async () => {
    const columns = { col: "columns" };
    expect(await said(OPENING, { step: 6 }, columns)).toMatch(/^Column 6 of dcol is δ\[1, 2\]/);
    expect(await said(OPENING, { step: 6 }, { ...columns, add: "assign" })).toMatch(
      /^Column 6 of col is written back to rows 2–4, columns 4–6\./,
    );
    const frame = await frameOf(OPENING, { step: 6, slot: 0 }, columns);
    expect(col2imLens.terms!(frame)!.terms.map(plain)).toEqual([
      "−1 column 1",
      "2 column 2",
      "2 column 5",
      "1 column 6",
    ]);
    expect(plain(col2imLens.equation(frame).formula)).toBe("dX = col2im(dcol), dcol = W_colᵀ · δ");
  });

  test("= brings the image back, and the sentence says why gradients need +=", async () => {
    const assign = { add: "assign" };
    expect(await said(OPENING, { step: 6 }, assign)).toBe(
      "Row 6 of col is written back to rows 2–4, columns 4–6. Every copy of a pixel holds the same number, so writing one over the other brings the image back. Gradients differ from window to window: they must be added.",
    );
    const texts = async (options = {}) =>
      layout(await frameOf(OPENING, {}, options), LAPTOP)
        .notes.flatMap((note) => (note.kind === "words" ? [note.text] : []))
        .join(" ");
    expect(await texts()).toBe(
      "col2im is the adjoint of im2col, not its inverse: what was copied is added up",
    );
    expect(await texts(assign)).toBe("= undoes the copying and gives X; gradients need +=");
    expect(col2imLens.marks!(await frameOf(OPENING, {}, assign))).toEqual(["write"]);
    expect(
      col2imLens.terms!(await frameOf(OPENING, { pointed: { tensor: "X", index: 0 } }, assign)),
    ).toBe(null);
  });

  test("what is still to come to a sum is counted", async () => {
    const frame = await frameOf(OPENING, { step: 6, slot: 0 });
    const { title, terms, total } = col2imLens.terms!(frame)!;
    const { p } = colAt(frame.geometry, 6, 0);
    const [, , row, column] = unravel(frame.geometry.shapes.P, p);
    expect(plain(title)).toBe(`dXp[${row}, ${column}], added up by col2im`);
    expect(terms.map(plain)).toEqual(["−1 row 1", "2 row 2", "2 row 5", "1 row 6"]);
    expect(plain(total)).toBe("= 4");
    const early = col2imLens.terms!(
      goTo(frame, { step: 2, slot: null, pointed: { tensor: "DP", index: p } }),
    )!;
    expect(plain(early.total)).toBe("= 1 so far; 2 more are to come");
    expect(variables(frame)).toBe("row = 6 = (0, 1, 2)   u = 0   v = 0");
    expect(col2imLens.place(frame)).toBe("row 6 of dcol");
  });

  test("padX is what = writes everywhere a window reads", async () => {
    const frame = await frameOf(OPENING, {}, { add: "assign" });
    const canvas = plateIn(layout(goTo(frame, { step: 15 }), LAPTOP), "X padded");
    const padded = padInput(frame.geometry, frame.layer.x).data;
    cells(canvas, (r, c) => {
      const value = canvas.valueAt(r, c);
      expect(value === null).toBe(canvas.textureAt(r, c).unread);
      if (value !== null) expect(value).toBe(padded[canvas.indexAt(r, c)]);
    });
  });
});

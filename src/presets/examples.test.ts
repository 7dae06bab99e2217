import { describe, expect, test } from "vitest";
import { readAddress, type ViewWords } from "../address/read.ts";
import { writeAddress } from "../address/write.ts";
import { canvasOf } from "../conv/canvas.ts";
import { coverage } from "../conv/col2im.ts";
import { layerOf } from "../document.ts";
import { backward } from "../edits/upstream.ts";
import { type Backward, forward } from "../forward.ts";
import { type Geometry, inputOfPadded, tapsOf } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { checkDocument } from "../limits.ts";
import { ravel, sizeOf, unravel } from "../tensor.ts";
import { EXAMPLES, type ExampleName, type ExampleRow } from "./examples.ts";

/** The words of the application that an example may hold besides those of its document. */
type View = Record<"lens" | "step" | "data" | "weights", string>;
const AS_IT_IS = { accepts: "", read: String, write: String };
const VIEW: ViewWords<View> = {
  lens: { ...AS_IT_IS, first: true },
  step: AS_IT_IS,
  data: AS_IT_IS,
  weights: AS_IT_IS,
};

interface Example {
  readonly g: Geometry;
  readonly layer: Layer;
  readonly y: readonly number[];
  readonly back: Backward;
}

async function read(name: ExampleName): Promise<Example> {
  const { document } = await readAddress(EXAMPLES[name].link, { view: VIEW });
  const layer = layerOf(document);
  const answer = forward(layer);
  const back = backward(layer, answer, document.upstream);
  return { g: checkDocument(document), layer, y: [...answer.y.data], back };
}

/** The cells of a 7 × 7 output around its middle. */
const AROUND = [16, 17, 18, 23, 24, 25, 30, 31, 32];

/** The outputs that stand where rows and columns name one each. */
function spread(rows: Int32Array, columns: Int32Array, width: number): number[] {
  const some = (sources: Int32Array) => [...sources].filter((o) => o >= 0);
  return some(rows).flatMap((oh) => some(columns).map((ow) => oh * width + ow));
}

describe.each(Object.entries(EXAMPLES))("%s", (_name, { label, why, link }) => {
  test("is an address without a fault, written as the application writes it", async () => {
    const { document, view, problems } = await readAddress<View>(link, { view: VIEW });
    expect(problems).toEqual([]);
    expect((await writeAddress(document, view, VIEW)).text).toBe(link);
  });

  test("is small, and says what to look at", async () => {
    const { document } = await readAddress(link, { view: VIEW });
    expect(checkDocument(document).multiplyAdds).toBeLessThan(200_000);
    expect(label).not.toMatch(/\.$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  });
});

test("the four ways to write it stand together, each in its lens", () => {
  const taught = Object.values<ExampleRow>(EXAMPLES).filter(({ group }) => group !== undefined);
  expect(taught.map(({ link }) => new URLSearchParams(link).get("lens"))).toEqual([
    "strides",
    "im2col",
    "indices",
    "im2col",
  ]);
  expect(new Set(taught.map(({ group }) => group)).size).toBe(1);
});

/** The least and the most that any of `values` is. */
const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];

/** Where a pixel stands on its axis, counted from the nearer end. */
const fromEdge = (at: number, size: number) => Math.min(at, size - 1 - at);

/** That what each sentence says is so. */
const CLAIMS: Readonly<Record<ExampleName, (example: Example) => void>> = {
  opening({ g }) {
    expect([g.rows.stride, g.rows.before, g.rows.remainder, g.columns.remainder]).toEqual([
      2, 1, 1, 1,
    ]);
    expect(range([...coverage(g).data])).toEqual([0, 4]);
  },
  textbook({ g, y }) {
    expect(y).toEqual([54, 63, 90, 99]);
    expect(g.window).toBe(9);
  },
  difference({ y }) {
    expect(new Set(y)).toEqual(new Set([8]));
  },
  impulse({ y }) {
    expect(AROUND.map((i) => y[i])).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  },
  flip({ y }) {
    expect(AROUND.map((i) => y[i])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  },
  overlap({ g, back }) {
    const windows = [...coverage(g).data];
    expect(range(windows)).toEqual([1, 4]);
    expect(windows.indexOf(4)).toBe(2 * 5 + 2);
    expect(windows.lastIndexOf(4)).toBe(2 * 5 + 2);
    expect([...back.dx.data]).toEqual(windows);
  },
  remainder({ g }) {
    expect([g.rows.remainder, g.columns.remainder]).toEqual([0, 2]);
  },
  "same-even"({ g: { rows, columns } }) {
    expect([rows.before, rows.after, columns.before, columns.after]).toEqual([0, 1, 0, 1]);
  },
  full({ g }) {
    expect([g.rows.out, g.columns.out]).toEqual([5, 6]);
  },
  sides({ g: { rows, columns } }) {
    expect([rows.before, rows.after, columns.before, columns.after]).toEqual([2, 0, 1, 0]);
  },
  cropped({ g, back }) {
    expect(g.rows.before).toBeGreaterThan(g.rows.k - 1);
    const { rows, columns } = canvasOf(g, "trimmed");
    expect([rows.before, columns.before]).toEqual([-1, -1]);
    // exactly the δ that is cropped was made by no pixel, and it is not all 0
    const touched = (y: number) => tapsOf(g, "Y", y).some(({ x }) => x >= 0);
    const cropped = [...back.delta.data.keys()].filter((y) => !touched(y));
    const kept = new Set([...spread(rows.source, columns.source, g.columns.out)]);
    expect(cropped).toEqual([...back.delta.data.keys()].filter((y) => !kept.has(y)));
    expect(cropped.some((y) => back.delta.data[y] !== 0)).toBe(true);
  },
  reflect({ g, y, layer }) {
    expect(Array.from({ length: sizeOf(g.shapes.P) }, (_, p) => inputOfPadded(g, p))).not.toContain(
      -1,
    );
    const [low, high] = range([...layer.x.data]) as [number, number];
    expect(y.every((mean) => mean >= low && mean <= high)).toBe(true);
  },
  circular({ g }) {
    const { n, padded } = g.columns;
    // the first row of the image, below the ring
    expect(inputOfPadded(g, padded)).toBe(n - 1);
    expect(inputOfPadded(g, 2 * padded - 1)).toBe(0);
  },
  dilation({ g }) {
    expect([g.window, g.rows.effective, g.columns.effective]).toEqual([9, 5, 5]);
  },
  pointwise({ g }) {
    expect([g.window, g.spec.C, g.rows.k, g.columns.k]).toEqual([3, 3, 1, 1]);
  },
  whole({ y, layer }) {
    const dot = layer.x.data.reduce((sum, x, i) => sum + x * layer.w.data[i]!, 0);
    expect(y).toEqual([dot + layer.b.data[0]!]);
  },
  tall({ g }) {
    expect([g.rows.k, g.columns.k, g.rows.stride, g.columns.stride]).toEqual([3, 1, 1, 2]);
  },
  colour({ g }) {
    expect(g.shapes.W.slice(0, 2)).toEqual([2, 3]);
    expect(g.shapes.Y[1]).toBe(2);
  },
  depthwise({ g }) {
    expect([g.spec.groups, g.spec.C, g.depth]).toEqual([3, 3, 1]);
  },
  groups({ g }) {
    expect(g).toMatchObject({ depth: 2, filtersPerGroup: 2 });
    const channels = (f: number) =>
      new Set(
        tapsOf(g, "Y", ravel(g.shapes.Y, [0, f, 0, 0])).map(({ x }) => unravel(g.shapes.X, x)[1]),
      );
    expect([0, 1, 2, 3].map((f) => [...channels(f)])).toEqual([
      [0, 1],
      [0, 1],
      [2, 3],
      [2, 3],
    ]);
  },
  batch({ g }) {
    expect(g.spec.N).toBe(2);
    const half = sizeOf(g.shapes.Y) / 2;
    for (const x of [0, sizeOf(g.shapes.X) - 1]) {
      const samples = tapsOf(g, "X", x).map(({ y }) => Math.floor(y / half));
      expect(new Set(samples)).toEqual(new Set([x === 0 ? 0 : 1]));
    }
  },
  relu({ y, back }) {
    const closed = y.map((v, i) => (v === 0 ? i : -1)).filter((i) => i >= 0);
    expect(closed.length).toBeGreaterThan(0);
    expect(closed.length).toBeLessThan(y.length);
    expect(closed.every((i) => back.delta.data[i] === 0)).toBe(true);
  },
  "dead-relu"({ y, back, layer }) {
    expect(layer.x.data.some((x) => x !== 0)).toBe(true);
    for (const all of [y, back.delta.data, back.dx.data, back.dw.data, back.db.data])
      expect([...all].every((v) => v === 0)).toBe(true);
    expect([...back.upstream.data].every((v) => v === 0)).toBe(false);
  },
  rings({ g, y, layer }) {
    const sum = layer.w.data.reduce((a, b) => a + b);
    const swing = (isWanted: (near: number) => boolean) => {
      const { out } = g.rows;
      const means = y.flatMap((v, i) =>
        isWanted(Math.min(fromEdge(Math.floor(i / out), out), fromEdge(i % out, out)))
          ? [v / sum]
          : [],
      );
      const [low, high] = range(means) as [number, number];
      return high - low;
    };
    const half = Math.floor(g.rows.out / 2);
    expect(swing((near) => near > half / 2)).toBeGreaterThan(6);
    expect(swing((near) => near <= 2)).toBeLessThan(3);
  },
  aliasing({ g, y, layer }) {
    const { n } = g.columns;
    const every = (i: number) => 4 * n * Math.floor(i / g.columns.out) + 4 * (i % g.columns.out);
    expect(y).toEqual(y.map((_, i) => layer.x.data[every(i)]));
  },
  einsum({ g }) {
    expect(g.spec).toMatchObject({ C: 3, F: 2 });
  },
  rows({ g }) {
    expect(g.spec).toMatchObject({ C: 3, F: 2 });
  },
  fancy({ g, y }) {
    expect(g.spec.C).toBe(2);
    expect(new Set(y).size).toBeGreaterThan(9);
    // both sides of the S, and not only its ends
    expect(y.some((v) => v < 0.3) && y.some((v) => v > 0.7)).toBe(true);
  },
  patches({ g, y }) {
    expect(g.spec).toMatchObject({ N: 1, C: 1, F: 1 });
    expect(Math.min(...y)).toBe(0);
    expect(Math.max(...y)).toBeGreaterThan(0);
  },
};

test.each(Object.keys(EXAMPLES) as ExampleName[])(
  "%s: what its sentence says is so",
  async (name) => {
    CLAIMS[name](await read(name));
  },
);

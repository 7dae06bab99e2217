import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axisOf } from "../axis.ts";
import { geometryOf, visitPadded } from "../geometry.ts";
import { tensor } from "../tensor.ts";
import { expectEqual, layers, specs } from "../testing/specs.ts";
import { type CanvasName, canvasOf } from "./canvas.ts";
import { type DilatedAxis, dilatedAxis } from "./dilated.ts";
import { gradientsByTaps } from "./gradients.ts";
import { foldPadded } from "./pad.ts";
import { backwardKernels, rotateCanvas } from "./rotate.ts";

const CANVASES: readonly CanvasName[] = ["full", "trimmed"];

/** One axis alone, as rows of a geometry. */
function rowsOf(sizes: Parameters<typeof axisOf>[0], name: CanvasName, withRemainder = true) {
  const axis = axisOf(sizes, "zeros");
  const g = geometryOf({
    N: 1,
    C: 1,
    F: 1,
    H: sizes.n,
    W: 1,
    kH: sizes.k,
    kW: 1,
    stride: [sizes.stride, 1],
    dilation: [sizes.dilation, 1],
    padding: [sizes.before, 0, sizes.after, 0],
    padMode: "zeros",
    groups: 1,
    flip: false,
    activation: { name: "linear", alpha: 0 },
  });
  return dilatedAxis(axis, canvasOf(g, name).rows, withRemainder);
}

const opening = { n: 8, k: 3, stride: 2, dilation: 1, before: 1, after: 1 };

/** δ as letters, zeros as dots, what is cropped in brackets. */
function drawn({ source, cropBefore, cropAfter, length }: DilatedAxis): string {
  return Array.from(source, (o, i) => {
    const cell = o < 0 ? "·" : "abcdefgh"[o];
    return i < cropBefore || i >= length - cropAfter ? `(${cell})` : cell;
  }).join("");
}

describe("how an axis is drawn", () => {
  test("d(k−1) − p zeros before, as many after and the remainder", () => {
    expect(drawn(rowsOf(opening, "trimmed"))).toBe("·a·b·c·d··");
    expect(rowsOf(opening, "trimmed")).toMatchObject({ before: 1, after: 2, out: 8 });
    expect(drawn(rowsOf(opening, "full"))).toBe("··a·b·c·d···");
    expect(rowsOf(opening, "full")).toMatchObject({ before: 2, after: 3, out: 10 });
  });

  test("without the remainder the last position is missing, and one gradient", () => {
    expect(drawn(rowsOf(opening, "trimmed", false))).toBe("·a·b·c·d·");
    expect(rowsOf(opening, "trimmed", false).out).toBe(7);
  });

  test("more padding than d(k−1) crops", () => {
    const wide = { n: 3, k: 2, stride: 1, dilation: 1, before: 2, after: 3 };
    expect(drawn(rowsOf(wide, "trimmed"))).toBe("(a)bcde(f)(g)");
    expect(rowsOf(wide, "trimmed")).toMatchObject({ before: -1, after: -2, out: 3 });
  });

  test("what is cropped may be zeros that were put between", () => {
    const wide = { n: 2, k: 1, stride: 3, dilation: 1, before: 2, after: 2 };
    expect(drawn(rowsOf(wide, "trimmed"))).toBe("(a)(·)·b");
  });

  test("a dilated kernel pads by its reach, and its windows have gaps", () => {
    const dilated = { n: 2, k: 2, stride: 1, dilation: 4, before: 2, after: 2 };
    expect(drawn(rowsOf(dilated, "trimmed"))).toBe("··ab··");
    expect([...rowsOf(dilated, "trimmed").read]).toEqual([1, 1, 0, 0, 1, 1]);
  });
});

describe("for every layer", () => {
  test("what is walked is the canvas; what is cropped stands beside it, so that every δ is drawn", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const g = geometryOf(spec);
        for (const name of CANVASES) {
          const canvas = canvasOf(g, name);
          for (const which of ["rows", "columns"] as const) {
            const axis = g[which];
            const { cropBefore, walked, source, after, out } = dilatedAxis(
              axis,
              canvas[which],
              true,
            );
            expect(source.slice(cropBefore, cropBefore + walked)).toEqual(canvas[which].source);
            expect([...source].filter((o) => o >= 0)).toEqual(
              Array.from({ length: axis.out }, (_, o) => o),
            );
            const p = name === "full" ? 0 : axis.after;
            expect(after).toBe(axis.dilation * (axis.k - 1) - p + axis.remainder);
            expect(out).toBe(name === "full" ? axis.padded : axis.n);
            expect(dilatedAxis(axis, canvas[which], false).out).toBe(
              Math.max(0, out - axis.remainder),
            );
          }
        }
      }),
    );
  });

  test("correlated at stride 1 with the turned kernels it gives dX", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer, delta }) => {
        const name = rotateCanvas(g);
        const canvas = canvasOf(g, name);
        const rows = dilatedAxis(g.rows, canvas.rows, true);
        const columns = dilatedAxis(g.columns, canvas.columns, true);
        const kernels = backwardKernels(g, layer.w);
        const { N, C, F, kH, kW } = g.spec;
        const gradient = tensor([N, C, rows.out, columns.out]);
        let x = 0;
        for (let n = 0; n < N; n++)
          for (let c = 0; c < C; c++)
            for (let i = 0; i < rows.out; i++)
              for (let j = 0; j < columns.out; j++) {
                let sum = 0;
                for (let l = 0; l < g.filtersPerGroup; l++)
                  for (let a = 0; a < kH; a++)
                    for (let b = 0; b < kW; b++) {
                      const oh = rows.source[rows.cropBefore + i + a * g.rows.dilation]!;
                      const ow = columns.source[columns.cropBefore + j + b * g.columns.dilation]!;
                      if (oh < 0 || ow < 0) continue;
                      const f = Math.floor(c / g.depth) * g.filtersPerGroup + l;
                      const y = ((n * F + f) * g.rows.out + oh) * g.columns.out + ow;
                      const w = ((c * g.filtersPerGroup + l) * kH + a) * kW + b;
                      sum += delta.data[y]! * kernels.data[w]!;
                    }
                gradient.data[x++] = sum;
              }
        const dx = name === "full" ? foldPadded(g, gradient) : gradient;
        expectEqual(dx, gradientsByTaps(g, layer, delta).dx);
      }),
    );
  });

  test("what no window of it reads is cropped, or in a gap; all taps of what is read are real ones", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const g = geometryOf(spec);
        const rows = dilatedAxis(g.rows, canvasOf(g, "full").rows, true);
        const columns = dilatedAxis(g.columns, canvasOf(g, "full").columns, true);
        // δ that stand where some window reads them are those whose taps there are
        const read = new Set<number>();
        for (let p = 0; p < g.rows.padded * g.columns.padded; p++)
          visitPadded(g, p, (_p, _x, _w, y) =>
            read.add(Math.floor(y / g.columns.out) % g.rows.out),
          );
        for (const [i, o] of rows.source.entries())
          if (o >= 0) expect(rows.read[i] === 1).toBe(read.has(o));
        expect(columns.cropBefore + columns.cropAfter).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});

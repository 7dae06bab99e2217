import fc from "fast-check";
import { expect, test } from "vitest";
import { geometryOf, tapsOf } from "../geometry.ts";
import { sizeOf } from "../tensor.ts";
import { specs } from "../testing/specs.ts";
import { caseOf, seven } from "./testing/cases.ts";
import { plain } from "./text.ts";
import { biasEquation, sliceOfWeight, weightEquation } from "./weightEquation.ts";

test("the equation has the live slice", () => {
  const { g } = seven();
  expect(plain(weightEquation(g, 1).line)).toBe("dW[0, 1] = Σ δ ⊙ Xp[0:8:2, 1:9:2]");
  expect(plain(biasEquation(g, 0).line)).toBe("db = Σ δ");
  const bare = seven({ padding: 0, stride: [1, 1], dilation: [2, 1] }).g;
  expect(plain(weightEquation(bare, 5).line)).toBe("dW[1, 2] = Σ δ ⊙ X[2:6, 2:8]");
  const many = caseOf({ N: 2, C: 4, F: 2, groups: 2, H: 3, W: 3, kH: 2, kW: 2 }).g;
  expect(plain(weightEquation(many, 8 + 4).line)).toBe(
    "dW[1, 1, 0, 0] = Σ δ[:, 1] ⊙ X[:, 3, 0:2, 0:2]",
  );
  expect(plain(biasEquation(many, 1).line)).toBe("db[1] = Σ δ[:, 1]");
  const filters = caseOf({ F: 3, H: 3, W: 3, kH: 2, kW: 2 }).g;
  expect(plain(weightEquation(filters, 4).line)).toBe("dW[1, 0, 0, 0] = Σ δ[1] ⊙ X[0:2, 0:2]");
});

/** The positions of a slice, as Python reads it. */
function positions(slice: string, length: number): number[] {
  if (slice === ":") return Array.from({ length }, (_, i) => i);
  if (!slice.includes(":")) return [Number(slice)];
  const [from, to, step = 1] = slice.split(":").map(Number) as [number, number, number?];
  return Array.from({ length }, (_, i) => i).filter(
    (i) => i >= from && i < to && (i - from) % step === 0,
  );
}

test("the slice is what the taps of the weight read, in order", () => {
  fc.assert(
    fc.property(specs, fc.nat(), (spec, at) => {
      const g = geometryOf(spec);
      const w = at % sizeOf(g.shapes.W);
      const [N, C, H, W] = g.shapes.P as [number, number, number, number];
      const inner = /\[(.*)\]/.exec(sliceOfWeight(g, w))![1]!.split(", ");
      const missing = Array.from({ length: 4 - inner.length }, () => "0");
      const [n, c, rows, columns] = [...missing, ...inner].map((slice, axis) =>
        positions(slice, [N, C, H, W][axis]!),
      ) as [number[], number[], number[], number[]];
      const cells = n.flatMap((i) =>
        c.flatMap((j) => rows.flatMap((k) => columns.map((l) => ((i * C + j) * H + k) * W + l))),
      );
      expect(cells).toEqual(tapsOf(g, "W", w).map(({ p }) => p));
    }),
  );
});

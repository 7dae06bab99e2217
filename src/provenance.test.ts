import fc from "fast-check";
import { expect, test } from "vitest";
import type { CellRef, TensorName } from "./cell.ts";
import { type Geometry, geometryOf, readOf, tapsOf } from "./geometry.ts";
import { relativesOf } from "./provenance.ts";
import { sizeOf } from "./tensor.ts";
import { specs } from "./testing/specs.ts";

/** Every tap of a layer, with the cells of T and S it belongs to. */
function allTaps(g: Geometry) {
  const area = g.rows.k * g.columns.k;
  return Array.from({ length: sizeOf(g.shapes.Y) }, (_, y) =>
    tapsOf(g, "Y", y).map((tap, slot) => ({
      ...tap,
      t: y * g.window + slot,
      s: y * g.depth + Math.floor(slot / area),
      r: readOf(g, y, slot),
    })),
  ).flat();
}

const KEY = { X: "x", P: "p", W: "w", Y: "y", D: "y", T: "t", S: "s", R: "r" } as const;
type Side = keyof typeof KEY;

function sizes(g: Geometry): Record<Side, number> {
  const outputs = sizeOf(g.shapes.Y);
  return {
    X: sizeOf(g.shapes.X),
    P: sizeOf(g.shapes.P),
    W: sizeOf(g.shapes.W),
    Y: outputs,
    D: outputs,
    R: sizeOf(g.shapes.R),
    T: outputs * g.window,
    S: outputs * g.depth,
  };
}

test("two cells are relatives exactly when a tap joins them, whichever is asked", () => {
  fc.assert(
    fc.property(
      specs,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (spec, where) => {
        const g = geometryOf(spec);
        const taps = allTaps(g);
        const size = sizes(g);
        for (const from of Object.keys(KEY) as Side[]) {
          const ref: CellRef = { tensor: from, index: Math.floor(where * size[from]) };
          const relatives = relativesOf(g, ref);
          const mine = taps.filter((tap) => tap[KEY[from]] === ref.index);
          for (const to of Object.keys(KEY) as Side[]) {
            const joined = new Set(mine.map((tap) => tap[KEY[to]]));
            for (let i = 0; i < size[to]; i++) {
              const itself = isSameInput(g, ref, to, i);
              expect(relatives(to)!(i), `${from}[${ref.index}] and ${to}[${i}]`).toBe(
                joined.has(i) || itself,
              );
            }
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

/** A cell is its own relative even where no window reads it; so is an input wherever it stands in the padded plane. */
function isSameInput(g: Geometry, ref: CellRef, to: TensorName, i: number): boolean {
  if (ref.tensor === to) return ref.index === i;
  const source = (p: number) => {
    const row = Math.floor(p / g.columns.padded);
    const at = [
      g.rows.source[row % g.rows.padded]!,
      g.columns.source[p % g.columns.padded]!,
    ] as const;
    if (at[0] < 0 || at[1] < 0) return -1;
    return (Math.floor(row / g.rows.padded) * g.rows.n + at[0]) * g.columns.n + at[1];
  };
  if (ref.tensor === "P" && to === "X") return source(ref.index) === i;
  if (ref.tensor === "X" && to === "P") return source(i) === ref.index;
  return false;
}

test("what is no one's cell, a zero that is only drawn, is no one's relative", () => {
  fc.assert(
    fc.property(specs, (spec) => {
      const g = geometryOf(spec);
      for (const tensor of ["X", "P", "W", "Y", "b", "R", "T"] as const)
        for (const to of Object.keys(KEY) as Side[])
          expect(relativesOf(g, { tensor, index: 0 })(to)!(-1), `${tensor} and ${to}`).toBe(false);
    }),
    { numRuns: 20 },
  );
});

test("a bias belongs to all outputs of its filter, and every output to its bias", () => {
  fc.assert(
    fc.property(specs, (spec) => {
      const g = geometryOf(spec);
      const plane = g.rows.out * g.columns.out;
      const filter = (y: number) => Math.floor(y / plane) % spec.F;
      for (let f = 0; f < spec.F; f++) {
        const relatives = relativesOf(g, { tensor: "b", index: f });
        for (let y = 0; y < sizeOf(g.shapes.Y); y++) {
          expect(relatives("Y")!(y)).toBe(filter(y) === f);
          expect(relativesOf(g, { tensor: "Y", index: y })("b")!(f)).toBe(filter(y) === f);
        }
      }
    }),
    { numRuns: 25 },
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { lookedAt, pointsOf, rasterOf } from "./raster.ts";
import type { Plate } from "./scene.ts";
import type { Surface } from "./surface.ts";

const raster = (cell: number, n: number, ratio = 1) =>
  rasterOf(
    { ctx: { getTransform: () => ({ a: ratio }) } } as unknown as Surface,
    { cell, rows: n, columns: n } as Plate,
  );

test("cells of a pixel or more are each looked at", () => {
  expect(raster(1, 500)).toEqual({ step: 1, rows: 500, columns: 500 });
  expect(raster(0.5, 500, 2).step).toBe(1);
  expect([...lookedAt(raster(3, 500), 500, 7, 10)]).toEqual([7, 8, 9]);
});

test("of smaller cells one a pixel is, in order, from the first to the last", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 0.99, noNaN: true }),
      fc.integer({ min: 1, max: 4096 }),
      (cell, n) => {
        const { step, rows, columns } = raster(cell, n);
        expect(rows).toBe(columns);
        expect(rows).toBeLessThanOrEqual(Math.ceil(n * cell) + 1);
        const cells = lookedAt({ step, rows, columns }, n, 0, rows);
        for (let i = 0; i < cells.length; i++) {
          expect(cells[i]).toBeGreaterThanOrEqual(i === 0 ? 0 : cells[i - 1]!);
          expect(cells[i]).toBeLessThan(n);
        }
      },
    ),
  );
});

test("the points of some cells have all of them that are looked at among theirs", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 0.99, noNaN: true }),
      fc.nat(4000),
      fc.nat(90),
      (cell, first, more) => {
        const all = raster(cell, 4096);
        const last = first + more;
        const range = { top: first, bottom: last, left: first, right: last };
        const { top, bottom } = pointsOf(all, range);
        const cells = [...lookedAt(all, 4096, 0, all.rows)];
        const wanted = cells.filter((at) => at >= first && at < last);
        expect(cells.slice(top, bottom)).toEqual(expect.arrayContaining(wanted));
      },
    ),
  );
});

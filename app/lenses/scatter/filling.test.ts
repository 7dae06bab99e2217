import { describe, expect, test } from "vitest";
import { visitPadded } from "#engine";
import { backOf } from "../shared/back.ts";
import { frameOf } from "../testing/frames.ts";
import { fillingOf } from "./filling.ts";

const SMALL = "input=random:7x6&filters=3&channels=2&kernel=random:3x3&padding=2,1,0,3";
const LARGE = "input=random:330x330&filters=3&kernel=random:3x3&padding=2,1,0,3";

describe.each([
  ["a small layer, by tables", SMALL, "zeros"],
  ["a large layer, cell by cell", LARGE, "zeros"],
  ["a large layer with copies around it", LARGE, "reflect"],
])("%s", (_name, link, mode) => {
  test("a cell holds what the outputs so far have stamped on it, at any step", async () => {
    const frame = await frameOf(`${link}&mode=${mode}`, {});
    const { geometry: g, layer } = frame;
    const back = backOf(frame);
    const filling = fillingOf(g, layer, back);
    const cells = g.shapes.P.reduce((a, b) => a * b);
    const outputs = g.shapes.Y.reduce((a, b) => a * b);
    for (let i = 0; i < 400; i++) {
      const p = (i * 7919) % cells;
      const until = [outputs, Math.floor(outputs / 3), (i * 104729) % outputs][i % 3]!;
      let [sum, taps] = [0, 0];
      visitPadded(g, p, (_p, _x, w, y) => {
        if (y < until) sum += back.delta.data[y]! * layer.w.data[w]!;
        taps += y < until ? 1 : 0;
      });
      const found = filling.padded(p, until);
      if (found === null) expect(taps).toBe(0);
      else expect(found).toBeCloseTo(sum, 2);
    }
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { activate } from "../activate.ts";
import { forward } from "../forward.ts";
import { tensor } from "../tensor.ts";
import { layers } from "../testing/specs.ts";
import { partialSums, sumOf } from "./sum.ts";
import { caseOf } from "./testing/cases.ts";

test("the terms, in order, and the bias are Z to the last bit; the activation makes it Y", () => {
  fc.assert(
    fc.property(layers(), fc.nat(), ({ g, layer }, at) => {
      // Thirds: a rounded term, or another order, would show.
      const thirds = { ...layer, x: { ...layer.x, data: layer.x.data.map((v) => v / 3) } };
      const answer = forward(thirds);
      const y = at % answer.y.data.length;
      const sum = sumOf(g, thirds, y);
      expect(sum.terms.map(({ slot }) => slot)).toEqual([...Array(g.window).keys()]);
      expect(partialSums(sum).at(-1)! + sum.bias).toBe(sum.z);
      expect([sum.z, sum.y]).toEqual([answer.z.data[y], answer.y.data[y]]);
      expect(activate(layer.spec.activation, tensor([1], [sum.z])).data[0]).toBe(sum.y);
    }),
  );
});

test("each channel has its part, by its number in X", () => {
  const { g, layer } = caseOf(
    { C: 4, F: 2, groups: 2, H: 1, W: 2, kH: 1, kW: 2 },
    { x: [1, 2, 3, 4, 5, 6, 7, 8], w: [9, 9, 9, 9, 1, 10, 100, 1000], b: [0, -1] },
  );
  const sum = sumOf(g, layer, 1);
  expect(sum.channels).toEqual([
    { channel: 2, partial: 5 + 60 },
    { channel: 3, partial: 700 + 8000 },
  ]);
  expect(partialSums(sum)).toEqual([5, 65, 765, 8765]);
  expect(sum).toMatchObject({ bias: -1, z: 8764, y: 8764 });
});

test("a padding zero is a term of its own, and adds 0", () => {
  const { g, layer } = caseOf(
    { H: 1, W: 1, kH: 1, kW: 2, padding: [0, 0, 0, 1] },
    { x: [3], w: [-7, 2], b: [0] },
  );
  expect(sumOf(g, layer, 0).terms).toEqual([
    { slot: 0, p: 0, x: -1, w: 0, input: 0, weight: -7, product: 0 },
    { slot: 1, p: 1, x: 0, w: 1, input: 3, weight: 2, product: 6 },
  ]);
});

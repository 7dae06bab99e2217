import fc from "fast-check";
import { expect, test } from "vitest";
import { layerOf } from "../document.ts";
import { forward } from "../forward.ts";
import type { Numbers } from "../tensor.ts";
import { tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { dyadics, layers } from "../testing/specs.ts";
import { openingDocument } from "./opening.ts";
import { backward, UPSTREAMS, upstreamName, upstreamOfWord } from "./upstream.ts";

const layer = layerOf(openingDocument());
const answer = forward(layer);

test("ones sends one to every output, random whole numbers of both signs that a seed repeats", () => {
  const ones = backward(layer, answer, upstreamOfWord("ones"));
  expect(new Set(ones.upstream.data)).toEqual(new Set([1]));
  const [a, b, c] = ["random:seed=3", "random:3", "random:seed=4"].map(
    (word) => backward(layer, answer, upstreamOfWord(word)).upstream.data,
  );
  expect(a).toEqual(b);
  expect(a).not.toEqual(c);
  expect(a!.every(Number.isInteger)).toBe(true);
  expect(a!.some((v) => v < 0) && a!.some((v) => v > 0)).toBe(true);
});

test("a target sends back how far each output is off, and the loss is half the sum of squares", () => {
  for (const word of ["image:digit:3:4x4", "kernel:sobel-y"]) {
    const { upstream, target } = backward(layer, answer, upstreamOfWord(word));
    const off = answer.y.data.map((v, i) => v - target!.tensor.data[i]!);
    expect(upstream.data).toEqual(off);
    expect(target!.loss).toBe(off.reduce((sum, v) => sum + v * v, 0) / 2);
  }
});

test("a layer that already is the target kernel has nothing to learn", () => {
  const { target, dw } = backward(layer, answer, upstreamOfWord("kernel:sobel-x"));
  expect(target!.loss).toBe(0);
  expect(dw.data.every((v) => v === 0)).toBe(true);
});

test("an upstream of a target is the slope of its loss at every output", () => {
  fc.assert(
    fc.property(layers(), fc.constantFrom("image:counting", "kernel:identity"), (asked, word) => {
      const { layer: drawn } = asked;
      const y = forward(drawn);
      const { upstream, target } = backward(drawn, y, upstreamOfWord(word));
      const loss = (data: Numbers) =>
        data.reduce((sum, v, i) => sum + (v - target!.tensor.data[i]!) ** 2, 0) / 2;
      for (const i of [0, y.y.data.length - 1]) {
        const at = (by: number) => loss(y.y.data.with(i, y.y.data[i]! + by));
        expect((at(0.5) - at(-0.5)) / 1).toBeCloseTo(upstream.data[i]!, 6);
      }
    }),
    { numRuns: 30 },
  );
});

test("numbers set by hand are taken as they are, and fitted where Y has another size", () => {
  fc.assert(
    fc.property(fc.array(dyadics, { minLength: 16, maxLength: 16 }), (numbers) => {
      const own = tensor([1, 1, 4, 4], numbers);
      expect(backward(layer, answer, { word: null, tensor: own }).upstream.data).toEqual(own.data);
      const small = tensor([1, 1, 2, 2], numbers.slice(0, 4));
      const { upstream } = backward(layer, answer, { word: null, tensor: small });
      expect([0, 1, 4, 5].map((i) => upstream.data[i])).toEqual([...small.data]);
      expect(upstream.data[2]).toBe(0);
    }),
  );
});

test("every row is found by its name, and what means nothing is refused with the legal words", () => {
  for (const name of Object.keys(UPSTREAMS))
    expect(upstreamName({ word: name, tensor: null })).toBe(name);
  expect(refusalOf(() => upstreamOfWord("twos")).accepted).toContain("random");
  expect(refusalOf(() => upstreamOfWord("ones:3")).field).toBe("delta");
  expect(refusalOf(() => upstreamOfWord("random:x")).field).toBe("delta");
  expect(refusalOf(() => upstreamOfWord("kernel:nothing")).accepted).toContain("sobel-x");
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { inner, nudged, tensors } from "../testing/specs.ts";
import { type CrossEntropyOptions, softmaxCrossEntropy } from "./crossEntropy.ts";
import { logSoftmax, softmax, softmaxGradient } from "./softmax.ts";

const real = fc.double({ min: -9, max: 9, noNaN: true });
const step = 1e-5;

test("softmax along any axis: equal numbers share alike, and each line adds up to 1", () => {
  expect([...softmax(tensor([2, 2], [5, 5, 0, 0]), 1).data]).toEqual([0.5, 0.5, 0.5, 0.5]);
  fc.assert(
    fc.property(tensors([2, 3, 4], real), fc.constantFrom(0, 1, 2), (z, axis) => {
      const lines = [2, 3, 4].map((n, i) => (i === axis ? 1 : n)).reduce((a, n) => a * n, 1);
      const sum = softmax(z, axis).data.reduce((a, y) => a + y, 0);
      expect(sum).toBeCloseTo(lines, 12);
    }),
  );
});

test("an offset changes nothing, however large", () => {
  const z = [1, 2, 4];
  for (const offset of [-1000, 1000, 1e15]) {
    const moved = z.map((v) => v + offset);
    expect([...softmax(tensor([3], moved), 0).data]).toEqual([...softmax(tensor([3], z), 0).data]);
  }
});

test("log-softmax is its logarithm, and stays finite where that is not", () => {
  fc.assert(
    fc.property(tensors([3, 4], real), (z) => {
      const logs = logSoftmax(z, 1).data;
      for (const [i, y] of softmax(z, 1).data.entries())
        expect(logs[i]).toBeCloseTo(Math.log(y), 12);
    }),
  );
  expect([...logSoftmax(tensor([1, 2], [0, -2000]), 1).data]).toEqual([0, -2000]);
});

test("the gradient of softmax is its central difference", () => {
  fc.assert(
    fc.property(tensors([2, 3], real), tensors([2, 3], real), fc.nat(5), (z, dy, cell) => {
      const at = (by: number) => inner(dy, softmax(nudged(z, cell, by), 1));
      const slope = (at(step) - at(-step)) / (2 * step);
      expect(softmaxGradient(softmax(z, 1), dy, 1).data[cell]).toBeCloseTo(slope, 7);
    }),
  );
});

test("an axis that is none is refused", () => {
  expect(refusalOf(() => softmax(tensor([2, 3]), 2)).field).toBe("axis");
  expect(refusalOf(() => logSoftmax(tensor([2, 3]), -1)).field).toBe("axis");
});

describe("cross-entropy", () => {
  test("of no opinion it is ln K", () => {
    const { loss, probs } = softmaxCrossEntropy(tensor([2, 10]), [3, 7]);
    expect(loss.shape).toEqual([]);
    expect(loss.data[0]).toBeCloseTo(Math.log(10), 15);
    expect(probs.data.every((p) => Math.abs(p - 0.1) < 1e-15)).toBe(true);
  });

  test("being sure and wrong costs the distance, not infinity", () => {
    const { loss } = softmaxCrossEntropy(tensor([1, 2], [0, 3000]), [0]);
    expect(loss.data[0]).toBe(3000);
  });

  test("weights, a label that does not count, and the three reductions", () => {
    const logits = tensor([3, 2]);
    const weights = tensor([2], [1, 3]);
    const of = (options: CrossEntropyOptions, labels = [0, 1, 9]) =>
      [...softmaxCrossEntropy(logits, labels, { ...options, ignoreIndex: 9 }).loss.data].map(
        (loss) => loss / Math.LN2,
      );
    expect(of({ reduction: "none", weights })).toEqual([1, 3, 0]);
    expect(of({ reduction: "sum", weights })).toEqual([4]);
    expect(of({ reduction: "mean", weights })).toEqual([1]); // 4 / (1 + 3)
    expect(of({ reduction: "mean" })).toEqual([1]);
  });

  test("the gradient is its central difference, for every reduction", () => {
    const weights = tensor([3], [1, 0.5, 2]);
    const labels = [2, 0, 1];
    const options = fc.record({
      reduction: fc.constantFrom("none" as const, "sum" as const, "mean" as const),
      ignoreIndex: fc.constantFrom(undefined, 1),
      weights: fc.constantFrom(undefined, weights),
    });
    fc.assert(
      fc.property(tensors([3, 3], real), fc.nat(8), options, (z, cell, asked) => {
        const at = (by: number) =>
          softmaxCrossEntropy(nudged(z, cell, by), labels, asked).loss.data.reduce((a, l) => a + l);
        const slope = (at(step) - at(-step)) / (2 * step);
        const { dlogits } = softmaxCrossEntropy(z, labels, asked);
        expect(dlogits.data[cell]).toBeCloseTo(slope, 7);
      }),
    );
  });

  test.each<[string, () => unknown, string]>([
    ["a label that is no class", () => softmaxCrossEntropy(tensor([1, 3]), [3]), "labels"],
    ["half a label", () => softmaxCrossEntropy(tensor([1, 3]), [0.5]), "labels"],
    ["fewer labels than samples", () => softmaxCrossEntropy(tensor([2, 3]), [1]), "labels"],
    ["the mean of nothing", () => softmaxCrossEntropy(tensor([0, 3]), []), "labels"],
    ["logits of three axes", () => softmaxCrossEntropy(tensor([1, 3, 1]), [0]), "logits"],
    [
      "weights of other classes",
      () => softmaxCrossEntropy(tensor([1, 3]), [0], { reduction: "sum", weights: tensor([2]) }),
      "weights",
    ],
    [
      "an unknown reduction",
      () => softmaxCrossEntropy(tensor([1, 3]), [0], { reduction: "max" as "sum" }),
      "reduction",
    ],
  ])("%s is refused", (_what, ask, field) => {
    expect(refusalOf(ask).field).toBe(field);
  });
});

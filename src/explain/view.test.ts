import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MEMORIES, type MemoryName, memoryOf, placeOfPadded } from "../conv/view.ts";
import { tapsOf } from "../geometry.ts";
import { sizeOf } from "../tensor.ts";
import { layers } from "../testing/specs.ts";
import { inputValue } from "./cell.ts";
import { caseOf, seven } from "./testing/cases.ts";
import { plain } from "./text.ts";
import { einsumLetters, einsumOf, offsetOf, offsetSum, viewAxes } from "./view.ts";

const memories = Object.keys(MEMORIES) as MemoryName[];

describe.each(memories)("in %s memory", (memory) => {
  test("Σ index · stride is where the tap reads", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer }) => {
        const data = memoryOf(g, layer.x, memory).data;
        for (const y of [0, sizeOf(g.shapes.Y) >> 1, sizeOf(g.shapes.Y) - 1])
          for (const [slot, { p, x }] of tapsOf(g, "Y", y).entries()) {
            const { terms, offset } = offsetOf(g, memory, y, slot);
            expect(offset).toBe(placeOfPadded(g, memory, p));
            expect(data[offset]).toBe(inputValue(layer, x));
            expect(terms.every(({ index, length }) => index < length)).toBe(true);
          }
      }),
    );
  });
});

describe("the opening picture, 10 × 10 padded", () => {
  const { g } = seven();

  test("its axes", () => {
    expect(viewAxes(g, "NCHW").map(({ name, length, stride }) => [name, length, stride])).toEqual([
      ["n", 1, 100],
      ["oh", 4, 20],
      ["ow", 4, 2],
      ["c", 1, 100],
      ["kh", 3, 10],
      ["kw", 3, 1],
    ]);
  });

  test("an offset written out", () => {
    const { terms, offset } = offsetOf(g, "NCHW", 6, 5);
    expect(offset).toBe(36);
    expect(plain(offsetSum(terms))).toBe("1·20 + 2·2 + 1·10 + 2·1");
    const colours = offsetSum(terms).flatMap(({ role }) => role ?? []); // plus signs have none
    expect(colours).toEqual(["Y", "Y", "W", "W"]);
  });
});

describe("channels last", () => {
  const { g } = caseOf({ C: 3, F: 2, H: 4, W: 5, kH: 2, kW: 3, dilation: [1, 2] });

  test("the order of the axes and their strides", () => {
    expect(viewAxes(g, "NHWC").map(({ name, stride }) => `${name} ${stride}`)).toEqual(
      "n 60,oh 15,ow 3,kh 15,kw 6,c 1".split(","),
    );
  });

  test("a window of one cell has nothing to add", () => {
    const { g: one } = caseOf({ H: 1, W: 1, kH: 1, kW: 1 });
    expect(plain(offsetSum(offsetOf(one, "NHWC", 0, 0).terms))).toBe("0");
  });
});

describe("einsum", () => {
  const { g } = caseOf({ C: 4, F: 4, H: 4, W: 5, kH: 2, kW: 3 });
  const { g: grouped } = caseOf({ C: 4, F: 4, groups: 2, H: 4, W: 5, kH: 2, kW: 3 });

  test.each([
    [g, "NCHW", "nhwcij,fcij->nfhw"],
    [g, "NHWC", "nhwijc,fcij->nfhw"],
    [grouped, "NCHW", "nhwgcij,gfcij->ngfhw"],
    [grouped, "NHWC", "nhwijgc,gfcij->ngfhw"],
  ] as const)("%#: $2", (of, memory, text) => {
    expect(einsumOf(of, memory)).toBe(text);
    expect(plain(einsumLetters(of, memory))).toBe(text.replace("->", "→"));
  });

  test("filters last", () => {
    expect(einsumOf(g, "NHWC", "HWIO")).toBe("nhwijc,ijcf->nfhw");
    expect(einsumOf(grouped, "NCHW", "HWIO")).toBe("nhwgcij,ijcgf->ngfhw");
  });

  test("every letter has the colour of its axis", () => {
    const letters = einsumLetters(grouped, "NCHW").filter(({ text }) => /[a-z]/.test(text));
    expect(letters.every(({ role }) => role !== undefined)).toBe(true);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Document } from "../document.ts";
import { makeInput, makeKernel } from "../presets/words.ts";
import type { Numbers } from "../tensor.ts";
import { sizeOf, tensor } from "../tensor.ts";
import { documents, edited, edits, everyBit } from "../testing/documents.ts";
import { refusalOf } from "../testing/refusal.ts";
import { fillInput, floodFill, setCells } from "./cells.ts";
import {
  clearInput,
  divisors,
  filtersFor,
  resizeInput,
  resizeKernel,
  setBatch,
  setChannels,
  setFilters,
  setGroups,
  setInput,
  setInputWord,
  setKernelWord,
  setSeed,
  setSettings,
  tidyActivation,
} from "./edits.ts";
import { openingDocument } from "./opening.ts";

const opening = openingDocument();

/** A document whose input and kernel were drawn by hand: X 1 2; 3 4, W 1 2 3; 4 5 6; 7 8 9, b 5. */
const drawn: Document = {
  input: { word: null, tensor: tensor([1, 1, 2, 2], [1, 2, 3, 4]) },
  kernel: { word: null, tensor: tensor([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]) },
  bias: tensor([1], [5]),
  settings: opening.settings,
  upstream: opening.upstream,
  training: null,
};

const numbersOf = ({ data }: { data: Numbers }) => [...data];

describe("after any edit", () => {
  test("the document edited is as it was, and the new one's tensors fit each other", () => {
    fc.assert(
      fc.property(documents, edits, (before, edit) => {
        const kept = everyBit(before);
        const after = edited(before, edit);
        expect(everyBit(before)).toEqual(kept);

        const [, C] = after.input.tensor.shape;
        const [F, depth] = after.kernel.tensor.shape;
        expect(depth! * after.settings.groups).toBe(C);
        expect(F! % after.settings.groups).toBe(0);
        expect(after.bias.shape).toEqual([F]);
        for (const each of [after.input.tensor, after.kernel.tensor, after.bias]) {
          expect(each.data.length).toBe(sizeOf(each.shape));
          expect(each.data.every(Number.isFinite)).toBe(true);
        }
      }),
    );
  });

  test("a word that stays makes the numbers again, to the last bit", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { input, kernel } = document;
        const [N, C] = input.tensor.shape as [number, number];
        const [F, depth] = kernel.tensor.shape as [number, number];
        const again: Document = {
          ...document,
          input: input.word === null ? input : makeInput(input.word, { N, C }),
          kernel: kernel.word === null ? kernel : makeKernel(kernel.word, { F, depth }),
        };
        expect(everyBit(again)).toEqual(everyBit(document));
      }),
    );
  });
});

describe("cells", () => {
  test("one value or one for each, in X, W or b; the word goes", () => {
    const x = setCells(opening, "X", [0, 63], 5);
    expect([x.input.tensor.data[0], x.input.tensor.data[63], x.input.word]).toEqual([5, 5, null]);
    expect(x.kernel).toBe(opening.kernel);
    const w = setCells(opening, "W", [0, 8], [7, -7]);
    expect([w.kernel.tensor.data[0], w.kernel.tensor.data[8], w.kernel.word]).toEqual([
      7,
      -7,
      null,
    ]);
    expect(w.input).toBe(opening.input);
    expect(numbersOf(setCells(opening, "b", [0], 3).bias)).toEqual([3]);
  });

  test("an edit that changes nothing gives the same document, word and all", () => {
    expect(setCells(opening, "X", [0], 0)).toBe(opening);
    expect(setCells(opening, "X", [0], -0)).not.toBe(opening);
  });

  test("cells that are not there and numbers that are none are refused", () => {
    expect(refusalOf(() => setCells(opening, "X", [64], 1)).reason).toBe("has no cell 64");
    expect(refusalOf(() => setCells(opening, "W", [-1], 1)).field).toBe("W");
    expect(refusalOf(() => setCells(opening, "b", [0], Number.NaN)).field).toBe("b");
    expect(refusalOf(() => setCells(opening, "X", [0, 1], [1])).reason).toBe(
      "nothing is not a number",
    );
    expect(refusalOf(() => fillInput(opening, Number.POSITIVE_INFINITY)).field).toBe("X");
  });

  test("pouring follows edges, not corners, and stays in its plane", () => {
    const two = setBatch(
      {
        ...drawn,
        input: { word: null, tensor: tensor([1, 1, 3, 3], [0, 0, 1, 1, 0, 1, 0, 1, 0]) },
      },
      2,
    );
    const poured = floodFill(two, 0, 8);
    expect(numbersOf(poured.input.tensor)).toEqual([
      8, 8, 1, 1, 8, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 0, 1, 0,
    ]);
    const second = floodFill(two, 9 + 8, 8);
    expect(numbersOf(second.input.tensor).slice(9)).toEqual([0, 0, 1, 1, 0, 1, 0, 1, 8]);
  });

  test("filling and clearing keep the shape; an empty sheet has a word", () => {
    const wide = setChannels(resizeInput(opening, 2, 3), 2);
    expect(numbersOf(fillInput(wide, 4).input.tensor)).toEqual(new Array(12).fill(4));
    expect(clearInput(wide).input.word).toBe("blank:2x3");
    expect(clearInput(wide).input.tensor).toEqual(tensor([1, 2, 2, 3]));
  });
});

describe("sizes", () => {
  test("a picture with a word is made again, a drawn one is cut or grows by zeros", () => {
    expect(resizeInput(opening, 12, 9).input).toEqual(makeInput("digit:7:12x9", { N: 1, C: 1 }));
    expect(numbersOf(resizeInput(drawn, 3, 1).input.tensor)).toEqual([1, 3, 0]);
    expect(numbersOf(resizeInput(drawn, 1, 3).input.tensor)).toEqual([1, 2, 0]);
    expect(resizeInput(drawn, 2, 2)).toBe(drawn);
  });

  test("a kernel that exists at a size is made again, another keeps its centre", () => {
    expect(resizeKernel(opening, 5, 5).kernel.word).toBe("sobel-x:5x5");
    const cut = resizeKernel(opening, 1, 3).kernel;
    expect([cut.word, ...numbersOf(cut.tensor)]).toEqual([null, -2, 0, 2]);
    expect(numbersOf(resizeKernel(drawn, 1, 1).kernel.tensor)).toEqual([5]);
    expect(numbersOf(resizeKernel(drawn, 2, 4).kernel.tensor)).toEqual([4, 5, 6, 0, 7, 8, 9, 0]);
    expect(numbersOf(resizeKernel(drawn, 3, 5).kernel.tensor).slice(0, 5)).toEqual([0, 1, 2, 3, 0]);
  });

  test("too large is refused before anything is made", () => {
    expect(refusalOf(() => resizeInput(opening, 1e9, 1e9)).field).toBe("H");
    expect(refusalOf(() => resizeKernel(opening, 3, 32)).field).toBe("kW");
    expect(refusalOf(() => setBatch(opening, 0)).field).toBe("N");
    expect(refusalOf(() => setChannels(opening, 65)).field).toBe("C");
    expect(refusalOf(() => setFilters(opening, 1.5)).field).toBe("F");
    const large = resizeInput(opening, 2048, 2048);
    expect(refusalOf(() => setChannels(large, 9)).accepted).toContain("8 channels");
  });
});

describe("channels, examples, filters, groups", () => {
  test("drawn planes are repeated, one after the other", () => {
    const three = setChannels(
      {
        ...drawn,
        input: { word: null, tensor: tensor([1, 2, 1, 1], [1, 2]) },
        kernel: { word: null, tensor: tensor([1, 2, 1, 1], [3, 4]) },
      },
      3,
    );
    expect(numbersOf(three.input.tensor)).toEqual([1, 2, 1]);
    expect(numbersOf(three.kernel.tensor)).toEqual([3, 4, 3]);
    expect(numbersOf(setBatch(drawn, 2).input.tensor)).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
    const filters = setFilters(drawn, 2);
    expect(filters.kernel.tensor.shape).toEqual([2, 1, 3, 3]);
    expect(numbersOf(filters.bias)).toEqual([5, 5]);
  });

  test("what has a word keeps it and is made again", () => {
    const next = setBatch(setFilters(setChannels(opening, 3), 2), 4);
    expect([next.input.word, next.kernel.word]).toEqual(["digit:7", "sobel-x"]);
    expect(next.input.tensor.shape).toEqual([4, 3, 8, 8]);
    expect(next.kernel.tensor.shape).toEqual([2, 3, 3, 3]);
  });

  test("fewer filters than kernel words drop the last words", () => {
    const two = setKernelWord(opening, "sobel-x||sobel-y");
    expect(two.bias.shape).toEqual([2]);
    expect(setFilters(two, 1).kernel.word).toBe("sobel-x");
  });

  test("groups thin the kernel, and must divide channels and filters", () => {
    const four = setFilters(setChannels(opening, 4), 6);
    expect(setGroups(four, 2).kernel.tensor.shape).toEqual([6, 2, 3, 3]);
    expect(setSettings(four, { groups: 2, flip: true })).toMatchObject({
      settings: { groups: 2, flip: true },
      kernel: { tensor: { shape: [6, 2, 3, 3] } },
    });
    expect(refusalOf(() => setGroups(four, 4)).message).toBe(
      "groups: 4 does not divide both C = 4 and F = 6; accepted: 1, 2.",
    );
    expect(refusalOf(() => setChannels(setGroups(four, 2), 3)).field).toBe("groups");
    expect(refusalOf(() => setSettings(four, { groups: 0 })).field).toBe("groups");
    expect(divisors(12, 18)).toEqual([1, 2, 3, 6]);
    expect([filtersFor(1, 1), filtersFor(1, 3), filtersFor(4, 3)]).toEqual([1, 3, 6]);
  });
});

describe("words and settings", () => {
  test("a picture keeps the batch, and the channels unless it has its own", () => {
    const two = setBatch(setChannels(opening, 2), 2);
    expect(setInputWord(two, "ramp").input.tensor.shape).toEqual([2, 2, 8, 8]);
    expect(setInputWord(two, "card").kernel.tensor.shape).toEqual([1, 3, 3, 3]);
  });

  test("an input from elsewhere brings its own shape, and only numbers", () => {
    const photo = { word: "photo:cat", tensor: tensor([1, 3, 2, 2]) };
    const next = setInput(opening, photo);
    expect(next.input).toEqual(photo);
    expect(next.kernel.tensor.shape).toEqual([1, 3, 3, 3]);
    expect(setChannels(next, 1).input.word).toBeNull();
    const broken = { word: null, tensor: tensor([1, 1, 1, 1], [Number.NaN]) };
    expect(refusalOf(() => setInput(opening, broken)).reason).toBe("NaN is not a number");
  });

  test("a seed draws again what was drawn, and nothing else", () => {
    const random = setKernelWord(setInputWord(opening, "random:2x3"), "sobel-x||random");
    expect(setSeed(random, "X", 5).input.word).toBe("random:2x3:seed=5");
    expect(setSeed(random, "W", 5).kernel.word).toBe("sobel-x||random:seed=5");
    expect(setSeed(random, "W", 5).kernel.tensor.data).not.toEqual(random.kernel.tensor.data);
    expect(refusalOf(() => setSeed(opening, "X", 5)).message).toBe(
      "X: was not drawn from a seed; accepted: random numbers or noise.",
    );
    expect(refusalOf(() => setSeed(opening, "W", 5)).field).toBe("W");
  });

  test("an activation has the parameter it uses, and 0 where it uses none", () => {
    expect(tidyActivation({ name: "leaky-relu" })).toEqual({ name: "leaky-relu", alpha: 0.1 });
    expect(tidyActivation({ name: "leaky-relu", alpha: 0.3 }).alpha).toBe(0.3);
    expect(
      setSettings(opening, { activation: { name: "relu", alpha: 0.3 } }).settings.activation,
    ).toEqual({ name: "relu", alpha: 0 });
  });
});

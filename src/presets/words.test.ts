import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusalOf } from "../testing/refusal.ts";
import { IMAGES, type ImageName, type ImageRow } from "./images.ts";
import { KERNELS, type KernelName, type KernelRow } from "./kernels.ts";
import {
  channelsOf,
  filterWords,
  formatInputWord,
  formatKernelWord,
  isInputWord,
  isKernelWord,
  makeInput,
  makeKernel,
  nameOfWord,
  parseInputWord,
  parseKernelWord,
  reseeded,
  unsized,
  type Word,
} from "./words.ts";

const ONE = { N: 1, C: 1 };
const FILTER = { F: 1, depth: 1 };

describe("a word", () => {
  test("is a name and its parts, in any order", () => {
    const seven: Word<ImageName> = { name: "digit", argument: 7, size: [12, 9], seed: 1 };
    expect(parseInputWord("digit:7:12x9")).toEqual(seven);
    expect(parseInputWord(" Digit:12×9:7 ")).toEqual(seven);
    expect(parseInputWord("random:seed=3")).toEqual({
      name: "random",
      argument: 0,
      size: null,
      seed: 3,
    });
    expect(parseKernelWord("gabor:45").argument).toBe(45);
    expect(parseInputWord("checkerboard").argument).toBe(2);
  });

  test("is written with its argument, and what else is not usual", () => {
    expect(formatInputWord(parseInputWord("digit:8x8"))).toBe("digit:7");
    expect(formatInputWord(parseInputWord("random:seed=3:6x8"))).toBe("random:6x8:seed=3");
    expect(formatInputWord(parseInputWord("ramp:8x8"))).toBe("ramp");
  });

  test("written and read again says the same", () => {
    const side = fc.integer({ min: 1, max: 31 });
    const rest = {
      size: fc.option(fc.tuple(side, side)),
      argument: fc.nat(180),
      seed: fc.nat(),
    };
    /** The word a row can say: an argument or a seed only where the row takes one; its own size goes unsaid. */
    const law = <Name extends ImageName | KernelName>(
      rows: Readonly<Record<Name, ImageRow | KernelRow>>,
      parse: (text: string) => Word<Name>,
      format: (word: Word<Name>) => string,
    ) =>
      fc.property(
        fc.constantFrom(...(Object.keys(rows) as Name[])),
        fc.record(rest),
        (name, said) => {
          const row = rows[name];
          const { least = 0, most = 0 } = row.argument ?? {};
          const usual = said.size?.[0] === row.size[0] && said.size[1] === row.size[1];
          const word: Word<Name> = {
            name,
            size: usual ? null : said.size,
            argument: Math.min(Math.max(said.argument, least), most),
            seed: row.seeded ? said.seed : 1,
          };
          expect(parse(format(word))).toEqual(word);
        },
      );
    fc.assert(law<ImageName>(IMAGES, parseInputWord, formatInputWord));
    fc.assert(law<KernelName>(KERNELS, parseKernelWord, formatKernelWord));
  });

  test("that is not understood is refused with what would be", () => {
    const refused = (word: string) => refusalOf(() => parseInputWord(word)).message;
    expect(refused("digt:3")).toMatch(
      /^input: “digt” is not known \(did you mean “digit”\?\); accepted: digit, counting, /,
    );
    expect(refused("digit:11")).toBe(
      "input: “11” says nothing to “digit”; accepted: the digit (0 to 9) as digit:7, a size such as digit:5x5.",
    );
    expect(refused("random:blue")).toBe(
      "input: “blue” says nothing to “random”; accepted: a size such as random:5x5, a seed up to 4294967295 as random:seed=3.",
    );
    expect(refused("ramp:seed=2")).toContain("“seed=2” says nothing");
    expect(refused("random:seed=4294967296")).toContain("says nothing");
    expect(refused("ramp:3x3:4x4")).toContain("gives its size twice");
    expect(refused("random:9999x3")).toBe("H: is 9999; accepted: 1 to 4096 rows.");
    expect(refused("constructor")).toContain("not known");
    expect(refused("")).toContain("not known");
    expect(refusalOf(() => parseKernelWord("ones:3x0")).field).toBe("kW");
  });

  test("belongs to these tables, or to someone else", () => {
    expect(nameOfWord(" Photo:Cat ")).toBe("photo");
    expect([isInputWord("digit:3"), isInputWord("photo:cat"), isInputWord(null)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(isKernelWord("ones||random:3x3")).toBe(true);
    expect([isKernelWord("ones||kept:3"), isKernelWord("toString"), isKernelWord(null)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("an input", () => {
  test("has the size of its word, and as many examples and channels as asked", () => {
    expect(makeInput("ramp:2x3", { N: 2, C: 3 }).tensor.shape).toEqual([2, 3, 2, 3]);
    expect(makeInput("digit", ONE).word).toBe("digit:7");
    expect([channelsOf("card"), channelsOf("digit:7")]).toEqual([3, 1]);
  });

  test("that is too large is refused before it is made", () => {
    expect(refusalOf(() => makeInput("ones:1024x1024", { N: 64, C: 64 })).field).toBe("X");
    expect(refusalOf(() => makeInput("ones", { N: 65, C: 1 })).field).toBe("N");
  });
});

describe("a kernel", () => {
  test("is one word a filter, over and over, the same in every channel", () => {
    const { tensor } = makeKernel("sobel-x||sobel-y", { F: 3, depth: 2 });
    expect(tensor.shape).toEqual([3, 2, 3, 3]);
    const x = [-1, 0, 1, -2, 0, 2, -1, 0, 1];
    const y = [-1, -2, -1, 0, 0, 0, 1, 2, 1];
    expect([...tensor.data]).toEqual([...x, ...x, ...y, ...y, ...x, ...x]);
  });

  test("of random numbers differs by filter and channel", () => {
    const { data } = makeKernel("random", { F: 2, depth: 2 }).tensor;
    expect(new Set([0, 9, 18, 27].map((at) => data.slice(at, at + 9).join())).size).toBe(4);
  });

  test("has the size asked for, else the first that is said, else that of the first preset", () => {
    const size = (word: string, asked = {}) =>
      makeKernel(word, { F: 2, depth: 1, ...asked }).tensor.shape.slice(2);
    expect(size("ones||gabor")).toEqual([3, 3]);
    expect(size("ones||gabor:5x4")).toEqual([5, 4]);
    expect(size("ones||gabor", { kH: 4, kW: 3 })).toEqual([4, 3]);
    expect(makeKernel("ones||gabor:5x4", { F: 2, depth: 1 }).word).toBe("ones:5x4||gabor:0");
  });

  test("that cannot be made is refused with what can", () => {
    const refused = (word: string, sizes = FILTER) =>
      refusalOf(() => makeKernel(word, sizes)).message;
    expect(refused("sobel-x:4x4")).toBe(
      "kernel: sobel-x cannot be made at 4x4; accepted: 3x3, 5x5 or 7x7.",
    );
    expect(refused("ones:3x3||box:5x5", { F: 2, depth: 1 })).toBe(
      "kernel: box is 5x5, but another filter is 3x3; accepted: one size for all filters.",
    );
    expect(refused("ones||box")).toBe(
      "F: 1 filter is too few for 2 kernels; accepted: at least 2 filters, or fewer kernels.",
    );
    expect(refused("ones||")).toContain("not known");
  });

  test("can be cut to fewer filters, and drawn from another seed", () => {
    expect(unsized("random:5x5:seed=2||ones", 1)).toBe("random:seed=2");
    expect(reseeded("W", "ones||random:seed=2", 9)).toBe("ones||random:seed=9");
    expect(reseeded("X", "noise:3x4", 9)).toBe("noise:3x4:seed=9");
    expect([
      reseeded("W", "ones", 9),
      reseeded("X", "ramp", 9),
      reseeded("X", "kept:1", 9),
    ]).toEqual([null, null, null]);
    expect(filterWords("ones||box").map(({ name }) => name)).toEqual(["ones", "box"]);
  });
});

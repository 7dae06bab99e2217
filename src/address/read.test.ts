import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openingDocument } from "../edits/opening.ts";
import { ConvError } from "../errors.ts";
import { checkDocument } from "../limits.ts";
import { tensor } from "../tensor.ts";
import { everyBit } from "../testing/documents.ts";
import type { AskedName } from "./asked.ts";
import { type Extra, readAddress, readWords } from "./read.ts";
import { ADDRESS, type AddressWord } from "./words.ts";

/** The document of a link in which nothing is wrong. */
async function read(text: string) {
  const { document, problems } = await readAddress(text);
  expect(problems).toEqual([]);
  return document;
}

/** The sentences about a link, and the document it gives all the same. */
async function wrong(text: string) {
  const { document, problems } = await readAddress(text);
  return {
    document,
    said: problems.map(({ message }) => message),
    words: problems.map((p) => p.word),
  };
}

describe("an address", () => {
  test("that says nothing of the document gives the opening one", async () => {
    for (const text of ["", "?"])
      expect(everyBit(await read(text))).toEqual(everyBit(openingDocument()));
  });

  test("that says something leaves the rest plain: stride 1, no padding, no activation", async () => {
    const { input, kernel, bias, settings } = await read("?padding=1");
    expect([input.word, kernel.word, ...bias.data]).toEqual(["digit:7", "sobel-x", 0]);
    expect(settings).toEqual({
      stride: [1, 1],
      dilation: [1, 1],
      padding: 1,
      padMode: "zeros",
      groups: 1,
      flip: false,
      activation: { name: "linear", alpha: 0 },
    });
  });

  test("by hand, as the documentation has it", async () => {
    const one = await read(
      "?input=1 2 3; 4 5 6; 7 8 9&kernel=0 1; −1 0&padding=same&mode=reflect&dilation=2,1",
    );
    expect(one.input).toEqual({
      word: null,
      tensor: tensor([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    });
    expect([...one.kernel.tensor.data]).toEqual([0, 1, -1, 0]);
    expect(one.settings).toMatchObject({ padding: "same", padMode: "reflect", dilation: [2, 1] });
    const two = await read(
      "input=random:6x8:seed=3&channels=2&filters=3&groups=1&kernel=random:3x3:seed=4&activation=relu",
    );
    expect(two.input.tensor.shape).toEqual([1, 2, 6, 8]);
    expect(two.kernel.tensor.shape).toEqual([3, 2, 3, 3]);
    expect(two.bias.shape).toEqual([3]);
  });

  test.each([
    ["stride=3", { stride: [3, 3] }],
    ["stride=2,3", { stride: [2, 3] }],
    ["stride=2 3", { stride: [2, 3] }],
    ["padding=2", { padding: 2 }],
    ["padding=1,2", { padding: [1, 2, 1, 2] }],
    ["padding=0,1,2,3", { padding: [0, 1, 2, 3] }],
    ["padding=FULL", { padding: "full" }],
    ["mode=circular", { padMode: "circular" }],
    ["flip", { flip: true }],
    ["flip=yes", { flip: true }],
    ["flip=0", { flip: false }],
    ["activation=leaky-relu", { activation: { name: "leaky-relu", alpha: 0.1 } }],
    ["activation=leaky-relu:0.2", { activation: { name: "leaky-relu", alpha: 0.2 } }],
    ["activation=Tanh", { activation: { name: "tanh", alpha: 0 } }],
    ["STRIDE=2", { stride: [2, 2] }],
  ])("%s", async (text, settings) => {
    expect((await read(text)).settings).toMatchObject(settings);
  });

  test("counts follow one another", async () => {
    const shapes = async (text: string) => {
      const { input, kernel, bias } = await read(text);
      return [input.tensor.shape, kernel.tensor.shape.slice(0, 2), [...bias.data]];
    };
    expect(await shapes("input=card&kernel=box||ones")).toEqual([
      [1, 3, 8, 8],
      [2, 3],
      [0, 0],
    ]);
    expect(await shapes("input=ones:3x3&batch=2&channels=4&groups=2&bias=1")).toEqual([
      [2, 4, 3, 3],
      [2, 2],
      [1, 1],
    ]);
    expect(await shapes("input=1 2 3|4 5 6&kernel=1||2&filters=3&bias=1,2,3")).toEqual([
      [1, 2, 1, 3],
      [3, 2],
      [1, 2, 3],
    ]);
    expect(await shapes("input=1 2&kernel=1&channels=3&batch=2")).toEqual([
      [2, 3, 1, 2],
      [1, 3],
      [0],
    ]);
  });

  test("as the attributes of an element", async () => {
    const { document } = await readWords([
      ["input", "1 2\n3 4"],
      ["kernel", "1"],
      ["flip", ""],
    ]);
    expect(document.input.tensor.shape).toEqual([1, 1, 2, 2]);
    expect(document.settings.flip).toBe(true);
  });
});

describe("what is wrong in an address", () => {
  test("a word no one knows is named, with the legal ones and the one that was meant", async () => {
    const { said, document } = await wrong("strid=2&padding=1");
    expect(said).toEqual([
      "“strid” is not a word of this address. Did you mean “stride”? The words are input, channels, batch, kernel, filters, bias, flip, stride, padding, mode, dilation, groups, activation, delta, sgd.",
    ]);
    expect(document.settings.padding).toBe(1);
    expect((await wrong("__proto__=1&constructor=2&toString=3")).words).toEqual([
      "__proto__",
      "constructor",
      "toString",
    ]);
  });

  test("a word given twice counts the last time", async () => {
    const { said, document } = await wrong("stride=2&stride=3&stride=1");
    expect(said).toEqual(["“stride” is given more than once; the last one, “stride=1”, is taken."]);
    expect(document.settings.stride).toEqual([1, 1]);
  });

  test.each([
    ["stride=0", "“0” is too small; accepted: a whole number from 1, or two as height,width."],
    [
      "stride=1,2,3",
      "“1,2,3” is not one number or two; accepted: a whole number from 1, or two as height,width.",
    ],
    [
      "stride=",
      "“” is not one number or two; accepted: a whole number from 1, or two as height,width.",
    ],
    ["mode=mirror", "“mirror” is not known; accepted: zeros, reflect, replicate, circular."],
    ["flip=maybe", "“maybe” is neither; accepted: true or false."],
    ["activation=relu:3", "relu takes no number; accepted: relu alone."],
    ["activation=leaky-relu:x", "“x” is not a number; accepted: numbers such as 3, -1.5 or 1/9."],
    ["channels=2,3", "“2,3” is not one number; accepted: a whole number from 1."],
    ["channels=65", "C is 65; accepted: 1 to 64 channels."],
    [
      "delta=1 2;3 4",
      "2 × 2 numbers do not fit outputs of 12 × 12; accepted: 12 × 12 numbers, one for each output.",
    ],
    ["bias=", "bias has no number; accepted: numbers such as 1, 2, 3."],
    ["input=1 2;x", "“x” is not a number; accepted: numbers such as 3, -1.5 or 1/9."],
    ["input=random:9999x3", "H is 9999; accepted: 1 to 4096 rows."],
    [
      "input=packed:1x1x1x1:u8:",
      "the packed numbers are cut off or altered; accepted: the link exactly as it was copied.",
    ],
    ["kernel=sobel-x:4x4", "sobel-x cannot be made at 4x4; accepted: 3x3, 5x5 or 7x7."],
    ["groups=2", "2 does not divide both C = 1 and F = 2; accepted: 1."],
    ["bias=1,2", "2 biases do not fit F = 1; accepted: one number, or 1."],
    [
      "kernel=1|2",
      "the kernel has 2 channels, but each filter reads 1; accepted: kernels of 1 channels, or of one that is repeated.",
    ],
  ])("%s", async (text, message) => {
    const { said, words, document } = await wrong(`padding=3&${text}`);
    const shown = text.length > 24 ? `${text.slice(0, 24)}…` : text;
    expect(said).toEqual([`“${shown}” is left out: ${message}`]);
    expect(words).toEqual([text.split("=")[0]]);
    expect(document.settings.padding).toBe(3); // the rest of the link still works
  });

  test("what does not go together gives up the word to blame, and keeps the rest", async () => {
    const kept = async (text: string) => {
      const { words, document } = await wrong(text);
      return { words, document };
    };
    const kernel = await kept("input=1 2 3;4 5 6;7 8 9&kernel=ones:5x5&stride=2");
    expect(kernel.words).toEqual(["kernel"]);
    expect(kernel.document.settings.stride).toEqual([2, 2]);
    expect((await kept("dilation=9&kernel=box")).words).toEqual(["dilation"]);
    expect((await kept("padding=9&mode=reflect")).words).toEqual(["padding"]);
    expect((await kept("filters=1&kernel=box||ones")).words).toEqual(["filters"]);
    expect((await kept("input=card&groups=2")).words).toEqual(["groups"]);
    expect((await kept("input=ones:900x900&filters=64&kernel=box:9x9")).words).toEqual(["filters"]);
    expect((await kept("input=ones:1024x1024&channels=40&batch=9")).words).toEqual([
      "batch",
      "channels",
    ]);
    expect((await kept("padding=200000&stride=3")).words).toEqual(["padding"]);
  });

  test("when nothing is left, the opening document stands", async () => {
    const { document, words } = await wrong("input=1 2;3 4");
    expect(words).toEqual(["input"]);
    expect(everyBit(document)).toEqual(everyBit(openingDocument()));
    expect(everyBit((await wrong("stride=x&kernel=nonsense")).document)).toEqual(
      everyBit(openingDocument()),
    );
  });

  test("whatever it is, a document that can be shown comes of it", async () => {
    const word = fc.constantFrom(...Object.keys(ADDRESS), "x");
    const tricky = ["1 2;3 4", "card", "box||ones", "gabor:31x31", "ones:1024x1024", "full", "64"];
    const said = fc.oneof(fc.string(), fc.constantFrom(...tricky, "reflect", "0", "2,3", "99999"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(word, said), { maxLength: 8 }), async (words) => {
        const { document } = await readWords(words);
        expect(checkDocument(document).shapes.Y.length).toBe(4);
      }),
    );
  });

  test("every word refuses nonsense, and answers for the fields of its refusals", async () => {
    for (const [word, row] of Object.entries(ADDRESS) as [AskedName, AddressWord<unknown>][]) {
      const { words, said } = await wrong(`${word}=?!`);
      expect(words, word).toEqual([word]);
      expect(said[0]).toMatch(/^“.*” is left out: .*; accepted: .*\.$/);
      expect(row.accepts.length).toBeGreaterThan(4);
    }
  });
});

describe("words of the application", () => {
  interface View {
    lens: string;
    step: number;
  }
  const extra: Extra<View> = {
    view: {
      lens: { accepts: "a lens", read: (text) => text, write: (lens) => lens },
      step: {
        accepts: "a step",
        read: (text) => {
          if (/^\d+$/.test(text)) return Number(text);
          throw new ConvError("step", `“${text}” is no step`, "whole numbers from 1");
        },
        write: String,
      },
    },
    inputs: {
      photo: async (word, { N, C }) => {
        if (word === "photo:none") throw new Error("no such file");
        if (word === "photo:odd") return { shape: [1, 1], data: new Float64Array(1) };
        if (word === "photo:nan") return tensor([1, 1, 1, 1], [Number.NaN]);
        return tensor([N ?? 1, C ?? 3, 4, 5]);
      },
      one: async () => tensor([1, 1, 4, 4], new Array(16).fill(2)),
    },
    kernels: { kept: async () => tensor([2, 1, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]) },
  };

  test("stand beside the document and leave it alone", async () => {
    const { view, document, problems } = await readAddress("lens=rotate&step=12", extra);
    expect([view, problems]).toEqual([{ lens: "rotate", step: 12 }, []]);
    expect(everyBit(document)).toEqual(everyBit(openingDocument()));
    const bad = await readAddress("step=x&lens=rotate", extra);
    expect(bad.view).toEqual({ lens: "rotate" });
    expect(bad.problems.map((p) => p.message)).toEqual([
      "“step=x” is left out: “x” is no step; accepted: whole numbers from 1.",
    ]);
    const unknown = await readAddress("stepp=1", extra);
    expect(unknown.problems[0]!.message).toContain("Did you mean “step”?");
  });

  test("make inputs and kernels under names of their own", async () => {
    const { document, problems } = await readAddress("input=photo:cat&kernel=kept:1", extra);
    expect(problems).toEqual([]);
    expect([document.input.word, document.kernel.word]).toEqual(["photo:cat", null]);
    expect(document.kernel.tensor.shape).toEqual([2, 3, 2, 2]); // one channel given, three read
    const gray = await readAddress("input=photo:cat&channels=1&kernel=kept:1", extra);
    expect(gray.document.input).toEqual({ word: "photo:cat", tensor: tensor([1, 1, 4, 5]) });
    expect(gray.document.kernel.word).toBe("kept:1");
    const repeated = await readAddress("input=one&channels=2&batch=2", extra);
    expect(repeated.document.input.word).toBeNull();
    expect(repeated.document.input.tensor.shape).toEqual([2, 2, 4, 4]);
  });

  test("that fail are left out in words", async () => {
    const said = async (text: string) =>
      (await readAddress(text, extra)).problems.map((p) => p.message);
    expect(await said("input=photo:none")).toEqual([
      "“input=photo:none” is left out: “photo:none” could not be loaded (no such file); accepted: another one.",
    ]);
    expect((await said("input=photo:odd"))[0]).toContain("has no four axes of numbers");
    expect((await said("input=photo:nan"))[0]).toContain("not a number");
    expect((await said("input=phoot:cat"))[0]).toMatch(
      /did you mean “photo”.* blank, photo, one\.$/,
    );
  });
});

test("a word that is no padding is answered with all that padding accepts", async () => {
  const { problems } = await readAddress("?padding=foo");
  expect(problems.map(({ message }) => message)).toEqual([
    "“padding=foo” is left out: “foo” is not a padding; accepted: valid, same, full, or whole numbers from 0: one for all sides, two as height,width or four as top,right,bottom,left.",
  ]);
});

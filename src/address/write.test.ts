import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Document } from "../document.ts";
import { setCells } from "../edits/cells.ts";
import { setFilters, setInput, setInputWord, setKernelWord, setSettings } from "../edits/edits.ts";
import { openingDocument } from "../edits/opening.ts";
import { ConvError } from "../errors.ts";
import { checkDocument } from "../limits.ts";
import { EXAMPLES } from "../presets/examples.ts";
import { randomOf } from "../presets/random.ts";
import { tensor } from "../tensor.ts";
import { documents, everyBit } from "../testing/documents.ts";
import { readAddress, type ViewWords } from "./read.ts";
import { LONGEST_PACKED } from "./words.ts";
import { wordOf, writeAddress } from "./write.ts";

const opening = openingDocument();

const textOf = async (document: Document) => (await writeAddress(document)).text;

function fits(document: Document): boolean {
  try {
    checkDocument(document);
    return true;
  } catch (error) {
    if (error instanceof ConvError) return false;
    throw error;
  }
}

describe("a document written", () => {
  test("with ∂L/∂Y set by hand for other outputs says what stands over those it has", async () => {
    const over = tensor([1, 1, 2, 2], [1, 2, 3, 4]);
    const [, , rows, columns] = checkDocument(opening).shapes.Y as [number, number, number, number];
    const back = await readAddress(
      await textOf({ ...opening, upstream: { word: null, tensor: over } }),
    );
    expect(back.problems).toEqual([]);
    const { shape, data } = back.document.upstream.tensor!;
    expect(shape).toEqual([1, 1, rows, columns]);
    expect([...data.slice(0, 3), data[columns]]).toEqual([1, 2, 0, 3]);
  });

  test("and read again is the same document, bit for bit", async () => {
    await fc.assert(
      fc.asyncProperty(documents.filter(fits), async (document) => {
        const { text, tooLong } = await writeAddress(document);
        expect(tooLong).toBe(false);
        const back = await readAddress(text);
        expect(back.problems, text).toEqual([]);
        expect(everyBit(back.document), text).toEqual(everyBit(document));
      }),
    );
  });

  test("names input and kernel, and what differs from silence", async () => {
    expect(await textOf(opening)).toBe("input=digit:7&kernel=sobel-x&stride=2&padding=1");
    const plain = setSettings(opening, { stride: [1, 1], padding: 0 });
    expect(await textOf(plain)).toBe("input=digit:7&kernel=sobel-x");
    const all = setSettings(setCells(setFilters(plain, 2), "b", [0], -0.5), {
      flip: true,
      stride: [1, 2],
      padding: [0, 1, 2, 3],
      padMode: "replicate",
      dilation: [2, 2],
      activation: { name: "leaky-relu", alpha: 0.2 },
      groups: 1,
    });
    expect(await textOf(all)).toBe(
      "input=digit:7&kernel=sobel-x&filters=2&bias=-0.5,0&flip=true&stride=1,2&padding=0,1,2,3&mode=replicate&dilation=2&activation=leaky-relu:0.2",
    );
  });

  test("keeps the sign of a zero", async () => {
    const signed = setCells(setCells(opening, "b", [0], -0), "X", [0], -0);
    const text = await textOf(signed);
    expect(text).toContain("&bias=-0&");
    expect(everyBit((await readAddress(text)).document)).toEqual(everyBit(signed));
  });

  test("says the channels only of a picture that usually has others", async () => {
    expect(await textOf(setInputWord(opening, "card"))).toMatch(/^input=card&kernel/);
    const gray = { ...opening, input: { word: "photo:cat", tensor: opening.input.tensor } };
    expect(await textOf(gray)).toMatch(/^input=photo:cat&channels=1&kernel/);
  });

  test("has a drawn input as numbers while it is short, and packed beyond", async () => {
    const short = setCells(opening, "X", [0], -0.5);
    expect(await textOf(short)).toMatch(/^input=-0\.5\+0\+0\+0\+0\+0\+0\+0;0\+9\+9\+9/);
    const long = setCells(setInputWord(opening, "counting:12x12"), "X", [0], 7);
    expect(await textOf(long)).toMatch(/^input=packed:1x1x12x12:u8:[\w-]+&kernel/);
  });

  test("leaves out what is too long for a link, and says so", async () => {
    const random = randomOf(1);
    const numbers = Float64Array.from({ length: 64 * 64 }, random);
    const large = setInput(opening, { word: null, tensor: tensor([1, 1, 64, 64], numbers) });
    expect(await writeAddress(large)).toEqual({
      text: "kernel=sobel-x&stride=2&padding=1",
      tooLong: true,
      omitted: ["input"],
    });
    const small = numbers.slice(0, 24 * 24);
    const fitting = setInput(opening, { word: null, tensor: tensor([1, 1, 24, 24], small) });
    const { text, tooLong } = await writeAddress(fitting);
    expect([tooLong, text.length < LONGEST_PACKED + 100]).toEqual([false, true]);
  });

  test("survives an address bar as it is", async () => {
    for (const { link } of Object.values(EXAMPLES)) {
      const url = new URL(`https://example.org/?${link}`);
      expect(url.search).toBe(`?${link}`);
    }
  });
});

test("words that are not ours come through an address too", () => {
  for (const text of [
    "a b+c",
    "50% & more",
    "#1 = ?",
    "“Überschrift” 語 🙂",
    "x\ny",
    "'\"<>\\^`{}",
  ]) {
    const word = wordOf("title", text);
    expect(new URLSearchParams(word).get("title")).toBe(text);
    expect(new URL(`https://example.org/?${word}`).search).toBe(`?${word}`);
  }
  expect(wordOf("title", "\ud800")).toBe("title=%EF%BF%BD");
});

test("the view stands before or after the document", async () => {
  interface View {
    step: number;
    lens: string;
  }
  const words: ViewWords<View> = {
    step: { accepts: "", read: Number, write: (step) => (step === 1 ? null : String(step)) },
    lens: { accepts: "", first: true, read: String, write: (lens) => lens },
  };
  const write = async (view: Partial<View>) =>
    (await writeAddress(setKernelWord(opening, "box"), view, words)).text;
  const document = "input=digit:7&kernel=box&stride=2&padding=1";
  expect(await write({ step: 12, lens: "rotate" })).toBe(`lens=rotate&${document}&step=12`);
  expect(await write({ step: 1 })).toBe(document);
  expect(await write({})).toBe(document);
});

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { ConvError, type Tensor } from "#engine";
import { broken, checkHeader } from "../app/sources/header.ts";
import { PHOTOS, type PhotoName } from "../app/sources/photos.ts";
import {
  documentOf,
  documentWords,
  expectFigure,
  expectNumbers,
  inputPanel,
  openAtEnd,
  pick,
  type,
} from "./settings.ts";
import { eventually, notices, open, said } from "./support.ts";

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const FILES = {
  transparent: path("./files/transparent.png"),
  jpeg: path("./files/quarters.jpeg"),
  webp: path("./files/quarters.webp"),
  turned: path("./files/turned.jpeg"),
  bomb: path("./files/bomb.png"),
  cutOff: path("./files/cut-off.png"),
  text: path("./files/text.png"),
  photo: path("../public/photos/cat.webp"),
};

const START = "input=counting:3x4&kernel=identity:1x1";

/** What red, green and blue count for in each channel of the tensor; gray as Rec. 601 has it. */
const CHANNELS = {
  gray: [[0.299, 0.587, 0.114]],
  RGB: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
} as const;

type Colour = keyof typeof CHANNELS;

/**
 * A file as numbers from 0 to 255, each the mean of a block of pixels on white: decoded by the browser alone, nothing
 * of the app has a hand in it. Sides must divide; `margin` pixels are cut off at the left and the right.
 */
async function meansOf(page: Page, file: string, colour: Colour, H: number, W: number, margin = 0) {
  return page.evaluate(
    async ({ bytes, channels, H, W, margin }) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext("2d")!;
      context.fillStyle = "white";
      context.fillRect(0, 0, width, height);
      context.drawImage(bitmap, 0, 0);
      const [down, across] = [height / H, (width - 2 * margin) / W];
      return channels.flatMap(([r, g, b]) =>
        Array.from({ length: H * W }, (_, i) => {
          const [x, y] = [margin + (i % W) * across, Math.floor(i / W) * down];
          const { data } = context.getImageData(x, y, across, down);
          let sum = 0;
          for (let at = 0; at < data.length; at += 4)
            sum += r! * data[at]! + g! * data[at + 1]! + b! * data[at + 2]!;
          return sum / (across * down);
        }),
      );
    },
    { bytes: [...readFileSync(file)], channels: CHANNELS[colour].map((c) => [...c]), H, W, margin },
  );
}

/** Each number is the mean, rounded; where a mean ends in a half, either way. */
function expectRounded(tensor: Tensor, means: readonly number[]): void {
  expect(tensor.data.length).toBe(means.length);
  const off = means.map((mean, i) => Math.abs(tensor.data[i]! - mean));
  expect(Math.max(...off)).toBeLessThanOrEqual(0.5 + 1e-9);
}

async function wish(page: Page, H: number, W: number, colour: Colour = "gray"): Promise<void> {
  await pick(inputPanel(page), "Where the input comes from", "Load");
  await type(inputPanel(page), "Rows of the image", String(H));
  await type(inputPanel(page), "Columns of the image", String(W));
  await pick(inputPanel(page), "Colour", colour);
}

/** By the dialog for files. */
async function chooseFile(page: Page, file: string): Promise<void> {
  const dialog = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open an image …" }).click();
  await (await dialog).setFiles(file);
}

/** As a browser does it when files are let fall on the page. */
async function drop(page: Page, ...files: readonly string[]): Promise<void> {
  const transfer = await page.evaluateHandle(
    (parts) => {
      const transfer = new DataTransfer();
      for (const { name, bytes } of parts)
        transfer.items.add(new File([new Uint8Array(bytes)], name));
      return transfer;
    },
    files.map((file) => ({ name: basename(file), bytes: [...readFileSync(file)] })),
  );
  for (const type of ["dragenter", "dragover", "drop"])
    await page.getByRole("main").dispatchEvent(type, { dataTransfer: transfer });
}

/** A picture put on the clipboard as other programs do it, and Ctrl + V. */
async function paste(page: Page, file: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(
    async (bytes) => {
      const picture = new Blob([new Uint8Array(bytes)], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
    },
    [...readFileSync(file)],
  );
  await page.getByRole("heading", { name: "convlens" }).click();
  await page.keyboard.press("Control+v");
}

/** The input that the address carries, once it is one of this shape. */
async function loaded(page: Page, shape: readonly number[]): Promise<Tensor> {
  const tensor = async () => (await documentOf(page.url())).input.tensor;
  await eventually(async () => (await tensor()).shape, shape);
  return tensor();
}

test.describe("a file becomes the input", () => {
  const WAYS = { "the file dialog": chooseFile, drop, paste };
  for (const [way, give] of Object.entries(WAYS))
    test(`a transparent PNG by ${way}: its numbers, and white where nothing is`, async ({
      page,
    }) => {
      await openAtEnd(page, START);
      await wish(page, 6, 8);
      await give(page, FILES.transparent);
      const input = await loaded(page, [1, 1, 6, 8]);
      expectRounded(input, await meansOf(page, FILES.transparent, "gray", 6, 8));
      // Its right half is transparent red.
      expect(input.data.filter((_, i) => i % 8 >= 4)).toEqual(new Float64Array(24).fill(255));
      await expectFigure(page, await documentOf(page.url()));
      await expect(notices(page)).toBeEmpty();
    });

  for (const [name, file] of Object.entries({ JPEG: FILES.jpeg, WebP: FILES.webp }))
    test(`a ${name}, in gray and in RGB, pixel by pixel and smaller`, async ({ page }) => {
      await openAtEnd(page, START);
      for (const colour of ["gray", "RGB"] as const)
        for (const [H, W] of [
          [32, 48],
          [4, 6],
        ] as const)
          await test.step(`${colour}, ${H} × ${W}`, async () => {
            await wish(page, H, W, colour);
            await chooseFile(page, file);
            const input = await loaded(page, [1, CHANNELS[colour].length, H, W]);
            expectRounded(input, await meansOf(page, file, colour, H, W));
            await expectNumbers(page, await documentOf(page.url()));
          });
    });

  test("a photograph taken with the camera held upright stands upright", async ({ page }) => {
    await openAtEnd(page, START);
    await wish(page, 6, 4, "RGB");
    await chooseFile(page, FILES.turned);
    const input = await loaded(page, [1, 3, 6, 4]);
    const colourAt = (h: number, w: number) =>
      [0, 1, 2].map((c) => (input.data[(c * 6 + h) * 4 + w]! > 127 ? 255 : 0));
    // The quarters red, green, blue and white, turned clockwise.
    expect([colourAt(0, 0), colourAt(0, 3)]).toEqual([
      [0, 0, 255],
      [255, 0, 0],
    ]);
    expect([colourAt(5, 0), colourAt(5, 3)]).toEqual([
      [255, 255, 255],
      [0, 255, 0],
    ]);
    expectRounded(input, await meansOf(page, FILES.turned, "RGB", 6, 4));
  });

  test("it is read again when size, colour or values are wished otherwise", async ({ page }) => {
    await openAtEnd(page, START);
    await wish(page, 4, 6);
    await chooseFile(page, FILES.webp);
    await loaded(page, [1, 1, 4, 6]);
    const means = (H: number, W: number) => meansOf(page, FILES.webp, "RGB", H, W);

    await pick(inputPanel(page), "Colour", "RGB");
    expectRounded(await loaded(page, [1, 3, 4, 6]), await means(4, 6));
    await type(inputPanel(page), "Rows of the image", "8");
    await type(inputPanel(page), "Columns of the image", "12");
    const bytes = await means(8, 12);
    expectRounded(await loaded(page, [1, 3, 8, 12]), bytes);

    await pick(inputPanel(page), "Values", "0 to 9");
    await eventually(async () => Math.max(...(await inputOf(page))), 9);
    const digits = await inputOf(page);
    expect(digits.every((v, i) => Math.abs(v - (bytes[i]! / 255) * 9) <= 0.5 + 1e-9)).toBe(true);
    await pick(inputPanel(page), "Values", "0 to 1");
    await eventually(async () => Math.max(...(await inputOf(page))), 1);
    const shares = await inputOf(page);
    expect(shares.every((v, i) => Math.abs(v - bytes[i]! / 255) <= 0.005 + 1e-9)).toBe(true);
  });

  test("a square of a wide picture is its middle, or all of it pressed together", async ({
    page,
  }) => {
    await openAtEnd(page, START);
    await wish(page, 2, 2, "RGB");
    await chooseFile(page, FILES.webp);
    // 32 × 32 in the middle of 48 × 32.
    expectRounded(
      await loaded(page, [1, 3, 2, 2]),
      await meansOf(page, FILES.webp, "RGB", 2, 2, 8),
    );
    await pick(inputPanel(page), "Shape", "stretch");
    const all = await meansOf(page, FILES.webp, "RGB", 2, 2);
    await eventually(async () => inputOf(page), all.map(Math.round));
  });
});

async function inputOf(page: Page): Promise<number[]> {
  return [...(await documentOf(page.url())).input.tensor.data];
}

test.describe("a file that is no image", () => {
  /** Why the file cannot be read, as the app's own reading of its first bytes says. */
  async function refusalOf(bytes: Buffer): Promise<ConvError> {
    try {
      return broken(await checkHeader(new Blob([new Uint8Array(bytes)])));
    } catch (error) {
      if (error instanceof ConvError) return error;
      throw error;
    }
  }

  const BAD = [
    ["a bomb: few bytes, 256 million pixels", FILES.bomb, /16000 × 16000 is 256 megapixels/],
    ["cut off in the middle", FILES.cutOff, /broken or cut off/],
    ["a text that calls itself a PNG", FILES.text, /not an image/],
  ] as const;

  for (const [what, file, says] of BAD)
    test(`${what}: one sentence, and nothing is lost`, async ({ page }) => {
      const start = await openAtEnd(page, START);
      const refusal = await refusalOf(readFileSync(file));
      expect(refusal.reason).toMatch(says);
      await wish(page, 6, 8);
      await chooseFile(page, file);
      const problem = inputPanel(page).getByRole("status");
      await expect(problem).toContainText(refusal.reason, { ignoreCase: true });
      await expect(problem).toContainText(`Possible: ${refusal.accepted}.`);
      await expectFigure(page, start);

      await test.step("also when it is dropped", async () => {
        await drop(page, file);
        await expect(notices(page).getByRole("paragraph")).toHaveCount(1);
        await expect(notices(page)).toContainText(refusal.reason, { ignoreCase: true });
        await expectFigure(page, start);
        await notices(page).getByRole("button", { name: "Put away" }).click();
        await expect(notices(page)).toBeEmpty();
      });

      await test.step("and the next possible file is taken", async () => {
        await chooseFile(page, FILES.transparent);
        await loaded(page, [1, 1, 6, 8]);
        await expect(problem).not.toContainText("Possible");
      });
    });

  test("an empty file: one sentence, and nothing is lost", async ({ page }) => {
    const start = await openAtEnd(page, START);
    const refusal = await refusalOf(Buffer.alloc(0));
    await pick(inputPanel(page), "Where the input comes from", "Load");
    await page.getByLabel("Image file").setInputFiles({
      name: "nothing.png",
      mimeType: "image/png",
      buffer: Buffer.alloc(0),
    });
    await expect(inputPanel(page).getByRole("status")).toContainText(refusal.reason, {
      ignoreCase: true,
    });
    await expectFigure(page, start);
  });

  test("a dropped link or text is refused, and the page is not left", async ({ page }) => {
    const start = await openAtEnd(page, START);
    await expect(inputPanel(page)).toBeVisible(); // what is dropped is its business
    for (const [type, says] of [
      ["text/uri-list", "a link was dropped"],
      ["text/plain", "text was dropped"],
    ] as const) {
      const transfer = await page.evaluateHandle((type) => {
        const transfer = new DataTransfer();
        transfer.setData(type, "https://example.com/cat.png");
        return transfer;
      }, type);
      await page.getByRole("main").dispatchEvent("drop", { dataTransfer: transfer });
      await expect(notices(page)).toContainText(says, { ignoreCase: true });
    }
    await expectFigure(page, start);
  });

  test("of several files the first is opened, and it is said", async ({ page }) => {
    await openAtEnd(page, START);
    await wish(page, 4, 6);
    await drop(page, FILES.webp, FILES.transparent);
    const input = await loaded(page, [1, 1, 4, 6]);
    expectRounded(input, await meansOf(page, FILES.webp, "gray", 4, 6));
    await expect(notices(page)).toContainText("quarters.webp");
  });
});

test("every photograph of the samples loads, and the link names it", async ({ page }) => {
  await openAtEnd(page, START);
  await wish(page, 16, 16);
  await pick(inputPanel(page), "Where the input comes from", "Samples");
  for (const name of Object.keys(PHOTOS) as PhotoName[])
    await test.step(name, async () => {
      await inputPanel(page).getByRole("button", { name: PHOTOS[name].label, exact: true }).click();
      await eventually(
        async () => documentWords(page.url()).split("&")[0],
        `input=photo:${name}:16x16`,
      );
      const file = path(`../public/photos/${PHOTOS[name].file}`);
      const means = await meansOf(page, file, "gray", 16, 16);
      const { X } = (await said(page)).plates;
      const off = X!.flat().map((text, i) => Math.abs(Number(text) - means[i]!));
      expect(off).toHaveLength(means.length);
      expect(Math.max(...off)).toBeLessThanOrEqual(0.5 + 1e-9);
    });
  await expect(notices(page)).toBeEmpty();
});

test("a link names a photograph, in gray and in RGB", async ({ page }) => {
  for (const [colour, channels] of [
    ["gray", 1],
    ["RGB", 3],
  ] as const) {
    await open(page, `input=photo:coffee:8x8&channels=${channels}&kernel=identity:1x1`);
    const file = path(`../public/photos/${PHOTOS.coffee.file}`);
    const means = (await meansOf(page, file, colour, 8, 8)).slice(0, 64);
    const { X } = (await said(page)).plates;
    const off = X!.flat().map((text, i) => Math.abs(Number(text) - means[i]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(0.5 + 1e-9);
  }
});

test("a picture too large for the link is there again after a reload", async ({ page }) => {
  await openAtEnd(page, START);
  await wish(page, 128, 128, "RGB");
  await chooseFile(page, FILES.photo);
  await expect.poll(() => new URL(page.url()).searchParams.get("input")).toMatch(/^kept:/);
  await page.getByRole("button", { name: "Last step" }).click();
  const before = await said(page);
  await expect.poll(() => new URL(page.url()).searchParams.get("step")).toBe(String(128 * 128));
  await page.reload();
  await eventually(() => said(page), before);
  await expect(notices(page)).toBeEmpty();

  await test.step("the shared link says that it cannot carry it", async () => {
    await page.getByRole("button", { name: "Share" }).click();
    await expect(page.getByRole("dialog")).toContainText("too many for a link");
    await expect(page.getByRole("textbox", { name: "Link" })).not.toHaveValue(/kept:/);
  });
});

test("where it was not kept, a link that names it says so", async ({ page }) => {
  await open(page, "input=kept:0123456789abcdef&kernel=sobel-x");
  await expect(notices(page)).toContainText("kept only in the browser it was made in");
  await expectNumbers(page, await documentOf("kernel=sobel-x"), 0);
});

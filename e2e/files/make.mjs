// Makes the image files that the tests load: `node e2e/files/make.mjs`. They are committed; run it to change them.
// JPEG and WebP are encoded by the Chromium that the tests use.
import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { findChromium } from "../../scripts/browser.mjs";

/** @param {string} name */
const here = (name) => new URL(name, import.meta.url);

/**
 * A PNG whose `row(y)` gives the bytes of a row; colour type 0 is gray, 6 is RGBA.
 * @type {(width: number, height: number, bits: number, colourType: number, row: (y: number) => Iterable<number>) => Buffer}
 */
function png(width, height, bits, colourType, row) {
  /** @type {(type: string, data: Buffer) => Buffer} */
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, colourType], 8);
  const lines = Array.from({ length: height }, (_, y) => Buffer.from([0, ...row(y)]));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(lines), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

// 8 × 6 RGBA: left half opaque, its gray 10·x + 40·y; right half transparent red, which must come out white.
const transparent = png(8, 6, 8, 6, (y) =>
  Array.from({ length: 8 }, (_, x) => {
    const v = 10 * x + 40 * y;
    return x < 4 ? [v, v, v, 255] : [255, 0, 0, 0];
  }).flat(),
);
writeFileSync(here("transparent.png"), transparent);

// Noise does not compress: cut in half it lacks half of its rows.
let seed = 1;
const noisy = () => {
  seed = (seed * 48271) % 2147483647;
  return seed & 255;
};
const noise = png(64, 64, 8, 0, () => Array.from({ length: 64 }, noisy));
writeFileSync(here("cut-off.png"), noise.subarray(0, noise.length / 2));

// 256 million pixels in about 31 kB.
const blank = new Uint8Array(16_000 / 8);
writeFileSync(
  here("bomb.png"),
  png(16_000, 16_000, 1, 0, () => blank),
);

writeFileSync(here("text.png"), "This is a text, whatever its name says.\n");

// 48 × 32: quarters red, green, blue and white in reading order.
const executablePath = findChromium();
const browser = await chromium.launch(executablePath ? { executablePath } : {});
const page = await browser.newPage();
for (const type of ["jpeg", "webp"]) {
  const bytes = await page.evaluate(async (type) => {
    const canvas = new OffscreenCanvas(48, 32);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    for (const [i, colour] of ["#f00", "#0f0", "#00f", "#fff"].entries()) {
      context.fillStyle = colour;
      context.fillRect((i % 2) * 24, Math.floor(i / 2) * 16, 24, 16);
    }
    const blob = await canvas.convertToBlob({ type: `image/${type}`, quality: 0.95 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, type);
  writeFileSync(here(`quarters.${type}`), Buffer.from(bytes));
  if (type === "jpeg") writeFileSync(here("turned.jpeg"), turned(bytes));
}
await browser.close();

/** The same JPEG with an EXIF note that the camera was held upright: to be shown turned clockwise, 32 × 48. @param {number[]} jpeg */
function turned(jpeg) {
  const exif = Buffer.from(
    "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0",
    "latin1",
  );
  const segment = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([Buffer.from(jpeg.slice(0, 2)), segment, exif, Buffer.from(jpeg.slice(2))]);
}

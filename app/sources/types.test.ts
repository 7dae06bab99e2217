import { expect, test } from "vitest";
import { ACCEPTED, bmpSize, typeOf } from "./types.ts";

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

test.each([
  ["\x89PNG\r\n\x1a\n....", "PNG"],
  ["\xff\xd8\xff\xe0....", "JPEG"],
  ["RIFF\n\r\0\0WEBPVP8 ", "WebP"],
  ["GIF89a....", "GIF"],
  ["\0\0\0\x1cftypavif\0\0\0\0", "AVIF"],
  ["\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "AVIF"],
  ["BM\n\r\0\0\0\0\0\x006\0\0\0", "BMP"],
])("%j is an accepted %s", (head, label) => {
  expect(typeOf(bytes(head))).toMatchObject({ label, accepted: true });
});

test.each([
  ["\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"],
  ["II*\0....", "TIFF"],
  ['<?xml version="1.0"?>\n<!-- made by hand -->\n<svg width="3">', "SVG"],
  ["%PDF-1.7", "PDF"],
])("%j is a %s, refused by name", (head, label) => {
  expect(typeOf(bytes(head))).toMatchObject({ label, accepted: false });
});

test("text, nothing and a cut-off signature are no type", () => {
  for (const head of ["Hello", "", "\x89PN", "BMW is a car", "RIFFxxxxWAVE"])
    expect(typeOf(bytes(head))).toBeNull();
});

test("the accepted types are listed in words", () => {
  expect(ACCEPTED).toBe("PNG, JPEG, WebP, GIF, AVIF or BMP image");
});

test("a BMP header gives its size, top row first or last, old or new; cut off, none", () => {
  const header = (size: number, write: (view: DataView) => void) => {
    const data = new Uint8Array(60);
    const view = new DataView(data.buffer);
    view.setUint32(14, size, true);
    write(view);
    return data;
  };
  const modern = header(40, (view) => {
    view.setInt32(18, 640, true);
    view.setInt32(22, -480, true);
  });
  const old = header(12, (view) => {
    view.setUint16(18, 640, true);
    view.setUint16(20, 480, true);
  });
  expect(bmpSize(modern)).toEqual({ width: 640, height: 480 });
  expect(bmpSize(old)).toEqual({ width: 640, height: 480 });
  expect(bmpSize(modern.subarray(0, 20))).toBeUndefined();
});

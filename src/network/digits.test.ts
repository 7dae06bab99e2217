import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { refusalOf } from "../testing/refusal.ts";
import { DIGITS, decodeDigits, digitsDataset } from "./digits.ts";

const file = () =>
  new Uint8Array(readFileSync(new URL(`../../public/${DIGITS.file}`, import.meta.url)));
const sha256 = (...parts: Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");

const digits = decodeDigits(file());

/** An image as a picture: a digit of base 17 a pixel. */
const picture = (n: number) =>
  Array.from({ length: 8 }, (_, row) =>
    Array.from(digits.pixels.subarray(n * 64 + row * 8, n * 64 + row * 8 + 8), (v) =>
      v.toString(17),
    ).join(""),
  );

test("the file is the one that was published, and decodes to the other one that was", () => {
  expect(sha256(file())).toBe("c3c01c7342349f077fc27f423e6388c96070dba9113f857cb0a06854e1340cd0");
  expect(sha256(digits.pixels, digits.labels)).toBe(
    "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826",
  );
});

test("the first image is a 0, the last an 8", () => {
  expect(digits.labels[0]).toBe(0);
  expect(picture(0)).toEqual([
    "005d9100",
    "00dfaf50",
    "03f20b80",
    "04c00880",
    "05800980",
    "04b01c70",
    "02e5ac00",
    "006da000",
  ]);
  expect(digits.labels[1796]).toBe(8);
  expect(picture(1796)).toEqual([
    "00ae8100",
    "02ge6100",
    "00ff8f00",
    "005gga00",
    "00cffc00",
    "04g64g60",
    "08ga8g80",
    "018cec10",
  ]);
});

test("so many of each class, and so much ink", () => {
  const counts = Array.from({ length: 10 }, (_, k) => digits.labels.filter((l) => l === k).length);
  expect(counts).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
  expect(digits.pixels.reduce((a, v) => a + v, 0)).toBe(561718);
});

test("a network sees sixteenths", () => {
  const { images, labels } = digitsDataset(digits);
  expect(images.shape).toEqual([1797, 1, 8, 8]);
  expect([...images.data.subarray(2, 5)]).toEqual([5 / 16, 13 / 16, 9 / 16]);
  expect(labels).toBe(digits.labels);
});

describe("another file is refused", () => {
  test.each<[string, (file: Uint8Array) => Uint8Array, RegExp]>([
    ["a shorter one", (file) => file.subarray(1), /^60457 bytes/],
    [
      "a page that says it is not there",
      () => new TextEncoder().encode("<!doctype html>"),
      /^15 b/,
    ],
    ["a level of 17", (file) => file.fill(255, 0, 4), /^group 1 /],
    ["a label of 15", (file) => file.fill(255, file.length - 3), /^label 179\d is 15/],
  ])("%s", (_what, change, reason) => {
    const refusal = refusalOf(() => decodeDigits(change(file())));
    expect(refusal.field).toBe("digits");
    expect(refusal.reason).toMatch(reason);
  });
});

import { describe, expect, test } from "vitest";
import { sizeOf, tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { readImages } from "./images.ts";
import { writeNpy } from "./npy.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const csv = (text: string, name = "letters.csv") => readImages([{ name, bytes: bytes(text) }]);

/** Six images of 4 × 4; image n is of class n % 3 and holds 8 and n; the first pixel is empty. */
const rows = Array.from({ length: 6 }, (_, n) => [n % 3, 0, 8, n, ...new Array(13).fill(1)]);
const labelLast = rows.map(([label, ...pixels]) => [...pixels, label]);
const textOf = (table: readonly (readonly unknown[])[], by = ",") =>
  table.map((row) => row.join(by)).join("\n");

/** Labels, and the pixel that says which image it was, in the order of the data. */
function found({ collection: { data } }: ReturnType<typeof readImages>) {
  const cells = sizeOf(data.images.shape.slice(1));
  return Array.from(data.labels, (label, n) => [label, data.images.data[n * cells + 2]! * 8]);
}

const all = [0, 1, 2, 3, 4, 5].map((n) => [n % 3, n]);

describe("a CSV of labelled images", () => {
  test("is the data of a run: shuffled, a fifth held out, pixels from 0 to 1", () => {
    const read = csv(textOf(rows));
    const { name, train, classes, data } = read.collection;
    expect({ name, train, classes, shape: data.images.shape }).toEqual({
      ...{ name: "letters.csv", train: 5, classes: 3 },
      shape: [6, 1, 4, 4],
    });
    expect(found(read)).not.toEqual(all);
    expect(found(read).toSorted((a, b) => a[1]! - b[1]!)).toEqual(all);
    expect(Math.max(...data.images.data)).toBe(1);
    expect(read.says).toBe(
      "6 images of 4 × 4 in 3 classes, 1 held out; label in the first column, pixels divided by the largest, 8.",
    );
  });

  test("a label that is none is refused, not taken for a pixel", () => {
    const many = Array.from({ length: 20 }, (_, n) => [
      n === 12 ? 36 : n % 3,
      ...new Array(16).fill(n % 5),
    ]);
    expect(() => csv(textOf(many))).toThrow("36 is no class; accepted: whole numbers from 0 to 35");
    // pixels of which few are classes are no labels
    const bright = many.map(([, ...pixels], n) => [40 + n, ...pixels.slice(1), n % 3]);
    expect(csv(textOf(bright)).says).toContain("label in the last column");
  });

  const head = ["label", ...Array.from({ length: 16 }, (_, i) => `p${i}`)];
  test.each<[string, string, string]>([
    ["separated by semicolons", textOf(rows, ";"), "first"],
    [
      "separated by tabs, with carriage returns",
      textOf(rows, "\t").replaceAll("\n", "\r\n"),
      "first",
    ],
    ["with empty lines and a mark of the byte order", `\uFEFF\n${textOf(rows)}\n\n`, "first"],
    ["in quotes", textOf(rows.map((row) => row.map((v) => `"${v}"`))), "first"],
    ["with a head", textOf([head, ...rows]), "first"],
    ["label last, since the first pixel is always empty", textOf(labelLast), "last"],
    ["label last by its name", textOf([[...head.slice(1), "Class"], ...labelLast]), "last"],
  ])("%s", (_how, text, column) => {
    const read = csv(text);
    expect(found(read)).toEqual(found(csv(textOf(rows))));
    expect(read.says).toContain(`label in the ${column} column`);
  });

  const changed = (row: number, column: number, value: unknown) =>
    textOf(rows.map((cells, r) => cells.map((v, c) => (r === row && c === column ? value : v))));
  test.each<[string, string, string]>([
    ["a word", changed(2, 4, "x"), "letters.csv, row 3, column 5: “x” is not a number"],
    ["a gap", changed(2, 4, ""), "letters.csv, row 3, column 5: “” is not a number"],
    ["NaN", changed(2, 4, "NaN"), "letters.csv, row 3, column 5: “NaN” is not a number"],
    [
      "too large a number",
      changed(2, 4, "1e999"),
      "letters.csv, row 3, column 5: “1e999” is not a number",
    ],
    ["hexadecimal", changed(2, 4, "0x10"), "letters.csv, row 3, column 5: “0x10” is not a number"],
    ["less than nothing", changed(1, 3, -1), "letters.csv, row 2, column 4: -1 is no brightness"],
    ["half a class", changed(4, 0, 1.5), "letters.csv, row 5, column 1: 1.5 is no class"],
    ["too high a class", changed(4, 0, 100), "letters.csv, row 5, column 1: 100 is no class"],
    ["a short row", `${textOf(rows)}\n1,2`, "letters.csv, row 7: has 2 columns"],
    [
      "no square",
      textOf(rows.map((row) => row.slice(1))),
      "letters.csv: has 16 columns, which leaves 15 pixels",
    ],
    [
      "one class",
      textOf(rows.map((row) => [1, ...row.slice(1)])),
      "letters.csv: holds images of one class alone",
    ],
    [
      "empty images",
      textOf(rows.map(([n]) => [n, ...new Array(16).fill(0)])),
      "letters.csv: holds empty images",
    ],
    ["too few", textOf(rows.slice(2)), "letters.csv: holds 4 images"],
    [
      "too small",
      textOf(rows.map((row) => row.slice(0, 10))),
      "letters.csv: holds images of 3 rows",
    ],
    ["too many", "0,1\n".repeat(10_001), "letters.csv: has 10001 rows"],
    ["too large", `${"0,".repeat(5000)}0\n`.repeat(900), "letters.csv: holds 900 × 5001 numbers"],
    ["nothing", " \n", "letters.csv: is empty"],
    ["a head alone", head.join(","), "letters.csv: holds 0 images"],
  ])("%s is refused, with its place", (_what, text, says) => {
    const { message } = refusalOf(() => csv(text));
    expect(message).toContain(says);
    expect(message).toMatch(/; accepted: .+\.$/);
  });

  test("a picture is none", () => {
    const file = { name: "cat.csv", bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff) };
    expect(refusalOf(() => readImages([file])).message).toContain(
      "cat.csv: is neither text nor .npy",
    );
  });
});

describe("two .npy", () => {
  const pixels = rows.flatMap(([, ...rest]) => rest) as number[];
  const images = { name: "x.npy", bytes: writeNpy(tensor([6, 4, 4], pixels)) };
  const labels = {
    name: "y.npy",
    bytes: writeNpy(
      tensor(
        [6],
        rows.map(([label]) => label!),
      ),
    ),
  };
  const shaped = (...shape: number[]) => ({ ...images, bytes: writeNpy(tensor(shape, pixels)) });

  test.each([
    ["N × H × W", [images, labels]],
    ["the other way round", [labels, images]],
    ["N × 1 × H × W", [shaped(6, 1, 4, 4), labels]],
    ["N × pixels", [shaped(6, 16), labels]],
  ])("%s are the same as the CSV", (_how, files) => {
    const read = readImages(files);
    const same = csv(textOf(rows)).collection;
    expect(read.collection).toEqual({ ...same, name: "x.npy" });
  });

  test("images need not be squares", () => {
    const wide = tensor(
      [5, 4, 6],
      Float64Array.from({ length: 120 }, (_, i) => i),
    );
    const five = { name: "y.npy", bytes: writeNpy(tensor([5], [0, 1, 0, 1, 1])) };
    const read = readImages([{ name: "x.npy", bytes: writeNpy(wide) }, five]);
    expect(read.collection.data.images.shape).toEqual([5, 1, 4, 6]);
  });

  const odd = { name: "odd.npy", bytes: writeNpy(tensor([5], [1, 2, 3, 4, 5])) };
  const nan = { ...images, bytes: writeNpy(tensor([6, 4, 4], pixels.with(20, Number.NaN))) };
  test.each<[string, Parameters<typeof readImages>[0], string]>([
    ["one alone", [images], "x.npy: is one .npy alone"],
    ["two of images", [images, images], "x.npy and x.npy: are both images"],
    ["two of labels", [labels, labels], "y.npy and y.npy: are both labels"],
    ["labels too few", [images, odd], "odd.npy: holds 5 labels"],
    ["a flat strip", [shaped(2, 48), labels], "x.npy: has the shape 2 × 48"],
    ["NaN", [nan, labels], "x.npy, image 2, pixel 5: NaN is no brightness"],
    ["a CSV beside", [images, { name: "a.csv", bytes: bytes("1") }], "a.csv: is no .npy file"],
    [
      "three CSVs",
      new Array(3).fill({ name: "a.csv", bytes: bytes("1") }),
      "3 files: are too many",
    ],
    ["none", [], "files: there is none"],
    [
      "a huge one",
      [{ name: "a.csv", bytes: new Uint8Array(21 * 2 ** 20) }],
      "a.csv: has 22020096 bytes",
    ],
  ])("%s are refused in a sentence", (_what, files, says) => {
    expect(refusalOf(() => readImages(files)).message).toContain(says);
  });
});

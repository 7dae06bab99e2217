import { ConvError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { Collection } from "../network/collection.ts";
import { orderOf, pick } from "../network/dataset.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { readCsv, type Table } from "./csv.ts";
import { isNpy, readNpy } from "./npy.ts";

/** A file as it was chosen or dropped. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Images of one's own, ready to be trained on, and what was made of the file in a sentence. */
export interface OwnImages {
  readonly collection: Collection;
  readonly says: string;
}

/** What is taken. */
export const OWN_IMAGES = {
  /** All pixels of all images are LIMITS.numbers at most. */
  least: 5,
  most: 10_000,
  /** Rows and columns of an image: every preset fits the smallest. */
  shortest: 4,
  longest: 64,
  /** Ten digits and 26 letters: a confusion of more cannot be read. */
  classes: 36,
  bytes: 20 * 2 ** 20,
  /** One in so many is held out. */
  heldOut: 5,
} as const;

/** The images that are held out are the same whatever the seed of a run: runs can be compared. */
const SPLIT_SEED = 1;

/** Numbers as they stand in a file: N H W, and a label for each image. */
interface Raw {
  readonly name: string;
  readonly pixels: Tensor;
  readonly labels: ArrayLike<number>;
  /** Where pixel i, and label n, stand in the file. */
  readonly pixelAt: (i: number) => string;
  readonly labelAt: (n: number) => string;
  readonly remark: string;
}

function checkSizes(name: string, [N, H, W]: readonly [number, number, number]): void {
  const { least, most, shortest, longest } = OWN_IMAGES;
  if (N < least || N > most)
    throw new ConvError(name, `holds ${N} images`, `${least} to ${most} images`);
  for (const [side, n] of [
    ["rows", H],
    ["columns", W],
  ] as const)
    if (n < shortest || n > longest)
      throw new ConvError(
        name,
        `holds images of ${n} ${side}`,
        `${shortest} to ${longest} ${side}, such as 8 or 28`,
      );
}

/** Pixels divided by the largest of them, classes counted, images shuffled and some held out. */
function own({ name, pixels, labels, pixelAt, labelAt, remark }: Raw): OwnImages {
  const [N, H, W] = pixels.shape as [number, number, number];
  checkSizes(name, [N, H, W]);
  let largest = 0;
  for (const [i, value] of pixels.data.entries()) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
      throw new ConvError(
        `${name}, ${pixelAt(i)}`,
        `${value} is no brightness`,
        "numbers from 0 (paper) up",
      );
    largest = Math.max(largest, value);
  }
  if (largest === 0) throw new ConvError(name, "holds empty images", "pixels above 0");
  const last = OWN_IMAGES.classes - 1;
  const seen = new Set<number>();
  for (let n = 0; n < N; n++) {
    const label = labels[n]!;
    if (!(Number.isInteger(label) && label >= 0 && label <= last))
      throw new ConvError(
        `${name}, ${labelAt(n)}`,
        `${label} is no class`,
        `whole numbers from 0 to ${last}`,
      );
    seen.add(label);
  }
  if (seen.size < 2)
    throw new ConvError(name, "holds images of one class alone", "two classes or more");
  const images = tensor(
    [N, 1, H, W],
    pixels.data.map((value) => value / largest),
  );
  const data = pick({ images, labels: Uint8Array.from(labels) }, orderOf(N, SPLIT_SEED, 0));
  const classes = Math.max(...seen) + 1;
  const held = Math.max(1, Math.round(N / OWN_IMAGES.heldOut));
  const most = Number(largest.toPrecision(4));
  return {
    collection: { name, data, train: N - held, classes },
    says: `${N} images of ${H} × ${W} in ${classes} classes, ${held} held out; ${remark}pixels divided by the largest, ${most}.`,
  };
}

/** Names of the column that holds the labels. */
const LABEL = /^(label|class|target|digit|y)s?$/i;

/** Whether a column holds more than one number, and the share of its rows that hold a class. */
function classesIn({ rows, columns, values }: Table, column: number) {
  const seen = new Set<number>();
  let good = 0;
  for (let r = 0; r < rows; r++) {
    const value = values[r * columns + column]!;
    seen.add(value);
    if (Number.isInteger(value) && value >= 0 && value < OWN_IMAGES.classes) good++;
  }
  return { several: seen.size > 1, share: good / rows };
}

/** From this share of classes on a column is one of labels, and what is none of them a mistake in it. */
const MOSTLY = 0.9;

/**
 * The column of the labels, the first or the last: the one that is named so; else the first, unless only the last
 * can be it. A corner of all pictures is often empty, and so no label.
 */
function labelColumn(table: Table): number {
  const last = table.columns - 1;
  for (const column of [0, last])
    if (LABEL.test(table.names?.[column]?.trim() ?? "")) return column;
  const [begin, end] = [classesIn(table, 0), classesIn(table, last)];
  const isFirst = begin.several && begin.share >= MOSTLY;
  return !isFirst && end.several && end.share === 1 ? last : 0;
}

function fromCsv({ name, bytes }: NamedFile): OwnImages {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ConvError(name, "is neither text nor .npy", "a CSV of labelled images, or two .npy");
  }
  const cells = LIMITS.numbers + OWN_IMAGES.most;
  const table = readCsv(name, text, { rows: OWN_IMAGES.most, cells });
  const { columns, rows, values, where } = table;
  const side = Math.sqrt(columns - 1);
  if (!Number.isInteger(side) || side === 0)
    throw new ConvError(
      name,
      `has ${columns} columns, which leaves ${columns - 1} pixels an image beside its label`,
      "as many pixels as a square has, such as 64 or 784; other shapes as .npy",
    );
  const at = labelColumn(table);
  const from = at === 0 ? 1 : 0;
  const pixels = tensor([rows, side, side]);
  for (let r = 0; r < rows; r++)
    pixels.data.set(
      values.subarray(r * columns + from, (r + 1) * columns - 1 + from),
      r * side * side,
    );
  return own({
    ...{ name, pixels },
    labels: Float64Array.from({ length: rows }, (_, r) => values[r * columns + at]!),
    pixelAt: (i) => where(Math.floor(i / side ** 2), (i % side ** 2) + from),
    labelAt: (n) => where(n, at),
    remark: `label in the ${at === 0 ? "first" : "last"} column, `,
  });
}

/** N H W of images that may also lie as N 1 H W, or as N rows of as many pixels as a square has. */
function imageShape(name: string, shape: readonly number[]): readonly [number, number, number] {
  const [N = 0, ...rest] = shape;
  if (rest.length === 2) return [N, rest[0]!, rest[1]!];
  if (rest.length === 3 && rest[0] === 1) return [N, rest[1]!, rest[2]!];
  const side = Math.sqrt(rest[0] ?? 0);
  if (rest.length === 1 && Number.isInteger(side)) return [N, side, side];
  throw new ConvError(
    name,
    `has the shape ${shape.join(" × ")}`,
    "N × H × W, or N × as many pixels as a square has",
  );
}

function fromNpy(files: readonly NamedFile[]): OwnImages {
  const accepted = "two .npy: images N × H × W, and labels N";
  if (files.length !== 2)
    throw new ConvError(files[0]!.name, "is one .npy alone", `${accepted}, chosen together`);
  const read = files.map(({ name, bytes }) => ({ name, numbers: readNpy(name, bytes) }));
  const isLabels = ({ numbers: { shape } }: (typeof read)[number]) =>
    shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  const labels = read.find(isLabels);
  const images = read.find((one) => !isLabels(one));
  if (!labels || !images)
    throw new ConvError(
      read.map(({ name }) => name).join(" and "),
      labels ? "are both labels" : "are both images",
      accepted,
    );
  const shape = imageShape(images.name, images.numbers.shape);
  const count = labels.numbers.data.length;
  if (count !== shape[0])
    throw new ConvError(labels.name, `holds ${count} labels`, `${shape[0]}, one an image`);
  const area = shape[1] * shape[2];
  return own({
    name: images.name,
    pixels: tensor(shape, images.numbers.data),
    labels: labels.numbers.data,
    pixelAt: (i) => `image ${Math.floor(i / area) + 1}, pixel ${(i % area) + 1}`,
    labelAt: (n) => `label ${n + 1} of ${labels.name}`,
    remark: `labels from ${labels.name}, `,
  });
}

/**
 * Labelled images in a CSV (a row an image: label and pixels), or in two .npy.
 * @throws ConvError in one sentence: which file, which row and column, what is accepted.
 */
export function readImages(files: readonly NamedFile[]): OwnImages {
  const [first] = files;
  if (!first) throw new ConvError("files", "there is none", "a CSV, or two .npy");
  for (const { name, bytes } of files)
    if (bytes.length > OWN_IMAGES.bytes)
      throw new ConvError(name, `has ${bytes.length} bytes`, `up to ${OWN_IMAGES.bytes}`);
  if (files.some(({ bytes }) => isNpy(bytes))) return fromNpy(files);
  if (files.length > 1)
    throw new ConvError(`${files.length} files`, "are too many", "one CSV, or two .npy");
  return fromCsv(first);
}

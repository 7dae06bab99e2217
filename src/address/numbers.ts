import { ConvError, shown } from "../errors.ts";
import { type Tensor, tensor } from "../tensor.ts";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** 3, -1.5, −2 (a real minus sign), 1e-3, or a fraction such as 1/9. */
export function readNumber(field: string, text: string): number {
  const parts = text.trim().replace(/[−–]/g, "-").split("/");
  const [value, divisor = 1] = parts.map((part) => (NUMBER.test(part) ? Number(part) : Number.NaN));
  const quotient = value! / divisor;
  if (parts.length <= 2 && Number.isFinite(quotient)) return quotient;
  throw new ConvError(
    field,
    `${shown(text.trim())} is not a number`,
    "numbers such as 3, -1.5 or 1/9",
  );
}

/** The shortest text that reads back as the same number. */
export function writeNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
}

/** The numbers of a list, between commas or spaces. */
function split(text: string): string[] {
  return text
    .trim()
    .split(/[\s,]+/)
    .filter((part) => part !== "");
}

export function readList(field: string, text: string): number[] {
  const parts = split(text);
  if (parts.length === 0) throw new ConvError(field, "has no number", "numbers such as 1, 2, 3");
  return parts.map((part) => readNumber(field, part));
}

/** The whole numbers of a list, each `least` or more. */
export function readWholes(field: string, text: string, least: number, accepted: string): number[] {
  return split(text).map((part) => {
    const value = readNumber(field, part) + 0; // −0 is 0 cells
    if (Number.isInteger(value) && value >= least) return value;
    const why = Number.isInteger(value) ? "is too small" : "is not a whole number";
    throw new ConvError(field, `${shown(part)} ${why}`, accepted);
  });
}

/** What the outer axis of a tensor is called, for a refusal that says where. */
export type Outer = "example" | "filter";

/**
 * A tensor written out: rows between `;` (or line breaks), channels between `|`, examples or filters between `||`.
 * `1 2; 3 4 | 5 6; 7 8` is 1 × 2 × 2 × 2.
 */
export function readLiteral(field: string, text: string, outer: Outer): Tensor {
  const items = text
    .split("||")
    .map((item) => item.split("|").map((plane) => plane.split(/[;\n]/)));
  const where = (i: number, j: number) => `channel ${j + 1} of ${outer} ${i + 1}`;
  const planes = items.map((item, i) => item.map((rows, j) => readPlane(field, rows, where(i, j))));
  const first = planes[0]![0]!;
  const data: number[] = [];
  for (const [i, item] of planes.entries()) {
    if (item.length !== planes[0]!.length)
      throw new ConvError(
        field,
        `${outer} ${i + 1} has ${item.length} channels, but ${outer} 1 has ${planes[0]!.length}`,
        `the same number of channels in every ${outer}`,
      );
    for (const [j, rows] of item.entries()) {
      if (rows.length !== first.length || rows[0]!.length !== first[0]!.length)
        throw new ConvError(
          field,
          `${where(i, j)} is ${rows.length} × ${rows[0]!.length}, but the first is ${first.length} × ${first[0]!.length}`,
          "channels of one size",
        );
      for (const row of rows) for (const value of row) data.push(value);
    }
  }
  const shape = [planes.length, planes[0]!.length, first.length, first[0]!.length];
  return tensor(shape, data, field);
}

function readPlane(field: string, texts: readonly string[], where: string): number[][] {
  const rows = texts.filter((row) => row.trim() !== "").map((row) => readList(field, row));
  if (rows.length === 0)
    throw new ConvError(field, `${where} is empty`, "rows of numbers such as 1 2; 3 4");
  const uneven = rows.findIndex((row) => row.length !== rows[0]!.length);
  if (uneven > 0)
    throw new ConvError(
      field,
      `row ${uneven + 1} of ${where} has ${rows[uneven]!.length} numbers, but row 1 has ${rows[0]!.length}`,
      "rows of one length",
    );
  return rows;
}

/** The text `readLiteral` reads as this tensor; null where it would be longer than `most`. */
export function writeLiteral({ shape, data }: Tensor, most: number): string | null {
  if (data.length * 2 - 1 > most) return null;
  const [, inner, rows, columns] = shape as [number, number, number, number];
  const gaps = [
    [inner * rows * columns, "||"],
    [rows * columns, "|"],
    [columns, ";"],
    [1, " "],
  ] as const;
  let text = "";
  for (const [i, value] of data.entries()) {
    if (i > 0) text += gaps.find(([every]) => i % every === 0)![1];
    text += writeNumber(value);
  }
  return text.length <= most ? text : null;
}

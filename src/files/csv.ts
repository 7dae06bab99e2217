import { ConvError, shown } from "../errors.ts";

/** A table of numbers, and the names over its columns, if there are any. */
export interface Table {
  readonly columns: number;
  readonly rows: number;
  /** Row after row. */
  readonly values: Float64Array;
  readonly names: readonly string[] | null;
  /** Where a value stands in the file, both counted from 1: “row 3, column 5”. */
  readonly where: (row: number, column: number) => string;
}

const SEPARATORS = [",", ";", "\t"] as const;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Most cells are that: seen at once, where millions have to be looked at. */
const PLAIN = /^\d{1,6}$/;

const unquoted = (cell: string) => cell.trim().replace(/^"(.*)"$/, "$1");

/**
 * The numbers of a text, separated by commas, semicolons or tabs; a first row that is not all numbers names the
 * columns. `field` is what to call it.
 * @throws ConvError naming row and column.
 */
export function readCsv(field: string, text: string, most: { rows: number; cells: number }): Table {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ line, at: i + 1 }))
    .filter(({ line }) => line.trim() !== "");
  const [first] = lines;
  if (!first) throw new ConvError(field, "is empty", "a row for each image");
  const separator = SEPARATORS.find((one) => first.line.includes(one)) ?? ",";
  const head = first.line.split(separator).map(unquoted);
  const names = head.every((cell) => NUMBER.test(cell)) ? null : head;
  const body = names ? lines.slice(1) : lines;
  const columns = head.length;
  if (body.length > most.rows)
    throw new ConvError(field, `has ${body.length} rows`, `up to ${most.rows}`);
  if (body.length * columns > most.cells)
    throw new ConvError(
      field,
      `holds ${body.length} × ${columns} numbers`,
      `up to ${most.cells} of them`,
    );
  const values = new Float64Array(body.length * columns);
  for (const [r, { line, at }] of body.entries()) {
    const cells = line.split(separator);
    if (cells.length !== columns)
      throw new ConvError(
        `${field}, row ${at}`,
        `has ${cells.length} columns`,
        `${columns}, as the first row has`,
      );
    for (let c = 0; c < columns; c++) {
      if (PLAIN.test(cells[c]!)) {
        values[r * columns + c] = Number(cells[c]);
        continue;
      }
      const cell = unquoted(cells[c]!);
      const value = Number(cell);
      if (!NUMBER.test(cell) || !Number.isFinite(value))
        throw new ConvError(
          `${field}, row ${at}, column ${c + 1}`,
          `${shown(cell)} is not a number`,
          "a number such as 7 or 0.5",
        );
      values[r * columns + c] = value;
    }
  }
  return {
    ...{ columns, rows: body.length, values, names },
    where: (row, column) => `row ${body[row]!.at}, column ${column + 1}`,
  };
}

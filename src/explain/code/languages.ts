import type { Tensor } from "../../tensor.ts";
import { axesShown } from "../cell.ts";
import type { CodeLine, Mark } from "./program.ts";

/** The languages in which a lens shows its program. */
export const LANGUAGES = {
  numpy: { label: "NumPy", imports: ["import numpy as np"] },
  pytorch: { label: "PyTorch", imports: ["import torch", "import torch.nn.functional as F"] },
  typescript: { label: "TypeScript", imports: [] },
} as const satisfies Record<
  string,
  { readonly label: string; readonly imports: readonly string[] }
>;

export type LanguageName = keyof typeof LANGUAGES;

/** Lines of one part of a program, without marks. */
export function lines(part: CodeLine["part"], ...texts: readonly string[]): CodeLine[] {
  return texts.map((text) => ({ text, part }));
}

/** A line of the computation, and at which moments of a step it runs. */
export function marked(text: string, ...marks: readonly Mark[]): CodeLine {
  return { text, part: "body", marks };
}

/** A number that all three languages read, and read back to the same bits. */
export function literal(v: number): string {
  // Python would take a long row of digits for an integer, and find it too large.
  return Math.abs(v) >= 1e15 ? v.toExponential() : String(v);
}

/** Rows longer than this are broken, so that a program can be read without scrolling far. */
const WIDTH = 96;

/** Numbers up to this length stand in columns; longer ones would tear the columns apart. */
const ALIGNED = 6;

/**
 * A tensor between `before` and `after`: one row a line, leading axes of length 1 left out.
 * The brackets are those of all three languages.
 */
export function arrayLines(before: string, { shape, data }: Tensor, after: string): string[] {
  const axes = axesShown(shape);
  const texts = Array.from(data, literal);
  if (axes === 0) return [before + texts[0] + after];
  const longest = texts.reduce((most, { length }) => Math.max(most, length), 0);
  const aligned =
    axes > 1 && longest <= ALIGNED ? texts.map((text) => text.padStart(longest)) : texts;
  const written = nested(shape.slice(-axes), aligned, "");
  written[0] = before + written[0];
  written[written.length - 1] += after;
  return written;
}

function nested(shape: readonly number[], texts: readonly string[], indent: string): string[] {
  if (shape.length === 1) return row(texts, indent);
  const [length, ...rest] = shape as [number, ...number[]];
  const size = texts.length / length;
  const inner = Array.from({ length }, (_, i) => {
    const part = nested(rest, texts.slice(i * size, (i + 1) * size), `${indent}  `);
    part[part.length - 1] += ",";
    return part;
  });
  return [`${indent}[`, ...inner.flat(), `${indent}]`];
}

function row(texts: readonly string[], indent: string): string[] {
  const one = `${indent}[${texts.join(", ")}]`;
  if (one.length <= WIDTH) return [one];
  const broken: string[] = [];
  let line = "";
  for (const text of texts) {
    const longer = line === "" ? `${indent}  ${text},` : `${line} ${text},`;
    if (longer.length > WIDTH && line !== "") {
      broken.push(line);
      line = `${indent}  ${text},`;
    } else line = longer;
  }
  return [`${indent}[`, ...broken, line, `${indent}]`];
}

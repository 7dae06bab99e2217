import type { Answer } from "../../forward.ts";
import type { Geometry } from "../../geometry.ts";
import type { Layer } from "../../layer.ts";
import { unravel } from "../../tensor.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import type { Program, ProgramOptions } from "./program.ts";
import { nestOf } from "./window/nest.ts";
import { numpyWindow } from "./window/numpy.ts";
import { pytorchWindow } from "./window/pytorch.ts";
import { typescriptWindow } from "./window/typescript.ts";

/** What a lens shows in one language. */
export interface ProgramRow {
  readonly label: string;
  /** The whole program, with the shown numbers. @throws ConvError where they are too many to write out. */
  readonly program: (
    g: Geometry,
    layer: Layer,
    answer: Answer,
    options?: ProgramOptions,
  ) => Program;
}

/** The forward pass as nested loops over the outputs. */
export const WINDOW_PROGRAMS = {
  numpy: { label: LANGUAGES.numpy.label, program: numpyWindow },
  pytorch: { label: LANGUAGES.pytorch.label, program: pytorchWindow },
  typescript: { label: LANGUAGES.typescript.label, program: typescriptWindow },
} as const satisfies Record<LanguageName, ProgramRow>;

/** The variables of the NumPy program as output `y` is made: i = 1   j = 2   win.shape = (3, 3). */
export function variablesAt(g: Geometry, y: number): string {
  const [n, f, i, j] = unravel(g.shapes.Y, y) as [number, number, number, number];
  const { loops, first } = nestOf(g);
  const loopValues = { n, f };
  const firstChannel = Math.floor(f / g.filtersPerGroup) * g.depth;
  const window = [...(g.depth > 1 ? [g.depth] : []), g.rows.k, g.columns.k];
  return [
    ...loops.map(({ index }) => `${index} = ${loopValues[index]}`),
    ...(first === "first" ? [`first = ${firstChannel}`] : []),
    `i = ${i}`,
    `j = ${j}`,
    `win.shape = (${window.join(", ")})`,
  ].join("   ");
}

import type { Answer } from "../../forward.ts";
import type { Geometry } from "../../geometry.ts";
import { tapsOf } from "../../geometry.ts";
import { unravel } from "../../tensor.ts";
import { full } from "../number.ts";
import { firstChannelOf } from "./back/parts.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import { numpyScatter } from "./scatter/numpy.ts";
import { pytorchScatter } from "./scatter/pytorch.ts";
import { typescriptScatter } from "./scatter/typescript.ts";
import type { ProgramRow } from "./window.ts";

/** dX as every δ stamps it. */
export const SCATTER_PROGRAMS = {
  numpy: { label: LANGUAGES.numpy.label, program: numpyScatter },
  pytorch: { label: LANGUAGES.pytorch.label, program: pytorchScatter },
  typescript: { label: LANGUAGES.typescript.label, program: typescriptScatter },
} as const satisfies Record<LanguageName, ProgramRow>;

/** The variables of the NumPy program as δ `y` is stamped: i = 1   j = 2   delta[i, j] = −2. */
export function scatterVariables(g: Geometry, { back }: Answer, y: number): string {
  const [n, f, i, j] = unravel(g.shapes.Y, y) as [number, number, number, number];
  const { N, F } = g.spec;
  const first = unravel(g.shapes.P, tapsOf(g, "Y", y)[0]!.p)[1];
  return [
    ...(N > 1 ? [`n = ${n}`] : []),
    ...(F > 1 ? [`f = ${f}`] : []),
    ...(firstChannelOf(g) === "first" ? [`first = ${first}`] : []),
    `i = ${i}`,
    `j = ${j}`,
    `δ = ${full(back?.delta.data[y] ?? Number.NaN)}`,
  ].join("   ");
}

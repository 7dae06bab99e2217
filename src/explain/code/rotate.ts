import type { Geometry } from "../../geometry.ts";
import { unravel } from "../../tensor.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import { numpyRotate } from "./rotate/numpy.ts";
import { pytorchRotate } from "./rotate/pytorch.ts";
import { spreadOf } from "./rotate/spread.ts";
import { typescriptRotate } from "./rotate/typescript.ts";
import type { ProgramRow } from "./window.ts";

/** dX as one more convolution. */
export const ROTATE_PROGRAMS = {
  numpy: { label: LANGUAGES.numpy.label, program: numpyRotate },
  pytorch: { label: LANGUAGES.pytorch.label, program: pytorchRotate },
  typescript: { label: LANGUAGES.typescript.label, program: typescriptRotate },
} as const satisfies Record<LanguageName, ProgramRow>;

/** The variables of the NumPy program as cell `x` of dX is made: i = 4   j = 3   win.shape = (3, 3). */
export function rotateVariables(g: Geometry, x: number): string {
  const [n, c, ih, iw] = unravel(g.shapes.X, x) as [number, number, number, number];
  const { N, C, F } = g.spec;
  // where the ring is folded back, the loop runs over the padded gradient
  const padded = spreadOf(g).target === "dXp";
  const window = [...(N * C * F > 1 ? [g.filtersPerGroup] : []), g.rows.k, g.columns.k];
  return [
    ...(N > 1 ? [`n = ${n}`] : []),
    ...(C > 1 ? [`c = ${c}`] : []),
    ...(g.spec.groups > 1 ? [`first = ${Math.floor(c / g.depth) * g.filtersPerGroup}`] : []),
    `i = ${ih + (padded ? g.rows.before : 0)}`,
    `j = ${iw + (padded ? g.columns.before : 0)}`,
    `win.shape = (${window.join(", ")})`,
  ].join("   ");
}

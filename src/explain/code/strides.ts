import type { MemoryName } from "../../conv/view.ts";
import type { Geometry } from "../../geometry.ts";
import { viewAxes, viewIndices } from "../view.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import { numpyStrides } from "./strides/numpy.ts";
import { pytorchStrides } from "./strides/pytorch.ts";
import { typescriptStrides } from "./strides/typescript.ts";
import type { ProgramRow } from "./window.ts";

/** The forward pass as an einsum over a strided view: no number is copied. */
export const STRIDES_PROGRAMS = {
  numpy: { label: LANGUAGES.numpy.label, program: numpyStrides },
  pytorch: { label: LANGUAGES.pytorch.label, program: pytorchStrides },
  typescript: { label: LANGUAGES.typescript.label, program: typescriptStrides },
} as const satisfies Record<LanguageName, ProgramRow>;

/** What the programs hold as output `y` is made: h = 1   w = 2   view.shape = (1, 4, 4, 1, 3, 3)   … */
export function stridesVariables(g: Geometry, memory: MemoryName, y: number): string {
  const { n, oh, ow } = viewIndices(g, y, 0);
  const axes = viewAxes(g, memory);
  return [
    ...(g.spec.N > 1 ? [`n = ${n}`] : []),
    `h = ${oh}`,
    `w = ${ow}`,
    `view.shape = (${axes.map(({ length }) => length).join(", ")})`,
    `strides = (${axes.map(({ stride }) => stride).join(", ")})`,
  ].join("   ");
}

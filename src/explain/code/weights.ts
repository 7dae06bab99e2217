import type { Geometry } from "../../geometry.ts";
import { slotOfWeight } from "../../provenance.ts";
import { unravel } from "../../tensor.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import { numpyWeights } from "./weights/numpy.ts";
import { pytorchWeights } from "./weights/pytorch.ts";
import { typescriptWeights } from "./weights/typescript.ts";
import type { ProgramRow } from "./window.ts";

/** dW and db: strided slices times δ, colᵀ · δ, and every loop written out. */
export const WEIGHTS_PROGRAMS = {
  numpy: { label: LANGUAGES.numpy.label, program: numpyWeights },
  pytorch: { label: LANGUAGES.pytorch.label, program: pytorchWeights },
  typescript: { label: LANGUAGES.typescript.label, program: typescriptWeights },
} as const satisfies Record<LanguageName, ProgramRow>;

/** The variables of the NumPy program as weight `w` gets its gradient: u = 0   v = 1   part.shape = (4, 4). */
export function weightVariables(g: Geometry, w: number): string {
  const { spec, rows, columns, depth, filtersPerGroup } = g;
  const [f] = unravel(g.shapes.W, w) as [number];
  const [, u, v] = unravel([depth, rows.k, columns.k], slotOfWeight(g, w));
  const plain = spec.N * spec.C * spec.F === 1;
  const part = [...(plain ? [] : [spec.N, depth]), rows.out, columns.out];
  return [
    ...(spec.groups > 1 ? [`g = ${Math.floor(f / filtersPerGroup)}`] : []),
    `u = ${u}`,
    `v = ${v}`,
    `part.shape = (${part.join(", ")})`,
  ].join("   ");
}

import type { Answer } from "../../forward.ts";
import type { Geometry } from "../../geometry.ts";
import type { Layer } from "../../layer.ts";
import { IMAGE_BACK } from "./col2im/image.ts";
import { numpyCol2im } from "./col2im/numpy.ts";
import { pytorchCol2im } from "./col2im/pytorch.ts";
import { typescriptCol2im } from "./col2im/typescript.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import type { Program, ProgramOptions } from "./program.ts";
import type { ProgramRow } from "./window.ts";

type Made = (g: Geometry, layer: Layer, answer: Answer, options: ProgramOptions) => Program;

/** With += the gradient, or what the other choice of the switch shows: with = the image. */
function either(language: LanguageName, gradient: Made): ProgramRow {
  return {
    label: LANGUAGES[language].label,
    program: (g, layer, answer, options = {}) =>
      (options.add === "assign" ? IMAGE_BACK[language] : gradient)(g, layer, answer, options),
  };
}

/** dX by one matrix product whose rows are added back where im2col took them from. */
export const COL2IM_PROGRAMS = {
  numpy: either("numpy", numpyCol2im),
  pytorch: either("pytorch", pytorchCol2im),
  typescript: either("typescript", typescriptCol2im),
} as const satisfies Record<LanguageName, ProgramRow>;

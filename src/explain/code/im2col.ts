import { numpyIm2col } from "./im2col/numpy.ts";
import { pytorchIm2col } from "./im2col/pytorch.ts";
import { typescriptIm2col } from "./im2col/typescript.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import type { ProgramRow } from "./window.ts";

/** The forward pass as one matrix product. */
export const IM2COL_PROGRAMS = {
  numpy: { label: LANGUAGES.numpy.label, program: numpyIm2col },
  pytorch: { label: LANGUAGES.pytorch.label, program: pytorchIm2col },
  typescript: { label: LANGUAGES.typescript.label, program: typescriptIm2col },
} as const satisfies Record<LanguageName, ProgramRow>;

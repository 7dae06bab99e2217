import { numpyCol2im } from "./col2im/numpy.ts";
import { pytorchCol2im } from "./col2im/pytorch.ts";
import { typescriptCol2im } from "./col2im/typescript.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import type { ProgramRow } from "./window.ts";

/** dX by one matrix product whose rows are added back where im2col took them from. */
export const COL2IM_PROGRAMS = {
  numpy: { label: LANGUAGES.numpy.label, program: numpyCol2im },
  pytorch: { label: LANGUAGES.pytorch.label, program: pytorchCol2im },
  typescript: { label: LANGUAGES.typescript.label, program: typescriptCol2im },
} as const satisfies Record<LanguageName, ProgramRow>;

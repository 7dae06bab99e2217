import { numpyIndices } from "./indices/numpy.ts";
import { pytorchIndices } from "./indices/pytorch.ts";
import { typescriptIndices } from "./indices/typescript.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import type { ProgramRow } from "./window.ts";

/** There and back by fancy indexing. */
export const INDICES_PROGRAMS = {
  numpy: { label: LANGUAGES.numpy.label, program: numpyIndices },
  pytorch: { label: LANGUAGES.pytorch.label, program: pytorchIndices },
  typescript: { label: LANGUAGES.typescript.label, program: typescriptIndices },
} as const satisfies Record<LanguageName, ProgramRow>;

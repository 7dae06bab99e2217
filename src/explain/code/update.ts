import type { Answer } from "../../forward.ts";
import { constantText } from "../update.ts";
import { LANGUAGES, type LanguageName } from "./languages.ts";
import { numpyUpdate } from "./update/numpy.ts";
import { pytorchUpdate } from "./update/pytorch.ts";
import { typescriptUpdate } from "./update/typescript.ts";
import type { ProgramRow } from "./window.ts";

/** One update of W and b: the rule by hand, and by the optimizer of PyTorch where it is that one's. */
export const UPDATE_PROGRAMS = {
  numpy: { label: LANGUAGES.numpy.label, program: numpyUpdate },
  pytorch: { label: LANGUAGES.pytorch.label, program: pytorchUpdate },
  typescript: { label: LANGUAGES.typescript.label, program: typescriptUpdate },
} as const satisfies Record<LanguageName, ProgramRow>;

/** The variables of the NumPy program after the update: t = 3   lr = 0.0004. */
export function updateVariables({ back }: Answer): string {
  if (!back) return "";
  const { before, after } = back.update.w;
  return `t = ${after.updates}   lr = ${constantText(before.lr)}`;
}

import { INDICES_PROGRAMS } from "#engine";
import type { LensPrograms } from "../lens.ts";

export const programs: LensPrograms["programs"] = INDICES_PROGRAMS;

export { variables } from "./words.ts";

import { IM2COL_PROGRAMS } from "#engine";
import type { LensPrograms } from "../lens.ts";

export const programs: LensPrograms["programs"] = IM2COL_PROGRAMS;

export { variables } from "./words.ts";

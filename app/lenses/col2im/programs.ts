import { COL2IM_PROGRAMS } from "#engine";
import type { LensPrograms } from "../lens.ts";

export const programs: LensPrograms["programs"] = COL2IM_PROGRAMS;

export { variables } from "./words.ts";

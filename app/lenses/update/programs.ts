import { UPDATE_PROGRAMS, updateVariables } from "#engine";
import type { LensPrograms } from "../lens.ts";

export const programs: LensPrograms["programs"] = UPDATE_PROGRAMS;

export const variables: LensPrograms["variables"] = ({ answer }) => updateVariables(answer);

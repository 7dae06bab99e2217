import { SCATTER_PROGRAMS, scatterVariables } from "#engine";
import type { LensPrograms } from "../lens.ts";

export const programs: LensPrograms["programs"] = SCATTER_PROGRAMS;

export const variables: LensPrograms["variables"] = ({ geometry, answer, step }) =>
  scatterVariables(geometry, answer, step);

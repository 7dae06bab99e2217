import { ROTATE_PROGRAMS, rotateVariables } from "#engine";
import type { LensPrograms } from "../lens.ts";

export const programs: LensPrograms["programs"] = ROTATE_PROGRAMS;

export const variables: LensPrograms["variables"] = ({ geometry, step }) =>
  rotateVariables(geometry, step);

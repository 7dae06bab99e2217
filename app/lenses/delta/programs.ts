import { DELTA_PROGRAMS, full, nameOf } from "#engine";
import type { LensPrograms } from "../lens.ts";

export const programs: LensPrograms["programs"] = DELTA_PROGRAMS;

export const variables: LensPrograms["variables"] = ({ geometry: g, answer, step }) =>
  `${nameOf(g, { tensor: "Z", index: step })} = ${full(answer.z.data[step]!)}`;

import { variablesAt, WINDOW_PROGRAMS } from "#engine";
import type { LensPrograms } from "../lens.ts";
import { outputPlaceOf } from "../shared/outputPlace.ts";

export const programs: LensPrograms["programs"] = WINDOW_PROGRAMS;

export const variables: LensPrograms["variables"] = (frame) =>
  variablesAt(frame.geometry, outputPlaceOf(frame).y);

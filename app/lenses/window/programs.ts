import { variablesAt, WINDOW_PROGRAMS } from "#engine";
import type { LensPrograms } from "../lens.ts";
import { placeOf } from "./places.ts";

export const programs: LensPrograms["programs"] = WINDOW_PROGRAMS;

export const variables: LensPrograms["variables"] = (frame) =>
  variablesAt(frame.geometry, placeOf(frame).y);

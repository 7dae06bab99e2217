import { STRIDES_PROGRAMS, stridesVariables } from "#engine";
import type { LensPrograms } from "../lens.ts";
import { memoryOf, placeOf } from "./place.ts";

export const programs: LensPrograms["programs"] = STRIDES_PROGRAMS;

export const variables: LensPrograms["variables"] = (frame) =>
  stridesVariables(frame.geometry, memoryOf(frame), placeOf(frame).y);

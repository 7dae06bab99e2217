import { WEIGHTS_PROGRAMS, weightVariables } from "#engine";
import type { LensPrograms } from "../lens.ts";
import { placeOf } from "./places.ts";

export const programs: LensPrograms["programs"] = WEIGHTS_PROGRAMS;

export const variables: LensPrograms["variables"] = (frame) => {
  const { w, f } = placeOf(frame);
  const { geometry: g } = frame;
  if (w !== null) return weightVariables(g, w);
  return g.spec.F > 1
    ? `db[${f}], delta.shape = (${g.shapes.Y.join(", ")})`
    : `delta.shape = (${g.rows.out}, ${g.columns.out})`;
};

import { placeOfRow } from "#engine";
import type { Scene } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { scalesOf } from "../shared/scales.ts";
import { isNarrow } from "../shared/sizes.ts";
import type { Arrangement } from "./arrange.ts";
import { inColumns } from "./columns.ts";
import { inNarrow } from "./narrow.ts";
import { outputOfStep } from "./place.ts";
import { type Look, lookAt } from "./plates.ts";
import { inRows } from "./rows.ts";
import { tiesOf } from "./ties.ts";

/** The im2col lens: X padded → col · Wᵀ + b = out → reshape → Y. */
export function layout(frame: Frame, room: Room): Scene {
  const look = lookAt(frame, scalesOf(frame));
  const arrange = isNarrow(room) ? inNarrow : look.way === "rows" ? inRows : inColumns;
  const arrangement = arrange(look, room);
  const { x, col, kernels, bias, out, y } = arrangement.plates;
  return {
    width: arrangement.width,
    height: arrangement.height,
    plates: [x, col, kernels, bias, out, y],
    notes: arrangement.notes,
    ...tiesOf(look, arrangement),
    follow: arrangement.follow,
    newest: newestOf(look, arrangement),
  };
}

/** The output that this step has made. */
function newestOf({ frame, place, way }: Look, { shown }: Arrangement): Scene["newest"] {
  const made = outputOfStep(frame);
  if (made === null || place.y !== made) return null;
  const along = placeOfRow(frame.geometry, way, place.row) - shown.first;
  return way === "rows"
    ? { plate: "out", row: along, column: place.f }
    : { plate: "out", row: place.f, column: along };
}

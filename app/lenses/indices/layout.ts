import type { Scene } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { isNarrow } from "../shared/sizes.ts";
import type { Arrangement } from "./arrange.ts";
import { windowsOf } from "./band.ts";
import { type Look, lookAt } from "./look.ts";
import { narrow } from "./narrow.ts";
import { narrowRows } from "./narrowRows.ts";
import { multiplied } from "./place.ts";
import { faultsOf, litOf, tiesOf } from "./ties.ts";
import { wide } from "./wide.ts";

/** The Indices lens: k, i and j with the vectors they are made of, the gather, one product; or the way back. */
export function layout(frame: Frame, room: Room): Scene {
  const look = lookAt(frame);
  const arrangement = isNarrow(room)
    ? (look.lay === "rows" ? narrowRows : narrow)(look, room)
    : wide(look, room);
  const { band, x, kernels, bias, under, result, notes, width, height, follow } = arrangement;
  const { k, i0, i1, i, j0, j1, j, cols } = band;
  const plates = [x, k, i1, i0, i, j1, j0, j, cols, kernels, bias, under, result];
  return {
    width,
    height,
    plates: plates.filter((plate) => plate !== null),
    ...tiesOf(look, arrangement),
    // on the way back what is wrong is framed: rings would hide it
    lit: look.way === "forward" ? litOf(look, arrangement) : faultsOf(look, arrangement),
    notes,
    follow,
    newest: newestOf(look, arrangement),
  };
}

/** The first output that this step has made. */
function newestOf(look: Look, { page }: Arrangement): Scene["newest"] {
  const { frame, way, place, done } = look;
  const { geometry: g, step } = frame;
  if (way !== "forward" || multiplied(g, done).windows !== step + 1 || place.along !== step)
    return null;
  const along = step - windowsOf(look, page).first;
  return look.lay === "columns"
    ? { plate: "out", row: place.f, column: along }
    : { plate: "out", row: along, column: place.f };
}

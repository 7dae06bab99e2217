import type { Scene } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { scalesOf } from "../shared/scales.ts";
import { isNarrow } from "../shared/sizes.ts";
import { below, beside } from "./arrange.ts";
import { lookAt } from "./plates.ts";
import { tiesOf } from "./ties.ts";

/** The col2im lens: δ · W_col = dcol, whose rows are added back into dX padded; cropped, or folded, it is dX. */
export function layout(frame: Frame, room: Room): Scene {
  const look = lookAt(frame, scalesOf(frame));
  const arrangement = isNarrow(room) ? below(look, room) : beside(look, room);
  const { delta, kernels, rows, canvas, result, notes, width, height } = arrangement;
  return {
    width,
    height,
    plates: [delta, kernels, rows, canvas, result].filter((plate) => plate !== null),
    notes,
    ...tiesOf(look, arrangement),
    follow: null,
    newest: null,
  };
}

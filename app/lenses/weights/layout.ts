import { sizeOf } from "#engine";
import { cellsOf, type Plate, type Scene } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { isNarrow, right as rightOf } from "../shared/sizes.ts";
import { closeUp, reachedAt } from "./closeUp.ts";
import { litOf, marksOf } from "./marks.ts";
import { type Place, placeOf } from "./places.ts";
import { lookAt } from "./plates.ts";
import { narrow, wide } from "./upper.ts";

/** The Weights lens: X ⊙ δ = dW and db above, what one weight met under the magnifier below. */
export function layout(frame: Frame, room: Room): Scene {
  const place = placeOf(frame);
  const look = lookAt(frame, place);
  const upper = isNarrow(room) ? narrow(look, room) : wide(look, room);
  const { margin, size } = upper;
  const low = closeUp(look, size, margin, room.width - 2 * margin, upper.bottom);
  const { x, delta, dw, db } = upper.plates;
  const plates: readonly Plate[] = [x, delta, dw, db, ...low.plates];
  const at = reachedAt(frame, place);
  return {
    width: Math.max(...plates.map(rightOf)) + margin,
    height: low.bottom + 8,
    plates,
    marks: marksOf(look, upper),
    curves: [],
    notes: [...upper.notes, ...low.notes],
    lit: litOf(look, upper),
    follow: at && cellsOf(delta, at.oh, at.ow),
    newest: newestOf(frame, place),
  };
}

/** The gradient that this step has written; none while another one is looked at. */
function newestOf({ geometry: g, step }: Frame, { w, f }: Place): Scene["newest"] {
  if (w === null)
    return step === sizeOf(g.shapes.W) + f ? { plate: "db", row: f, column: 0 } : null;
  if (step !== w) return null;
  const { k } = g.columns;
  return { plate: "dW", row: Math.floor(w / k) % g.rows.k, column: w % k };
}

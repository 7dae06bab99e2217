import type { Plate, Words } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { backOf } from "../shared/back.ts";
import { sign } from "../shared/notes.ts";
import { planePlate, spotAt } from "../shared/plates.ts";
import { scalesOf } from "../shared/scales.ts";
import { fitting, isNarrow, right, side, TITLE } from "../shared/sizes.ts";
import type { Look } from "./plates.ts";

/** The close-up of most rules is not wider than this, so that Y and T stand still when a term is added. */
const BESIDE = 340;
const GAP = 52;
/** Smaller outputs than this are not worth their room. */
const SMALLEST = 6;

/** Where the weights are to lead: Y as it is and the target, beside the close-up, where there are room and a target. */
export function goal(
  look: Look,
  closeUp: readonly Plate[],
  room: Room,
  top: number,
): { readonly plates: readonly Plate[]; readonly notes: readonly Words[] } {
  const { frame, place } = look;
  const { target } = backOf(frame);
  const { rows, columns } = frame.geometry;
  const margin = 36;
  const left = Math.max(margin + BESIDE, ...closeUp.map((plate) => right(plate) + GAP));
  const y = top + TITLE - 8;
  const across = (room.width - margin - left - GAP) / (2 * columns.out);
  const down = (room.height - y - 12) / rows.out;
  const cell = side(Math.min(34, across, down));
  if (!target || isNarrow(room) || Math.min(across, down) < SMALLEST)
    return { plates: [], notes: [] };
  const plane = (name: string, tensor: "Y" | "TG", story: readonly string[], x: number) =>
    planePlate(
      frame,
      {
        name,
        title: name,
        subtitle: fitting(story, columns.out * cell + GAP - 8),
        role: tensor === "Y" ? "Y" : "plain",
        outlined: true,
        scale: scalesOf(frame).y, // one for both: what still differs is to be seen
        tensor,
        outer: 0,
        inner: place.f,
        from: [frame.answer.y, target.tensor],
      },
      spotAt(x, y, cell, columns.out * cell + GAP - 8),
    );
  const before = plane("Y", "Y", ["what W makes", "made", ""], left);
  const after = plane("T", "TG", ["the target", "target", ""], right(before) + GAP);
  const middle = y + (rows.out * cell) / 2;
  return { plates: [before, after], notes: [sign("→", after.x - GAP / 2, middle)] };
}

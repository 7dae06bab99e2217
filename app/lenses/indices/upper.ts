import { NUMBERS_FROM, type Plate } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { spotAt } from "../shared/plates.ts";
import { right, SMALLEST, side, TITLE } from "../shared/sizes.ts";
import { groundPlate, lastPlate, lastSize } from "./arrange.ts";
import { LETTER, type Look } from "./look.ts";

// What stands above on a phone, whichever way the windows lie.

export const MARGIN = 16;
export const SIGN = 22;

/** X, and beside it Y where both have numbers there. */
export function upper(look: Look, room: Room): { x: Plate; result: Plate | null; cell: number } {
  const { geometry: g, view } = look.frame;
  const width = room.width - 2 * MARGIN;
  const [, columns] = lastSize(look);
  const gap = 20;
  const both = Math.min(26, (width - gap) / (g.columns.padded + columns));
  const alone = Math.min(26, width / g.columns.padded);
  const together = both >= NUMBERS_FROM || alone < NUMBERS_FROM;
  const cell = side((together ? both : alone) * view.zoom);
  const x = groundPlate(
    look,
    spotAt(MARGIN, TITLE, cell, together ? g.columns.padded * cell : width),
  );
  const at = right(x) + gap;
  const beside = together ? lastPlate(look, spotAt(at, TITLE, cell, room.width - at)) : null;
  const readable = beside !== null && beside.title.length * LETTER <= room.width - at;
  return { x, result: readable ? beside : null, cell };
}

/** The side of Y where it stands below everything. */
export function lastCell(look: Look, cell: number, width: number): number {
  const [, columns] = lastSize(look);
  return Math.max(SMALLEST, Math.min(cell, width / columns));
}

import type { Room } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { LINE, label, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, right, side, TITLE } from "../shared/sizes.ts";
import { type Arrangement, closing, lastPlate, pageOf, pageSize } from "./arrange.ts";
import { channelsPlate } from "./arrays.ts";
import { dcolsPlate } from "./back.ts";
import { GLUE, linesAt, windowsOf } from "./band.ts";
import { colsPlate } from "./forward.ts";
import type { Look } from "./look.ts";
import { bandOf, productAt, rowsAt } from "./rowPlates.ts";
import { lastCell, MARGIN, SIGN, upper } from "./upper.ts";
import { builtOf } from "./words.ts";

// A phone, windows as rows: X above, then k, i and j one below the other in the same columns, and the product.

/** So many windows at a time. */
const WINDOWS = 8;

export function narrowRows(look: Look, room: Room): Arrangement {
  const { geometry: g, view } = look.frame;
  const { cells } = matrixSize(g);
  const { F } = g.spec;
  const width = room.width - 2 * MARGIN;
  const { x, result: beside, cell: own } = upper(look, room);
  const least = (width - 4 * SIGN - GLUE) / (cells + 1 + 3 * F);
  const fit = Math.min(22, (width - GLUE - 2 * SIGN) / (cells + 1), Math.max(least, 12));
  const cell = side(Math.max(2, fit) * view.zoom);
  const page = pageOf(look, pageSize(look, WINDOWS));
  const left = MARGIN + cell + GLUE;
  const wide = cells * cell;
  const built = builtOf(look);
  const above = Math.max(bottom(x), beside ? bottom(beside) : 0);
  const k = channelsPlate(look, spotAt(left, above + 20, cell));
  const i = rowsAt(look, "i", { x: MARGIN, y: bottom(k) + TITLE, cell }, page, width - cell);
  const next = i.bottom + 2 * LINE + TITLE;
  const j = rowsAt(look, "j", { x: MARGIN, y: next, cell }, page, width - cell);
  const made = look.way === "forward" ? colsPlate : dcolsPlate;
  const top = j.bottom + 2 * LINE + TITLE;
  const cols = made(look, windowsOf(look, page), spotAt(left, top, cell, wide + SIGN - 6));
  const corner = { x: right(cols), y: top, cell };
  const { notes, ...lower } = productAt(look, page, corner, room.width - MARGIN - right(cols));
  const { kernels, under } = lower;
  const end = Math.max(bottom(cols), bottom(kernels), bottom(under));
  const result =
    beside ?? lastPlate(look, spotAt(MARGIN, end + TITLE, lastCell(look, own, width), width));
  const words = closing(look, MARGIN, Math.max(end, result ? bottom(result) : 0), width);
  const all = [...Object.values(bandOf(k, i, j, cols)), x, kernels, under];
  return {
    band: bandOf(k, i, j, cols),
    page,
    x,
    ...lower,
    result,
    notes: [
      label("k", MARGIN + cell / 2, k.y + cell / 2),
      ...i.notes,
      ...linesAt(built.i, MARGIN, i.bottom + LINE / 2),
      ...j.notes,
      ...linesAt(built.j, MARGIN, j.bottom + LINE / 2),
      sign(look.way === "forward" ? "→" : "←", MARGIN + cell / 2, top + (cols.rows * cell) / 2),
      ...notes,
      ...words.notes,
    ],
    width: Math.max(room.width, Math.max(...all.map(right), under.x + under.titleRoom) + MARGIN),
    height: words.bottom + 20,
    follow: null,
    ground: "apart",
  };
}

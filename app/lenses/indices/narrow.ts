import type { Room } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { LINE, label, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, right, side, TITLE } from "../shared/sizes.ts";
import {
  type Arrangement,
  closing,
  lastPlate,
  pageOf,
  pageSize,
  platesOf,
  underPlate,
} from "./arrange.ts";
import { channelsPlate } from "./arrays.ts";
import { dcolsPlate } from "./back.ts";
import { APART, arrayAt, GLUE, linesAt, windowsOf } from "./band.ts";
import { biasPlate, colsPlate, kernelsPlate } from "./forward.ts";
import type { Look } from "./look.ts";
import { lastCell, MARGIN, SIGN, upper } from "./upper.ts";
import { builtOf } from "./words.ts";

// A phone: X above, then k and i, j, what is gathered with them, the kernels, and what is made of both.

/** How high an array may be. */
const PAGE = 440;

export function narrow(look: Look, room: Room): Arrangement {
  const { geometry: g, view } = look.frame;
  const { cells } = matrixSize(g);
  const width = room.width - 2 * MARGIN;
  const { x, result: beside, cell: own } = upper(look, room);
  const cell = side(Math.max(2, Math.min(22, PAGE / cells)) * view.zoom);
  const first = width - 2 * cell - APART - GLUE - SIGN;
  const size = pageSize(look, Math.floor(Math.min(first, width / g.spec.N) / cell));
  const page = pageOf(look, size);
  const top = Math.max(bottom(x), beside ? bottom(beside) : 0);
  const k = channelsPlate(
    look,
    spotAt(MARGIN, top + 2 * TITLE + cell + GLUE - TITLE, cell, cell + 20),
  );
  const i = arrayAt(look, "i", { x: right(k) + APART, y: top, cell }, page);
  const j = arrayAt(look, "j", { x: right(k) + APART, y: i.bottom + 2 * LINE, cell }, page);
  const built = builtOf(look);
  const shown = windowsOf(look, page);
  const made = look.way === "forward" ? colsPlate : dcolsPlate;
  const cols = made(look, shown, spotAt(MARGIN, j.bottom + 2 * LINE + TITLE, cell, width));
  const w = side(Math.max(2, Math.min(22, (width - SIGN - 22) / cells)) * view.zoom);
  const kernels = kernelsPlate(look, spotAt(MARGIN, bottom(cols) + TITLE, w, width));
  const forward = look.way === "forward";
  const bias = forward ? biasPlate(look, spotAt(right(kernels) + SIGN, kernels.y, w)) : null;
  const under = underPlate(look, page, spotAt(MARGIN, bottom(kernels) + TITLE, cell, width));
  const result =
    beside ??
    lastPlate(look, spotAt(MARGIN, bottom(under) + TITLE, lastCell(look, own, width), width));
  const end = closing(look, MARGIN, Math.max(bottom(under), result ? bottom(result) : 0), width);
  const band = {
    k,
    i0: i.down,
    i1: i.along,
    i: i.array,
    j0: j.down,
    j1: j.along,
    j: j.array,
    cols,
  };
  const all = platesOf({ band, x, kernels, bias, under, result });
  return {
    band,
    page,
    x,
    kernels,
    bias,
    under,
    result,
    notes: [
      ...i.notes,
      ...linesAt(built.i, i.down.x, i.bottom + LINE / 2),
      ...j.notes,
      ...linesAt(built.j, j.down.x, j.bottom + LINE / 2),
      ...(bias
        ? [
            sign("+", bias.x - SIGN / 2, kernels.y + (kernels.rows * w) / 2),
            label("b", bias.x + w / 2, kernels.y - 12),
          ]
        : []),
      ...end.notes,
    ],
    width: Math.max(room.width, Math.max(...all.map(right)) + MARGIN),
    height: end.bottom + 20,
    follow: null,
    ground: "apart",
  };
}

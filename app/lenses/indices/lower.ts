import { NUMBERS_FROM, type Plate } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { label, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, right, SMALLEST, side, TITLE } from "../shared/sizes.ts";
import { type Arrangement, closing, lastPlate, lastSize, platesOf, underPlate } from "./arrange.ts";
import { type bandAt, CHARACTER } from "./band.ts";
import { biasPlate, kernelsPlate } from "./forward.ts";
import type { Look } from "./look.ts";

// What stands under the arrays where windows are columns, and how a picture is finished.

export const MARGIN = 36;
export const GAP = 44;
export const SIGN = 28;
/** Below the arrays: how they are built, and the titles of what follows. */
export const FOOT = 26;

export type Unfinished = Omit<Arrangement, "notes" | "width" | "height" | "follow">;
export type Lower = Pick<Arrangement, "kernels" | "bias" | "under" | "result">;

export function lowered({ kernels, bias, under }: Lower, by: number) {
  const moved = (plate: Plate): Plate => ({ ...plate, y: plate.y + by });
  return { kernels: moved(kernels), bias: bias && moved(bias), under: moved(under) };
}

interface Lay {
  readonly band: ReturnType<typeof bandAt>;
  readonly top: number;
  /** Where the kernels may begin. */
  readonly left: number;
  readonly room: Room;
  readonly cell: number;
}

/** W_row (+ b), what stands under cols, and Y (or dX) under that. */
export function lowerOf(look: Look, { band, top, left, room, cell }: Lay): Lower {
  const { view } = look.frame;
  const { cols } = band.plates;
  const { cells } = matrixSize(look.frame.geometry);
  const forward = look.way === "forward";
  const titles = Math.max(right(cols) - cols.x, room.width - cols.x - 8);
  const under = underPlate(look, band.page, spotAt(cols.x, top, cell, titles));
  const biasX = cols.x - SIGN - cell;
  const end = forward ? biasX - SIGN : cols.x - SIGN;
  const w = Math.max(2, Math.min(cell, side((end - left) / cells)));
  const kernelX = Math.max(left, end - cells * w);
  const kernels = kernelsPlate(look, spotAt(kernelX, top, w, end - kernelX + SIGN));
  const bias = forward ? biasPlate(look, spotAt(biasX, top, cell)) : null;
  const [rows, columns] = lastSize(look);
  const y = bottom(under) + TITLE;
  const most = Math.min(30, titles / columns, (room.height - y - FOOT) / rows);
  const own = side(
    Math.max(most, Math.min(NUMBERS_FROM, titles / columns, 170 / rows)) * view.zoom,
  );
  return {
    kernels,
    bias,
    under,
    result: lastPlate(look, spotAt(cols.x, y, Math.max(SMALLEST, own), titles)),
  };
}

/** Signs, the closing words, and how large it all is. */
export function finished(
  look: Look,
  room: Room,
  plates: Unfinished,
  notes: Arrangement["notes"],
): Arrangement {
  const { bias, under } = plates;
  const all = platesOf(plates);
  const middle = under.y + (under.rows * under.cell) / 2;
  const low = Math.max(...all.map(bottom), bias ? bottom(bias) + 18 : 0);
  const end = closingAt(look, room, plates, low);
  const signs = bias
    ? [
        sign("+", bias.x - SIGN / 2, middle),
        label("b", bias.x + bias.cell / 2, bottom(bias) + 11),
        sign("=", under.x - SIGN / 2, middle),
      ]
    : [];
  const said = notes.map((note) =>
    note.kind === "words" && note.align === "left" ? note.x + note.text.length * CHARACTER : 0,
  );
  const width = Math.max(...all.map(right), ...said) + MARGIN;
  return {
    ...plates,
    notes: [...notes, ...signs, ...end.notes],
    width,
    height: Math.max(end.bottom, low) + FOOT,
    follow: null,
  };
}

/** The closing words stand where there is room for them: below the kernels, below dX, else under everything. */
function closingAt(look: Look, room: Room, plates: Unfinished, low: number) {
  const { ground, x, kernels, under, result, band } = plates;
  const free = right(x) + GAP;
  if (ground === "apart" && under.x - free >= 190)
    return closing(look, free, bottom(kernels) + 10, under.x - free - GAP / 2);
  if (ground === "right") {
    const last = Math.max(
      bottom(kernels),
      bottom(under),
      plates.bias ? bottom(plates.bias) + 18 : 0,
    );
    return closing(look, MARGIN, last, x.x - GAP - MARGIN);
  }
  if (ground === "beside") {
    const last = result ?? x;
    const end = closing(look, MARGIN, bottom(last) + 10, band.k.x - MARGIN - GAP / 2);
    if (end.bottom < kernels.y - TITLE) return end;
  }
  return closing(look, MARGIN, low, room.width - 2 * MARGIN);
}

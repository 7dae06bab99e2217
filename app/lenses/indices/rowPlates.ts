import type { Plate } from "../../draw/scene.ts";
import { label, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, right, side } from "../shared/sizes.ts";
import { underPlate } from "./arrange.ts";
import { alongPlate, arrayPlate, downPlate } from "./arrays.ts";
import { type Band, GLUE, type Note } from "./band.ts";
import { biasPlate, kernelsPlate } from "./forward.ts";
import type { Look, Page } from "./look.ts";
import { SIGN } from "./lower.ts";

// Parts of the picture where windows are rows, on any screen.

/** Under an array: the label of the vector at its side. */
export const LABEL = 22;

export interface Corner {
  readonly x: number;
  readonly y: number;
  readonly cell: number;
}

/** One array with its vectors: i1 down its side, i0 along its top, a + in the corner. */
export function rowsAt(
  look: Look,
  letter: "i" | "j",
  { x, y, cell }: Corner,
  page: Page,
  room: number,
) {
  const left = x + cell + GLUE;
  const below = y + cell + GLUE;
  const down = downPlate(look, letter, spotAt(left, y, cell, room));
  const along = alongPlate(look, letter, page, spotAt(x, below, cell));
  const array = arrayPlate(look, letter, page, spotAt(left, below, cell));
  const notes: Note[] = [
    { ...sign("+", x + cell / 2, y + cell / 2), size: Math.min(20, cell) },
    label(`${letter}0`, right(down) + 12, y + cell / 2),
    label(`${letter}1`, x + cell / 2, bottom(array) + 11),
  ];
  return { array, along, down, notes, bottom: bottom(array) + LABEL };
}

type Plates = Band["plates"];

/** The plates of k, i and j by name, with what is gathered. */
export function bandOf(k: Plate, i: ReturnType<typeof rowsAt>, j: typeof i, cols: Plate): Plates {
  return { k, i0: i.down, i1: i.along, i: i.array, j0: j.down, j1: j.along, j: j.array, cols };
}

/** · W_rowᵀ + b = out, or δ and the kernels that dcol is made of. */
export function productAt(look: Look, page: Page, { x, y, cell }: Corner, room: number) {
  const { F } = look.frame.geometry.spec;
  const forward = look.way === "forward";
  const signs = forward ? 3 : 2;
  const own = (room - signs * SIGN - F * cell) / ((signs - 1) * F);
  const w = Math.max(2, kernelSide(F, cell), Math.min(cell, side(own)));
  const kernels = kernelsPlate(look, spotAt(x + SIGN, y, w, F * w + SIGN - 4));
  const bias = forward ? biasPlate(look, spotAt(right(kernels) + SIGN, y, w)) : null;
  // the title of the kernels is wider than a few of them
  const after = Math.max(right(bias ?? kernels) + SIGN, bias ? 0 : kernels.x + 80);
  const under = underPlate(look, page, spotAt(after, y, cell, F * cell + SIGN));
  const middle = y + Math.min(under.rows * cell, 100) / 2;
  const notes: Note[] = bias
    ? [
        sign("·", x + SIGN / 2, middle),
        sign("+", bias.x - SIGN / 2, y + Math.max(w / 2, 12)),
        label("b", bias.x + (F * w) / 2, bottom(bias) + 11),
        sign("=", under.x - SIGN / 2, middle),
      ]
    : [];
  return { kernels, bias, under, notes };
}

/** The side of the kernels' cells where there is no more room: a few have their numbers. */
export function kernelSide(F: number, cell: number): number {
  return F <= 4 ? cell : Math.min(cell, 4);
}

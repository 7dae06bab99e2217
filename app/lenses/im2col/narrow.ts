import { NUMBERS_FROM, type Plate } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { label, remark, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, right, side, TITLE } from "../shared/sizes.ts";
import { type Arrangement, biasBelow, memory, pageOf } from "./arrange.ts";
import {
  biasPlate,
  gatheredPlate,
  kernelsPlate,
  type Look,
  outPlate,
  xPlate,
  yPlate,
} from "./plates.ts";

// A phone: X and Y above, the matrices below them, of many windows a page.

const MARGIN = 16;
const SIGN = 22;
/** What the title of out takes, however narrow out is. */
const TITLED = 40;
/** How high a page of col may be. */
const PAGE = 440;

interface Upper {
  readonly x: Plate;
  /** Y beside X; null where there is no room for it there. */
  readonly y: Plate | null;
  readonly cell: number;
}

/** X and Y side by side, or X alone where that is what it takes to read its numbers. */
function upper(look: Look, room: Room): Upper {
  const { geometry: g, view } = look.frame;
  const width = room.width - 2 * MARGIN;
  const gap = 20;
  const beside = Math.min(26, (width - gap) / (g.columns.padded + g.columns.out));
  const alone = Math.min(26, width / Math.max(g.columns.padded, g.columns.out));
  const together = beside >= NUMBERS_FROM || alone < NUMBERS_FROM;
  const cell = side((together ? beside : alone) * view.zoom);
  const x = xPlate(look, spotAt(MARGIN, TITLE, cell, together ? g.columns.padded * cell : width));
  const at = right(x) + gap;
  const y = together ? yPlate(look, spotAt(at, TITLE, cell, room.width - at)) : null;
  return { x, y, cell };
}

export function inNarrow(look: Look, room: Room): Arrangement {
  const { x, y: beside, cell } = upper(look, room);
  const lower = look.way === "rows" ? rowsBelow : columnsBelow;
  const end = Math.max(bottom(x), beside ? bottom(beside) : 0);
  const { col, kernels, bias, out, shown, notes, bottom: low } = lower(look, room, end + TITLE);
  const lowest = beside ? low : low + TITLE;
  const y = beside ?? yPlate(look, spotAt(MARGIN, lowest, cell, room.width - 2 * MARGIN));
  const plates = { x, y, col, kernels, bias, out };
  const under = Math.max(low, bottom(y)) + 20;
  return {
    plates,
    shown,
    notes: [...notes, remark(memory(look), MARGIN, under)],
    width: Math.max(room.width, Math.max(...Object.values(plates).map(right)) + MARGIN),
    height: under + 20,
    follow: null,
    ties: "below",
    loop: null,
  };
}

type Lower = Omit<Arrangement["plates"], "x" | "y"> &
  Pick<Arrangement, "shown" | "notes"> & { readonly bottom: number };

/** col · Wᵀ = out in one line, the bias below Wᵀ. */
function rowsBelow(look: Look, room: Room, top: number): Lower {
  const { geometry: g, view } = look.frame;
  const { cells } = matrixSize(g);
  const { F } = g.spec;
  const free = room.width - 2 * MARGIN - 2 * SIGN;
  const fit = Math.min(free / (cells + 2 * F), (free - TITLED) / (cells + F));
  const cell = side(Math.max(2, Math.min(26, fit)) * view.zoom);
  const shown = pageOf(look, Math.max(6, Math.floor(PAGE / cell)));
  const col = gatheredPlate(look, shown, spotAt(MARGIN, top, cell, cells * cell + SIGN - 6));
  const lone = F * cell + SIGN - 4;
  const kernels = kernelsPlate(look, spotAt(right(col) + SIGN, top, cell, lone));
  const bias = biasBelow(look, kernels, SIGN);
  const out = outPlate(look, shown, spotAt(right(kernels) + SIGN, top, cell, lone));
  const middle = top + Math.min(kernels.rows * cell, 200) / 2;
  const center = kernels.x + (F * cell) / 2;
  return {
    col,
    kernels,
    bias,
    out,
    shown,
    bottom: Math.max(bottom(col), bottom(bias) + 16),
    notes: [
      sign("·", kernels.x - SIGN / 2, middle),
      sign("=", out.x - SIGN / 2, middle),
      sign("+", center, bias.y - 15),
      label("b", center, bottom(bias) + 11),
    ],
  };
}

/** W + b, below them col, and out below that: a column of col stands over what it makes. */
function columnsBelow(look: Look, room: Room, top: number): Lower {
  const { geometry: g, view } = look.frame;
  const { cells } = matrixSize(g);
  const width = room.width - 2 * MARGIN;
  const w = side(Math.max(2, Math.min(26, (width - SIGN) / (cells + 1))) * view.zoom);
  const kernels = kernelsPlate(look, spotAt(MARGIN, top, w, width));
  const bias = biasPlate(look, spotAt(right(kernels) + SIGN, top, w));
  const cell = side(Math.max(2, Math.min(22, PAGE / cells)) * view.zoom);
  const shown = pageOf(look, Math.max(4, Math.floor(width / cell)));
  const col = gatheredPlate(look, shown, spotAt(MARGIN, bottom(kernels) + TITLE, cell, width));
  const out = outPlate(look, shown, spotAt(MARGIN, bottom(col) + TITLE, cell, width));
  return {
    col,
    kernels,
    bias,
    out,
    shown,
    bottom: bottom(out),
    notes: [
      sign("+", bias.x - SIGN / 2, top + (kernels.rows * w) / 2),
      label("b", bias.x + w / 2, top - 12),
    ],
  };
}

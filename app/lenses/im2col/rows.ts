import type { Geometry } from "#engine";
import type { Rectangle } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { matrixSize, type Windows } from "../shared/matrix.ts";
import { LINE, label, legends, remarks, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, matrixSide, right, SMALLEST, side, TITLE } from "../shared/sizes.ts";
import {
  type Arrangement,
  biasBelow,
  GAP,
  memory,
  type Note,
  placeOfStep,
  SIGN,
} from "./arrange.ts";
import { gatheredPlate, kernelsPlate, type Look, outPlate, xPlate, yPlate } from "./plates.ts";

// One window a row: X over Y on the left, then col · Wᵀ + b = out. A col that is higher than the room is scrolled
// through by pages, and what stands beside it goes along from page to page.

const MARGIN = 36;
/** Room on the right for the line that leads from out to Y. */
const LOOP = 26;
/** What stands below: the memory, and the line. */
const FOOT = 48;
/** Room for the colours of X and Y below them. */
const LEGEND = 24;
/** Sides of the cells of X, of Y, and of the matrices. */
interface Sizes {
  readonly x: number;
  readonly y: number;
  readonly matrix: number;
}

interface Space {
  readonly width: number;
  readonly height: number;
}

function sizesOf({ geometry: g }: Frame, { width, height }: Space): Sizes {
  const { windows, cells } = matrixSize(g);
  const across = cells + 2 * g.spec.F;
  const picture = Math.max(g.columns.padded, g.columns.out);
  const most = Math.min(38, (height - TITLE) / (g.rows.padded + g.rows.out));
  const beside = (matrix: number) => Math.min(most, (width - across * matrix) / picture);
  const matrix = matrixSide({
    width,
    across,
    down: height / windows,
    picture,
    beside,
    first: "matrix",
  });
  const x = Math.max(SMALLEST, beside(matrix));
  // a col that is scrolled leaves its text to the space below Y
  const text = windows * matrix > height ? LINE : 0;
  return { x, y: ySize(g, x, height - text), matrix };
}

/** Y fills what is left below X, no wider than X, and is never too small to be seen. */
function ySize(g: Geometry, x: number, height: number): number {
  const wide = Math.max(g.columns.padded, g.columns.out) * x;
  const below = height - TITLE - g.rows.padded * x;
  return Math.max(Math.min(40, wide / g.columns.out, below / g.rows.out), Math.min(x, 4));
}

/** How far col is scrolled: what stands beside it begins at `top`. */
interface Page {
  readonly top: number;
  readonly height: number;
  /** The top of the last page, which is where the scene ends. */
  readonly last: number;
  /** Whether col is higher than the room. */
  readonly paged: boolean;
}

function pageAt(look: Look, cell: number, room: Room): Page {
  const { windows } = matrixSize(look.frame.geometry);
  if (windows * cell <= room.height - TITLE - FOOT)
    return { top: TITLE, height: windows * cell, last: TITLE, paged: false };
  const rows = Math.max(1, Math.floor((room.height - TITLE - 16) / cell));
  const top = (place: number) => TITLE + Math.floor(place / rows) * rows * cell;
  return {
    top: top(placeOfStep(look)),
    height: rows * cell,
    last: top(windows - 1),
    paged: true,
  };
}

export function inRows(look: Look, room: Room): Arrangement {
  const { frame } = look;
  const { zoom } = frame.view;
  const sizes = sizesOf(frame, {
    width: room.width - 2 * MARGIN - LOOP - GAP - 2 * SIGN,
    height: room.height - TITLE - FOOT,
  });
  const matrix = side(sizes.matrix * zoom);
  const page = pageAt(look, matrix, room);
  const plates = platesAt(look, page.top, {
    x: side(sizes.x * zoom),
    y: side(sizes.y * zoom),
    matrix,
  });
  const beside = Math.max(bottom(plates.y) + LEGEND, bottom(plates.bias) + 20) - page.top;
  const text = page.paged ? 0 : 6 + LINE * textBelow(look, plates).length;
  return {
    plates,
    shown: all(look),
    notes: notesOf(look, plates, page),
    width: right(plates.out) + LOOP + MARGIN,
    height: Math.max(bottom(plates.col) + Math.max(0, text - LINE), page.last + beside) + FOOT,
    follow: page.paged || zoom > 1 ? followOf(look, plates, page.top, room) : null,
    ties: "beside",
    loop: {
      under: page.top + Math.max(page.height + text, beside) + 14,
      up: plates.col.x - 22,
    },
  };
}

function all({ frame, order }: Look): Windows {
  return { way: "rows", order, first: 0, count: matrixSize(frame.geometry).windows };
}

type Plates = Arrangement["plates"];

function platesAt(look: Look, top: number, sizes: Sizes): Plates {
  const { geometry: g } = look.frame;
  const { cells } = matrixSize(g);
  const { F } = g.spec;
  const { matrix } = sizes;
  const wide = Math.max(g.columns.padded * sizes.x, g.columns.out * sizes.y);
  const x = xPlate(look, spotAt(MARGIN, top, sizes.x, wide + GAP - 14));
  // the line from out comes up at its side
  const y = yPlate(look, spotAt(MARGIN, bottom(x) + TITLE, sizes.y, wide + GAP - 30));
  const colX = MARGIN + wide + GAP;
  const titleRoom = cells * matrix + SIGN - 6;
  const col = gatheredPlate(look, all(look), spotAt(colX, TITLE, matrix, titleRoom));
  const lone = F * matrix + SIGN - 4;
  const kernels = kernelsPlate(look, spotAt(right(col) + SIGN, top, matrix, lone));
  const bias = biasBelow(look, kernels, SIGN);
  const outX = right(kernels) + SIGN;
  const out = outPlate(look, all(look), spotAt(outX, TITLE, matrix, lone + LOOP));
  return { x, y, col, kernels, bias, out };
}

function notesOf(look: Look, { x, y, col, kernels, bias, out }: Plates, { paged }: Page): Note[] {
  const middle = kernels.y + Math.min(kernels.rows * kernels.cell, 200) / 2;
  const center = kernels.x + (kernels.columns * kernels.cell) / 2;
  // beside a col that goes on below, the text has only the width of X
  const text = paged
    ? remarks(memory(look), x.x, bottom(y) + LEGEND + 12, col.x - x.x - 32)
    : textBelow(look, { col, bias, out });
  return [
    sign("·", kernels.x - SIGN / 2, middle),
    sign("=", out.x - SIGN / 2, middle),
    sign("+", center, bias.y - 15),
    label("b", center, bottom(bias) + 11),
    ...legends([x, y], x.x, bottom(y) + 16, col.x - x.x - 32),
    ...text,
  ];
}

/** What is said below col: no wider than it where Wᵀ and b go on at its side, else as far as the line to Y. */
function textBelow(look: Look, { col, bias, out }: Pick<Plates, "col" | "bias" | "out">) {
  const end = bottom(bias) > bottom(col) ? right(col) : right(out);
  return remarks(memory(look), col.x, bottom(col) + 20, end - col.x);
}

/** The page that playback stands on, and of a picture wider than the room the part that is at work. */
function followOf({ place }: Look, { col }: Plates, top: number, room: Room): Rectangle {
  return {
    x: place.phase === "gather" ? 0 : col.x,
    y: top - TITLE + 24,
    width: room.width - 48,
    height: room.height - 48,
  };
}

import { hasPadding } from "#engine";
import { NUMBERS_FROM, type Words } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { LINE, label, remarks } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, right, side, TITLE } from "../shared/sizes.ts";
import {
  type Arrangement,
  closing,
  groundPlate,
  lastPlate,
  lastSize,
  pageOf,
  pageSize,
} from "./arrange.ts";
import { channelsPlate } from "./arrays.ts";
import { dcolsPlate } from "./back.ts";
import { GLUE, windowsOf } from "./band.ts";
import { colsPlate } from "./forward.ts";
import type { Look } from "./look.ts";
import { GAP, MARGIN, SIGN } from "./lower.ts";
import { bandOf, kernelSide, LABEL, productAt, rowsAt } from "./rowPlates.ts";
import { builtOf } from "./words.ts";

// One window a row: k, i and j one below the other in the same columns, by taps. Beside them what is gathered, times the
// kernels as columns; X and Y below that.

/** Over k, which has no title. */
const HEAD = 14;
/** Right of everything. */
const EDGE = 14;
/** A page has no fewer windows, whatever the height. */
const LEAST = 4;

/** How wide the arrays and the product are beside each other. */
function widthOf(cells: number, cell: number, F: number): number {
  const product = cells * cell + 3 * SIGN + F * (cell + 2 * kernelSide(F, cell));
  return MARGIN + (cells + 1) * cell + GLUE + GAP + product + EDGE;
}

/** How high the arrays are with so many windows, or the product with the pictures below it. */
function heightOf(look: Look, room: Room, cell: number, windows: number): number {
  const { cells } = matrixSize(look.frame.geometry);
  const array = TITLE + cell + GLUE + windows * cell + LABEL;
  const { x, last } = leastPictures(look, room);
  const product = TITLE + Math.max(cells, windows) * cell;
  return Math.max(HEAD + cell + 2 * array, product + TITLE + Math.max(x, last)) + EDGE;
}

/** The least heights of X and Y: with their numbers, or as high as half of the room. */
function leastPictures(look: Look, room: Room) {
  const least = (rows: number) => Math.min(NUMBERS_FROM * rows, room.height / 2);
  return { x: least(look.frame.geometry.rows.padded), last: least(lastSize(look)[0]) };
}

/** With numbers where the width allows it, the larger the better while all is in sight. */
function cellOf(look: Look, room: Room): number {
  const { F } = look.frame.geometry.spec;
  const { cells } = matrixSize(look.frame.geometry);
  const fits = (cell: number) => widthOf(cells, cell, F) <= room.width;
  for (let cell = 28; cell > NUMBERS_FROM; cell--)
    if (fits(cell) && heightOf(look, room, cell, LEAST) <= room.height) return cell;
  let cell: number = NUMBERS_FROM;
  while (cell > 2 && !fits(cell)) cell--;
  return cell;
}

/** As many windows as the height leaves. */
function windowsIn(look: Look, room: Room, cell: number): number {
  let windows = LEAST;
  while (windows < 200 && heightOf(look, room, cell, windows + 1) <= room.height) windows++;
  return windows;
}

export function inRows(look: Look, room: Room): Arrangement {
  const { geometry: g, view } = look.frame;
  const { cells } = matrixSize(g);
  const found = cellOf(look, room);
  const cell = side(found * view.zoom);
  const page = pageOf(look, pageSize(look, windowsIn(look, room, found)));
  const wide = cells * cell;
  const k = channelsPlate(look, spotAt(MARGIN + cell + GLUE, HEAD, cell));
  const at = (y: number) => ({ x: MARGIN, y: y + TITLE, cell });
  const i = rowsAt(look, "i", at(bottom(k)), page, wide + GAP / 2);
  const j = rowsAt(look, "j", at(i.bottom), page, wide + GAP / 2);
  const start = right(k) + GAP;
  const made = look.way === "forward" ? colsPlate : dcolsPlate;
  const cols = made(look, windowsOf(look, page), spotAt(start, TITLE, cell, wide + SIGN - 6));
  const corner = { x: right(cols), y: TITLE, cell };
  const { notes, ...product } = productAt(look, page, corner, room.width - EDGE - right(cols));
  const { kernels, bias, under } = product;
  const low = Math.max(bottom(cols), bottom(kernels), bottom(under), bias ? bottom(bias) + 18 : 0);
  const pictures = besideAt(look, room, start, low + TITLE);
  const { x, result } = pictures;
  const built = builtLines(look, j.bottom + LINE / 2, right(k) - MARGIN + GAP / 2);
  const last = Math.max(bottom(x), result ? bottom(result) : 0, built.at(-1)!.y + LINE / 2);
  const words = closing(look, MARGIN, last, room.width - 2 * MARGIN);
  const ends = [under, x, ...(result ? [result] : [])].map(right);
  return {
    band: bandOf(k, i, j, cols),
    page,
    ...product,
    ...pictures,
    notes: [
      label("k", MARGIN + cell / 2, HEAD + cell / 2),
      ...i.notes,
      ...j.notes,
      ...notes,
      ...built,
      ...words.notes,
    ],
    width: Math.max(...ends, under.x + under.titleRoom) + EDGE,
    height: words.bottom + EDGE,
    follow: null,
    ground: "right",
  };
}

/** X, and Y (or dX) right of it. */
function besideAt(look: Look, room: Room, start: number, top: number) {
  const { geometry: g, view } = look.frame;
  const [rows, columns] = lastSize(look);
  const { x: least, last } = leastPictures(look, room);
  const free = room.height - top - EDGE;
  const wide = room.width - start - EDGE;
  const two = look.way === "forward" || hasPadding(g);
  const zoomed = (v: number) => side(v * view.zoom);
  const leaving = (width: number) => (wide - (two ? GAP + width : 0)) / g.columns.padded;
  // both with their numbers, or X with them
  const most = Math.max(
    leaving(Math.max(columns * NUMBERS_FROM, TITLED)),
    Math.min(NUMBERS_FROM, leaving(Math.max(columns * 4, 90))),
  );
  const own = Math.min(30, most, Math.max(free, least) / g.rows.padded);
  const across = Math.max(g.columns.padded * zoomed(own), two ? 0 : wide);
  const x = groundPlate(look, spotAt(start, top, zoomed(own), across + GAP - 10));
  const next = Math.max(right(x), start + TITLED) + GAP;
  const left = Math.max(60, room.width - next - EDGE);
  const other = Math.min(30, left / columns, Math.max(free, last) / rows);
  return { x, result: lastPlate(look, spotAt(next, top, zoomed(other), left)) };
}

/** How wide the titles of X are at least. */
const TITLED = 120;

/** How the vectors are built, below the arrays. */
function builtLines(look: Look, y: number, room: number): Words[] {
  const { i, j } = builtOf(look);
  return [...i, ...j].reduce<Words[]>((lines, one) => {
    lines.push(...remarks(one, MARGIN, y + LINE * lines.length, room));
    return lines;
  }, []);
}

import type { Geometry } from "#engine";
import { NUMBERS_FROM } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, side, TITLE } from "../shared/sizes.ts";
import {
  type Arrangement,
  groundPlate,
  lastPlate,
  lastSize,
  pageOf,
  pageSize,
  platesOf,
} from "./arrange.ts";
import { rightward } from "./aside.ts";
import { BETWEEN, bandAt, cellsAcross } from "./band.ts";
import type { Look } from "./look.ts";
import {
  FOOT,
  finished,
  GAP,
  type Lower,
  lowered,
  lowerOf,
  MARGIN,
  SIGN,
  type Unfinished,
} from "./lower.ts";
import { inRows } from "./rows.ts";

// The arrays and what is gathered side by side, since a row is the same tap in all of them. Under what is gathered
// stands what is made of it, left of that the kernels. X stands below the arrays, or beside them where they are high.

/** What stands above and below arrays that are as high as the room. */
const HEAD = 130;

/** Whether the arrays leave too little room below them. */
function isHigh(look: Look, room: Room): boolean {
  return matrixSize(look.frame.geometry).cells * NUMBERS_FROM > room.height * 0.52;
}

/** How many positions fit beside each other. */
function fitting(g: Geometry, room: number, cell: number): number {
  const left = room - BETWEEN - cell * cellsAcross(g, 0);
  return Math.floor(left / (cell * (2 + g.spec.N)));
}

/** The side of the cells of the arrays: with numbers, unless that is far too high. */
function cellOf(look: Look, width: number, height: number): number {
  const { geometry: g } = look.frame;
  const { cells } = matrixSize(g);
  if (cells * NUMBERS_FROM > height * 1.25)
    return Math.max(2, Math.floor((4 * (height - HEAD)) / cells) / 4);
  const pages = (cell: number) => {
    const size = pageSize(look, fitting(g, width, cell));
    return Math.ceil((g.rows.out * g.columns.out) / size);
  };
  const least = pages(NUMBERS_FROM);
  const most = Math.max(NUMBERS_FROM, Math.min(30, Math.floor((height * 0.42) / cells)));
  for (let cell = most; cell > NUMBERS_FROM; cell--)
    if (fitting(g, width, cell) > 0 && pages(cell) === least) return cell;
  return NUMBERS_FROM;
}

/** X below the arrays, or left of them where they are high; but right of them where only that shows all at once. */
export function wide(look: Look, room: Room): Arrangement {
  if (look.lay === "rows") return inRows(look, room);
  const usual = isHigh(look, room) ? beside : below;
  const { frame } = look;
  const whole = { ...look, frame: { ...frame, view: { ...frame.view, zoom: 1 } } };
  if (isWhole(usual(whole, room), room)) return usual(look, room);
  const other = rightward(whole, room);
  return (other && isWhole(other, room) && rightward(look, room)) || usual(look, room);
}

/** Whether all plates can be seen at once; words may stand below them. */
function isWhole(arrangement: Arrangement, { height }: Room): boolean {
  return platesOf(arrangement).every((plate) => bottom(plate) <= height);
}

/** X below the arrays. */
function below(look: Look, room: Room): Arrangement {
  const { geometry: g, view } = look.frame;
  const width = room.width - 2 * MARGIN;
  const cell = side(cellOf(look, width, room.height) * view.zoom);
  const page = pageOf(look, pageSize(look, fitting(g, width, cell)));
  const band = bandAt(look, { x: MARGIN, y: 0, cell }, page, room.width);
  const top = band.bottom + TITLE;
  const { cols } = band.plates;
  const most = Math.max(
    (room.height - top - FOOT) / g.rows.padded,
    Math.min(20, 220 / g.rows.padded),
  );
  const across = Math.max(160, (cols.x - MARGIN) * 0.58) / g.columns.padded;
  const ground = side(Math.min(30, most, across) * view.zoom);
  const end = MARGIN + g.columns.padded * ground;
  // beside a wide X there is no room for the kernels: it stands below them
  const { cells } = matrixSize(g);
  const tight = end + GAP + Math.max(60, 2 * cells) + 2 * SIGN + cell > cols.x;
  const lower = lowerOf(look, { band, top, left: tight ? MARGIN : end + GAP, room, cell });
  if (tight) return underneath(look, room, { ...lower, band: band.plates, page }, band, ground);
  const x = groundPlate(look, spotAt(MARGIN, top, ground, lower.kernels.x - MARGIN - 10));
  return finished(
    look,
    room,
    { ...lower, band: band.plates, page, x, ground: "apart" },
    band.notes,
  );
}

/** X below the kernels, Y (or dX) at its side. */
function underneath(
  look: Look,
  room: Room,
  plates: Lower & Pick<Unfinished, "band" | "page">,
  { notes }: ReturnType<typeof bandAt>,
  ground: number,
): Arrangement {
  const { kernels, bias, under, result } = plates;
  const low = Math.max(bottom(kernels), bottom(under), bias ? bottom(bias) + 18 : 0) + TITLE;
  const width = look.frame.geometry.columns.padded * ground;
  const x = groundPlate(look, spotAt(MARGIN, low, ground, Math.max(width, 200)));
  const aside = Math.max(under.x, MARGIN + Math.max(width, 200) + GAP);
  const beside = result && lastPlate(look, spotAt(aside, low, result.cell, 240));
  const all = { ...plates, x, result: beside, ground: "apart" as const };
  return finished(look, room, all, notes);
}

/** X left of the arrays, and under it Y. */
function beside(look: Look, room: Room): Arrangement {
  const { geometry: g, view } = look.frame;
  const most = Math.min(
    24,
    (room.width * 0.3) / g.columns.padded,
    (room.height * 0.6) / g.rows.padded,
  );
  const ground = side(most * view.zoom);
  const titles = Math.max(g.columns.padded * ground, 110) + GAP - 10;
  const x = groundPlate(look, spotAt(MARGIN, TITLE, ground, titles));
  const start = MARGIN + titles + 10;
  const width = room.width - start - MARGIN;
  const cell = side(cellOf(look, width, room.height) * view.zoom);
  const page = pageOf(look, pageSize(look, fitting(g, width, cell)));
  const band = bandAt(look, { x: start, y: 0, cell }, page, room.width);
  const top = band.bottom + TITLE;
  const lower = lowerOf(look, { band, top, left: MARGIN, room, cell });
  const [, columns] = lastSize(look);
  const own = side(Math.min(Math.max(ground, 2), (titles - GAP) / columns));
  const result = lastPlate(look, spotAt(MARGIN, bottom(x) + TITLE, own, titles));
  const plates = {
    ...lower,
    result,
    band: band.plates,
    page,
    x,
    ground: "beside" as const,
  };
  // a high Y pushes the kernels down
  const clash = result ? bottom(result) + TITLE - top : 0;
  return finished(
    look,
    room,
    clash > 0 ? { ...plates, ...lowered(plates, clash) } : plates,
    band.notes,
  );
}

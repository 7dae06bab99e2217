import { hasPadding } from "#engine";
import { NUMBERS_FROM, type Plate } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, side, TITLE } from "../shared/sizes.ts";
import { type Arrangement, groundPlate, lastPlate, lastSize, pageOf, pageSize } from "./arrange.ts";
import { BETWEEN, bandAt, cellsAcross } from "./band.ts";
import type { Look } from "./look.ts";
import { FOOT, finished, GAP, lowerOf, MARGIN } from "./lower.ts";

// X over Y (or dX) right of the arrays: a page shows less at a time, and everything at once.

/** Right of the pictures. */
const EDGE = 14;

/** A cell without a number can be told from its neighbours. */
const SEEN = 12;

/** The largest side of X at which the pictures are as high as the room, one over the other. */
function sideBy(look: Look, { height }: Room): number {
  const { rows } = look.frame.geometry;
  const two = look.way === "forward" || hasPadding(look.frame.geometry);
  const last = two ? lastSize(look)[0] : 0;
  const free = height - FOOT - (two ? 2 : 1) * TITLE;
  // where not both can have their numbers, X has them
  const first = Math.min(NUMBERS_FROM, (free - last * SEEN) / rows.padded);
  return Math.min(30, Math.max(free / (rows.padded + last), first));
}

/** The side at which they have numbers, or are as high as the room. */
function leastSide(look: Look, room: Room): number {
  return Math.min(NUMBERS_FROM, sideBy(look, room));
}

/** X over Y from `start` on, as wide as there is room. */
function picturesAt(
  look: Look,
  room: Room,
  start: number,
): { readonly x: Plate; readonly result: Plate | null } {
  const { geometry: g, view } = look.frame;
  const width = room.width - start - EDGE;
  const zoomed = (v: number) => side(v * view.zoom);
  const x = groundPlate(
    look,
    spotAt(start, TITLE, zoomed(Math.min(sideBy(look, room), width / g.columns.padded)), width),
  );
  const [rows, columns] = lastSize(look);
  const top = bottom(x) + TITLE;
  const own = Math.min(30, width / columns, Math.max(SEEN / 2, (room.height - top - FOOT) / rows));
  return { x, result: lastPlate(look, spotAt(start, top, zoomed(own), width)) };
}

/** The largest page beside which the pictures have their numbers; null where there is none. */
export function rightward(look: Look, room: Room): Arrangement | null {
  const { geometry: g, view } = look.frame;
  const cell = side(NUMBERS_FROM * view.zoom);
  const free = room.width - MARGIN - GAP - EDGE - leastSide(look, room) * g.columns.padded;
  const most = Math.floor(
    (free - BETWEEN - cellsAcross(g, 0) * NUMBERS_FROM) / (NUMBERS_FROM * (2 + g.spec.N)),
  );
  if (most < Math.min(g.columns.out, 3)) return null;
  const page = pageOf(look, pageSize(look, most));
  const start = MARGIN + BETWEEN + cellsAcross(g, page.count) * cell + GAP;
  const inner = { width: start - GAP / 2, height: room.height };
  const band = bandAt(look, { x: MARGIN, y: 0, cell }, page, inner.width);
  const lower = lowerOf(look, { band, top: band.bottom + TITLE, left: MARGIN, room: inner, cell });
  const pictures = picturesAt(look, room, start);
  const plates = { ...lower, ...pictures, band: band.plates, page, ground: "right" as const };
  return finished(look, room, plates, band.notes);
}

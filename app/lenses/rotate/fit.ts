import { NUMBERS_FROM } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { copiesOf } from "../shared/back.ts";
import { type Links, largestClose } from "../shared/chain.ts";
import { CLOSE_SIDES, HEADING, LEGEND, largest, TITLE } from "../shared/sizes.ts";
import type { Look } from "./plates.ts";

/** Rows of a close-up that are shown beneath each other at most, and sums that are listed. */
const MOST_SHOWN = 4;
const MOST_LISTED = 8;

/** Room between the rows of a close-up, and below them. */
export const ROW_GAP = 10;
const BELOW = 24;

/** The most rows any cell of dX has in the close-up: the picture keeps its sizes from step to step. */
export function mostParts({ frame: { geometry: g }, subject }: Look): number {
  const most = (places: readonly (readonly number[])[]) =>
    places.reduce((longest, { length }) => Math.max(longest, length), 1);
  const copies = copiesOf(g);
  const places = subject.turned.name === "full" ? most(copies.rows) * most(copies.columns) : 1;
  return places * g.filtersPerGroup;
}

export function linksOf(look: Look): Links {
  const most = mostParts(look);
  return {
    across: look.frame.geometry.columns.k,
    partials: most > 1 && most <= MOST_LISTED,
    bias: false,
    activation: false,
  };
}

/** Height of a close-up of so many rows. */
function lowHeight(look: Look, close: number, shown: number): number {
  return HEADING + shown * (look.frame.geometry.rows.k * close + ROW_GAP) + BELOW;
}

/** Least width of the plates in the middle: that of their titles. */
export const MIDDLE = 84;

/** Cells above and below, for a room: numbers above come first, then large ones below. */
export function fitInto(look: Look, room: Room, width: number, gap: number, rules: number) {
  const { geometry: g } = look.frame;
  const { turned } = look.subject;
  const full = turned.name === "full";
  const across = turned.columns.length + g.columns.n + (full ? g.columns.padded : 0);
  const middle = Math.max(MIDDLE, g.columns.k * 28);
  const tallest = Math.max(turned.rows.length, g.rows.n, full ? g.rows.padded : 0);
  /** The side with which the upper part is as high as the room leaves it. */
  const high = (close: number, shown: number) =>
    (room.height - TITLE - LEGEND - rules - lowHeight(look, close, shown)) / tallest;
  const together = (width - middle - (full ? 3 : 2) * gap) / across;
  const upper = (close: number, shown: number) =>
    Math.min(largest(room), together, Math.max(high(close, shown), 5));
  const links = linksOf(look);
  const closest = (loose: number) => largestClose(links, CLOSE_SIDES, 36, 36 + width, loose);
  const loose = [1, 0.6, 0.3].find((how) => closest(how) >= NUMBERS_FROM) ?? 0;
  const widest = closest(loose);
  const readable = CLOSE_SIDES.filter((close) => close <= widest && close >= NUMBERS_FROM);
  // All rows when they can be read that way, else the one that is chosen.
  const most = mostParts(look);
  const all = most <= MOST_SHOWN && readable.some((close) => upper(close, most) >= NUMBERS_FROM);
  const shown = all ? most : 1;
  const close =
    readable.find((c) => upper(c, shown) >= 28) ??
    readable.find((c) => upper(c, shown) >= NUMBERS_FROM) ??
    readable.find((c) => high(c, shown) >= together) ??
    readable.find((c) => c <= 26) ??
    widest;
  const seen = upper(close, shown);
  return { loose, shown, close, upper: seen, isWhole: high(close, shown) >= seen };
}

import { hasPadding } from "#engine";
import type { Plate, Rectangle } from "../../draw/scene.ts";
import { LINE, remarks } from "../shared/notes.ts";
import type { Spot } from "../shared/plates.ts";
import { deltaPlate, paddedPlate, resultPlate } from "./back.ts";
import { type Band, type Note, windowsOf } from "./band.ts";
import { outPlate, xPlate, yPlate } from "./forward.ts";
import type { Look, Page } from "./look.ts";
import { rowOfStep } from "./place.ts";
import { remarkBelow } from "./words.ts";

/** Where everything stands. */
export interface Arrangement {
  readonly band: Band["plates"];
  readonly page: Page;
  /** X inside its ring, or what comes back to it. */
  readonly x: Plate;
  readonly kernels: Plate;
  /** Forward alone: there is no bias on the way back. */
  readonly bias: Plate | null;
  /** out, or δ: a column a window, under the columns that it is made of; or a row a window, beside the rows. */
  readonly under: Plate;
  /** Y, or dX; null where nothing is padded and dX stands in the place of X. */
  readonly result: Plate | null;
  readonly notes: readonly Note[];
  readonly width: number;
  readonly height: number;
  readonly follow: Rectangle | null;
  /** Where X stands: beside the arrays, left or right of them, or apart from them, below or above. */
  readonly ground: "beside" | "right" | "apart";
}

/** All plates that are there, in no order. */
export function platesOf({
  band,
  x,
  kernels,
  bias,
  under,
  result,
}: Pick<Arrangement, "band" | "x" | "kernels" | "bias" | "under" | "result">): Plate[] {
  const all = [...Object.values(band), x, kernels, bias, under, result];
  return all.filter((plate) => plate !== null);
}

/** The picture that the windows stand on. */
export function groundPlate(look: Look, spot: Spot): Plate {
  if (look.way === "forward") return xPlate(look, spot);
  return hasPadding(look.frame.geometry) ? paddedPlate(look, spot) : resultPlate(look, spot);
}

export function underPlate(look: Look, page: Page, spot: Spot): Plate {
  const shown = windowsOf(look, page);
  return look.way === "forward" ? outPlate(look, shown, spot) : deltaPlate(look, shown, spot);
}

/** Y, or dX where it is not the ground itself. */
export function lastPlate(look: Look, spot: Spot): Plate | null {
  if (look.way === "forward") return yPlate(look, spot);
  return hasPadding(look.frame.geometry) ? resultPlate(look, spot) : null;
}

/** Rows and columns of that plate. */
export function lastSize({ frame: { geometry: g }, way }: Look): [rows: number, columns: number] {
  return way === "forward" ? [g.rows.out, g.columns.out] : [g.rows.n, g.columns.n];
}

/** The page of `size` positions on which playback stands: pointing turns no pages. */
export function pageOf({ frame }: Look, size: number): Page {
  const g = frame.geometry;
  const positions = g.rows.out * g.columns.out;
  const first = Math.floor((rowOfStep(frame) % positions) / size) * size;
  return { first, count: Math.min(size, positions - first) };
}

/** How many positions a page has, of which `fits` fit: whole rows of outputs where it can be, and pages alike. */
export function pageSize({ frame: { geometry: g } }: Look, fits: number): number {
  const positions = g.rows.out * g.columns.out;
  const most = Math.max(1, fits);
  if (positions <= most) return positions;
  const even = Math.ceil(positions / Math.ceil(positions / most));
  const across = g.columns.out;
  const rows = Math.ceil(even / across) * across;
  if (rows <= most) return rows;
  return even;
}

/** What is said under the picture, and where it ends. */
export function closing(look: Look, x: number, y: number, room: number) {
  const text = remarkBelow(look);
  if (text === "") return { notes: [], bottom: y };
  const notes = remarks(text, x, y + 22, room);
  return { notes, bottom: y + 22 + LINE * notes.length };
}

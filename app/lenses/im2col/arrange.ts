import { placeOfRow, rowOfOutput } from "#engine";
import {
  type Arrow,
  type Legend,
  NUMBERS_FROM,
  type Plate,
  type Rectangle,
  type Words,
} from "../../draw/scene.ts";
import { matrixSize, type Windows } from "../shared/matrix.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom } from "../shared/sizes.ts";
import { outputOfStep } from "./place.ts";
import { biasPlate, type Look } from "./plates.ts";

export type Note = Words | Arrow | Legend;

/** Where everything stands: what `rows`, `columns` and `narrow` each find in their own way. */
export interface Arrangement {
  readonly plates: Readonly<Record<"x" | "col" | "kernels" | "bias" | "out" | "y", Plate>>;
  /** The windows that col and out show. */
  readonly shown: Windows;
  readonly notes: readonly Note[];
  readonly width: number;
  readonly height: number;
  readonly follow: Rectangle | null;
  /** How a window is tied to its place in col, and an output to its place in Y. */
  readonly ties: "beside" | "below";
  /** Where the line from out to Y can pass under everything, and go up to Y; null: it goes straight. */
  readonly loop: { readonly under: number; readonly up: number } | null;
}

export const GAP = 52;
export const SIGN = 30;

/** The place, in the order of its way, of the window that playback stands at: pointing turns no pages. */
export function placeOfStep({ frame, way }: Look): number {
  const made = outputOfStep(frame);
  const row = made === null ? frame.step : rowOfOutput(frame.geometry, made);
  return placeOfRow(frame.geometry, way, row);
}

/** The page of `size` windows on which playback stands. */
export function pageOf(look: Look, size: number): Windows {
  const { windows } = matrixSize(look.frame.geometry);
  const first = Math.floor(placeOfStep(look) / size) * size;
  return { way: look.way, order: look.order, first, count: Math.min(size, windows - first) };
}

/** "144 numbers from 64: memory 2.25 × the input". */
export function memory({ frame: { geometry: g, layer } }: Look): string {
  const { windows, cells } = matrixSize(g);
  const factor = (windows * cells) / layer.x.data.length;
  const shown = Number(factor.toFixed(2));
  return `${windows * cells} numbers from ${layer.x.data.length}: memory ${shown} × the input`;
}

/** The biases below Wᵀ, each under its filter; they can be read even where the cells of the matrices are small. */
export function biasBelow(look: Look, kernels: Plate, room: number): Plate {
  const { F } = look.frame.geometry.spec;
  const { cell } = kernels;
  const readable = F * NUMBERS_FROM <= F * cell + room;
  const own = readable ? Math.max(cell, NUMBERS_FROM) : cell;
  const x = kernels.x - Math.floor((F * (own - cell)) / 2);
  return biasPlate(look, spotAt(x, bottom(kernels) + 30, own));
}

import { type Tap, tapsOf } from "#engine";
import type { Frame } from "../lens.ts";
import { type OutputPlace, outputPlaceOf } from "../shared/outputPlace.ts";

/** What the Scatter lens looks at: one δ, the window it came from, and where its products land, in window order. */
export interface Place extends OutputPlace {
  readonly taps: readonly Tap[];
}

export function placeOf(frame: Frame): Place {
  const place = outputPlaceOf(frame);
  return { ...place, taps: tapsOf(frame.geometry, "Y", place.y) };
}

/** The cells on which the products of a stamp that is only half there have landed; none where it is whole. */
export function reached({ geometry: g, step, slot }: Frame): ReadonlySet<number> {
  if (slot === null || slot === g.window - 1) return NONE;
  const taps = tapsOf(g, "Y", step).slice(0, slot + 1);
  return new Set(taps.map(({ p }) => p));
}

const NONE: ReadonlySet<number> = new Set();

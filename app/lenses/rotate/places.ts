import { type Geometry, inputOfPadded, TENSORS, tapAt, unravel } from "#engine";
import type { Frame } from "../lens.ts";
import { backOf } from "../shared/back.ts";
import { type Place, placesOf, type Term, type Turned, termsOf, turnedOf } from "./turned.ts";

/** One row of the close-up: one place of the gradient, one filter. */
export interface Part {
  readonly place: Place;
  /** The filter, and its number within those that read the channel. */
  readonly f: number;
  readonly local: number;
  readonly terms: readonly Term[];
  /** What its products add up to, as far as playback has come. */
  readonly sum: number;
}

/** What the Rotate lens looks at: one cell of dX, and the windows of δ that make it. */
export interface Subject {
  /** Flat index of the input, and its coordinates. */
  readonly x: number;
  readonly n: number;
  readonly channel: number;
  readonly ih: number;
  readonly iw: number;
  readonly turned: Turned;
  readonly places: readonly Place[];
  /** Windows that stand somewhere, by place and filter. */
  readonly parts: readonly Part[];
  /** The filter shown, and its number within those that read the channel. */
  readonly f: number;
  readonly local: number;
  /** The product that playback has reached in this very cell; null when it is complete. */
  readonly slot: number | null;
  /** No window stands where this cell of dX should be. */
  readonly missing: boolean;
  /** What has been added up so far. */
  readonly sum: number;
}

export function withRemainder({ view }: Pick<Frame, "view">): boolean {
  return view.options.remainder !== "without";
}

/** The input in question: the one pointed at, else the one playback has reached. */
function inputOf({ geometry: g, pointed, step }: Frame): number {
  if (!pointed) return step;
  const { kind } = TENSORS[pointed.tensor];
  if (kind === "X") return pointed.index;
  const x =
    kind === "P" ? inputOfPadded(g, pointed.index) : kind === "T" ? tapAt(g, pointed.index).x : -1;
  return x < 0 ? step : x;
}

export function subjectOf(frame: Frame): Subject {
  const { geometry: g, layer, view, step, slot } = frame;
  const turned = turnedOf(g, withRemainder(frame));
  const x = inputOf(frame);
  const [n, channel, ih, iw] = unravel(g.shapes.X, x) as [number, number, number, number];
  const area = g.rows.k * g.columns.k;
  const first = firstFilter(g, channel);
  const reached = x === step ? slot : null;
  // Where products are stepped through, the filter shown is the one they have come to.
  const local =
    reached === null
      ? Math.max(0, Math.min(g.filtersPerGroup - 1, view.channel - first))
      : Math.floor(reached / area);
  const places = placesOf(g, turned, x);
  const { delta } = backOf(frame);
  const missing = places[0]!.missing;
  const parts = places
    .filter((place) => !missing && !place.missing)
    .flatMap((place) => {
      const terms = termsOf(g, turned, layer, delta, n, channel, place);
      return Array.from({ length: g.filtersPerGroup }, (_, i) => {
        const own = terms.slice(i * area, (i + 1) * area);
        const done = reached === null ? area : Math.min(area, reached + 1 - i * area);
        return { place, f: first + i, local: i, terms: own, sum: sumOf(own, done) };
      });
    });
  return {
    x,
    n,
    channel,
    ih,
    iw,
    turned,
    places,
    parts,
    f: first + local,
    local,
    slot: reached,
    missing,
    sum: parts.reduce((sum, part) => sum + part.sum, 0),
  };
}

function sumOf(terms: readonly Term[], done: number): number {
  let sum = 0;
  for (let i = 0; i < done; i++) sum += terms[i]!.product;
  return sum;
}

/** The first of the filters that read a channel. */
function firstFilter(g: Geometry, channel: number): number {
  return Math.floor(channel / g.depth) * g.filtersPerGroup;
}

/** The products of one place: those of a step, were it not for copies. */
export function slotsOf(g: Geometry): number {
  return g.filtersPerGroup * g.rows.k * g.columns.k;
}

/** How many cells of dX are written when playback stands at a step. */
export function written({ geometry, step, slot }: Frame): number {
  return slot === null || slot === slotsOf(geometry) - 1 ? step + 1 : step;
}

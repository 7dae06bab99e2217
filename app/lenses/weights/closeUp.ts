import { unravel } from "#engine";
import { type Arrow, NUMBERS_FROM, type Plate, type Words } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { type Chain, chainOf } from "../shared/chain.ts";
import { heading, label, remark, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { HEADING, wrapped } from "../shared/sizes.ts";
import { type Part, partPlates, resultPlate, samplesPlate } from "./parts.ts";
import { outputOf, type Place, productsOf } from "./places.ts";
import { gradientValue, type Look, sampleSums, soFar } from "./plates.ts";

/** How much of the products is shown, and how large. */
export interface CloseUp {
  readonly close: number;
  /** How much room the signs get, from 0 to 1. */
  readonly loose: number;
  readonly rows: number;
  readonly columns: number;
  /** Samples shown, one below the other. */
  readonly samples: number;
}

/** Sides of a cell with how much room the signs get at least, the best first: signs give way before numbers do. */
const SIZES = [
  [[46, 40, 34], 1],
  [[46, 40, 34, 30], 0.5],
  [[40, 34, 30, 26, 24, 22, NUMBERS_FROM], 0],
].flatMap(([sides, loose]) =>
  (sides as number[]).map((close) => [close, loose as number] as const),
);
/** How much room the signs can get, the most first. */
const LOOSE = [1, 0.75, 0.5, 0.25];
/** The side of cells of which only a part is shown. */
const CROPPED = 22;
const ROW_GAP = 10;
/** More samples than this are summed without being shown together. */
const MOST_SAMPLES = 3;
/** Sums of more samples than this are not listed. */
const MOST_SUMS = 6;

function chainAt(
  { geometry: g }: Frame,
  columns: number,
  close: number,
  left: number,
  loose: number,
) {
  const partials = g.spec.N > 1 && g.spec.N <= MOST_SUMS;
  return chainOf({ across: columns, partials, bias: false, activation: false }, close, left, loose);
}

/** The largest close-up that fits into `width` and `height`: all of it if its numbers can be read, else a part. */
export function closeUpOf(frame: Frame, left: number, width: number, height: number): CloseUp {
  const { rows, columns, spec } = frame.geometry;
  const fits = (across: number, close: number, loose: number) =>
    chainAt(frame, across, close, left, loose).right <= left + width;
  const high = (samples: number, close: number) => samples * (rows.out * close + ROW_GAP);
  const samples = spec.N <= MOST_SAMPLES ? spec.N : 1;
  const loosest = (across: number, close: number) =>
    LOOSE.find((loose) => fits(across, close, loose)) ?? 0;
  for (const [close, least] of SIZES)
    if (fits(columns.out, close, least) && high(samples, close) <= height) {
      const loose = loosest(columns.out, close);
      return { close, loose, rows: rows.out, columns: columns.out, samples };
    }
  const across = Array.from({ length: columns.out }, (_, i) => columns.out - i);
  const most = across.find((n) => fits(n, CROPPED, 0)) ?? 1;
  const down = (shown: number) => Math.floor((height / shown - ROW_GAP) / CROPPED);
  const shown = down(samples) >= Math.min(3, rows.out) ? samples : 1;
  const part = Math.max(1, Math.min(rows.out, down(shown)));
  return {
    close: CROPPED,
    loose: loosest(most, CROPPED),
    rows: part,
    columns: most,
    samples: shown,
  };
}

/** What a close-up takes besides its cells: the heading, and the line below. */
export const FIXED = HEADING + 40;

export function heightOf({ close, rows, samples }: CloseUp): number {
  return samples * (rows * close + ROW_GAP) + FIXED;
}

/** The product in question: the one reached, or the one pointed at. */
function productAt({ geometry: g, pointed }: Frame, { reached }: Place): number | null {
  if (reached !== null) return reached % (g.rows.out * g.columns.out);
  if (pointed?.tensor !== "TW" && pointed?.tensor !== "D") return null;
  const y = pointed.tensor === "D" ? pointed.index : Math.floor(pointed.index / g.window);
  return y % (g.rows.out * g.columns.out);
}

/** The part of the outputs that is shown: page by page, so that it stands still while products are stepped through. */
export function partAt(frame: Frame, place: Place, { rows, columns }: CloseUp): Omit<Part, "n"> {
  const { geometry: g } = frame;
  const k = productAt(frame, place) ?? 0;
  const page = (at: number, shown: number, all: number) =>
    Math.min(all - shown, Math.floor(at / shown) * shown);
  return {
    row: page(Math.floor(k / g.columns.out), rows, g.rows.out),
    column: page(k % g.columns.out, columns, g.columns.out),
    rows,
    columns,
  };
}

interface Block {
  readonly plates: readonly Plate[];
  readonly notes: readonly (Words | Arrow)[];
  readonly bottom: number;
}

/** Inputs met ⊙ δ = products → Σ → dW; at a bias δ → Σ → db. */
export function closeUp(
  look: Look,
  size: CloseUp,
  left: number,
  width: number,
  top: number,
): Block {
  const { frame, place } = look;
  const { geometry: g } = frame;
  const chain = chainAt(frame, size.columns, size.close, left, size.loose);
  const part = partAt(frame, place, size);
  const shown = size.samples === 1 ? [place.n] : Array.from({ length: size.samples }, (_, n) => n);
  const begin = top + HEADING - 6;
  const height = size.rows * size.close;
  const bias = place.w === null;
  // A bias has no slice and no products: its δ stand where the slice of a weight would.
  const back = bias ? chain.products - left : 0;
  const plates: Plate[] = [];
  const notes: (Words | Arrow)[] = [heading(titleOf(look), left, top + 14)];
  for (const [i, n] of shown.entries()) {
    const y = begin + i * (height + ROW_GAP);
    const at = (x: number) => spotAt(x, y, size.close);
    const [slice, delta, products] = partPlates(
      look,
      { ...part, n },
      {
        slice: at(left),
        delta: at(bias ? left : chain.kernel),
        products: at(chain.products),
      },
    ) as [Plate, Plate, Plate];
    plates.push(...(bias ? [delta] : [slice, delta, products]));
    if (!bias)
      notes.push(
        sign("⊙", chain.kernel - chain.gap / 2, y + height / 2),
        sign("=", chain.products - chain.gap / 2, y + height / 2),
      );
    if (g.spec.N > 1 && left > 20) notes.push(label(`n ${n}`, left - 18, y + height / 2));
  }
  const bottom = begin + shown.length * (height + ROW_GAP) - ROW_GAP;
  const sum = sumUp(look, chain, back, begin, bottom);
  const lowest = Math.max(bottom, ...sum.plates.map((plate) => plate.y + plate.rows * plate.cell));
  const story = wrapped(storyOf(look, part, shown.length), width);
  return {
    plates: [...plates, ...sum.plates],
    notes: [
      ...notes,
      ...sum.notes,
      ...story.map((text, i) => remark(text, left, lowest + 20 + 18 * i)),
    ],
    bottom: lowest + 16 + 18 * story.length,
  };
}

/** The same for all weights: words that change with the step would have every plate painted again. */
function titleOf({ frame: { geometry: g }, place }: Look): string {
  if (place.w !== null) return "What the weight met, its δ, their products";
  return g.spec.F > 1 ? "Every δ of the filter, added up" : "Every δ, added up";
}

/** What of the sum is not to be seen; nothing where all of it is. */
function storyOf({ frame: { geometry: g }, place }: Look, part: Omit<Part, "n">, shown: number) {
  const { rows, columns, spec } = g;
  const all = productsOf(g);
  if (part.rows * part.columns * shown === all) return "";
  const what = place.w === null ? "δ" : "products";
  const samples = shown < spec.N ? ` of sample ${place.n}` : "";
  const last = { row: part.row + part.rows - 1, column: part.column + part.columns - 1 };
  const cropped = part.rows < rows.out || part.columns < columns.out;
  const where = cropped
    ? `rows ${part.row}–${last.row}, columns ${part.column}–${last.column} of ${rows.out} × ${columns.out}`
    : `the ${part.rows * part.columns} ${what}`;
  return `Shown: ${where}${samples}. The sum is over all ${all} ${what}.`;
}

/** Σ, with the sums of the samples where there are several, and what it comes to. */
function sumUp(look: Look, chain: Chain, back: number, begin: number, bottom: number) {
  const { place } = look;
  const { partials, large, reach } = chain;
  const middle = (begin + bottom) / 2;
  const plates: Plate[] = [];
  const notes: (Words | Arrow)[] = [];
  if (partials) {
    const sums = sampleSums(look);
    const cell = Math.max(
      NUMBERS_FROM,
      Math.min(chain.partial, Math.floor((bottom - begin) / sums.length)),
    );
    const y = Math.max(begin, middle - (sums.length * cell) / 2);
    plates.push(samplesPlate(look, sums, spotAt(partials.x - back, y, cell)));
    notes.push(sign("Σ", partials.sigma - back, middle));
  }
  notes.push(sign("Σ", chain.plus - back, middle), {
    kind: "arrow",
    x: chain.arrow - back,
    y: middle,
    length: reach,
  });
  const value = place.reached === null ? gradientValue(look) : soFar(look);
  const spot = spotAt(chain.result - back, Math.max(begin, middle - large / 2), large);
  plates.push(resultPlate(look, value, spot));
  return { plates, notes };
}

/** Where the product reached stands: its output's row and column, and its sample. */
export function reachedAt({ geometry: g }: Frame, { f, reached }: Place) {
  if (reached === null) return null;
  const [n, , oh, ow] = unravel(g.shapes.Y, outputOf(g, f, reached)) as [
    number,
    number,
    number,
    number,
  ];
  return { n, oh, ow };
}

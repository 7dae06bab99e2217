import {
  cellsOf,
  type Mark,
  NUMBERS_FROM,
  type Plate,
  type Rectangle,
  type Scene,
} from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { backScales } from "../shared/back.ts";
import { chainOf } from "../shared/chain.ts";
import { heading, label, remark, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom as bottomOf, HEADING, isNarrow, right as rightOf } from "../shared/sizes.ts";
import { closeUpPlates, partialsPlate, resultPlate } from "./close.ts";
import { linksOf, mostParts, ROW_GAP } from "./fit.ts";
import { type Part, subjectOf } from "./places.ts";
import type { Look } from "./plates.ts";
import { type Block, narrow, type Sizes, wide } from "./upper.ts";

type Note = Scene["notes"][number];

/** The Rotate lens: δ dilated ⋆ rot180(W) = dX and its rules above, one window under the magnifier below. */
export function layout(frame: Frame, room: Room): Scene {
  const look: Look = { frame, subject: subjectOf(frame), scales: backScales(frame) };
  const sizes = isNarrow(room) ? narrow(look, room) : wide(look, room);
  const low = closeUp(look, sizes);
  const rules = sizes.below?.(low.bottom) ?? { notes: [], bottom: low.bottom };
  const plates = [...sizes.top.plates, ...low.plates];
  const { subject } = look;
  const marks = marksOf(look, plates);
  return {
    width: Math.max(...plates.map(rightOf)) + sizes.margin,
    height: rules.bottom,
    plates,
    marks,
    notes: [...sizes.top.notes, ...low.notes, ...rules.notes],
    curves: [],
    follow: marks[0] ?? null,
    newest: subject.x === frame.step ? { plate: "dX", row: subject.ih, column: subject.iw } : null,
  };
}

/** Which parts the close-up shows: all, or that of the filter and the place that are looked at. */
function shownParts({ subject }: Look, shown: number): number[] {
  const { parts, local } = subject;
  if (shown > 1) return parts.map((_, i) => i);
  const one = parts.findIndex((part) => part.local === local);
  return one < 0 ? [] : [one];
}

/** What the close-up shows; of more windows than can be listed, how many there are. */
function titleOf(look: Look, shown: number, roomy: boolean): string {
  const { parts } = look.subject;
  const kernel = look.frame.geometry.spec.flip ? "the kernel" : "the turned kernel";
  const listed = shown > 1 || linksOf(look).partials || parts.length === 1;
  if (listed || parts.length === 0) return `The window, ${kernel}, their products`;
  return roomy
    ? `One of ${parts.length} windows, ${kernel}, their products`
    : `One of ${parts.length} windows, and ${kernel}`;
}

/** Window ⊙ turned kernel = products → Σ → dX, one row for each filter (and each copy in the ring). */
function closeUp(look: Look, { margin, close, shown, loose, top }: Sizes): Block {
  const { geometry: g } = look.frame;
  const { subject } = look;
  const chain = chainOf(linksOf(look), close, margin, loose);
  const begin = top.bottom + HEADING - 6;
  const height = g.rows.k * close;
  const end = begin + shown * (height + ROW_GAP) - ROW_GAP;
  const plates: Plate[] = [];
  const notes: Note[] = [heading(titleOf(look, shown, margin > 20), margin, top.bottom + 14)];
  for (const [i, which] of shownParts(look, shown).entries()) {
    const y = begin + i * (height + ROW_GAP);
    const middle = y + height / 2;
    plates.push(
      ...closeUpPlates(look, which, {
        window: spotAt(margin, y, close),
        kernel: spotAt(chain.kernel, y, close),
        products: spotAt(chain.products, y, close),
      }),
    );
    notes.push(
      sign("⊙", chain.kernel - chain.gap / 2, middle),
      sign("=", chain.products - chain.gap / 2, middle),
    );
    if (margin > 20) notes.push(...partLabels(look, subject.parts[which]!, margin - 18, middle));
  }
  const sum = sumUp(look, chain, begin, end);
  plates.push(...sum.plates);
  if (subject.missing)
    notes.push(
      remark("No window stands here: without the remainder δ ends too early.", margin, begin + 12),
    );
  const bottom = Math.max(end, ...plates.map(bottomOf));
  return { plates, notes: [...notes, ...sum.notes], bottom: bottom + 24 };
}

/** Which filter a row belongs to, and to which copy in the ring, where there are several. */
function partLabels({ frame, subject }: Look, { f, place }: Part, x: number, y: number): Note[] {
  const filters = frame.geometry.filtersPerGroup > 1;
  const places = subject.turned.name === "full" && subject.places.length > 1;
  const where = `${place.row}, ${place.column}`;
  if (filters && places) return [label(`f ${f}`, x, y - 8), label(where, x, y + 8)];
  return [...(filters ? [label(`f ${f}`, x, y)] : []), ...(places ? [label(where, x, y)] : [])];
}

/** Σ over the rows, and the cell it becomes, half way between `begin` and `end`. */
function sumUp(look: Look, chain: ReturnType<typeof chainOf>, begin: number, end: number) {
  const { parts, missing } = look.subject;
  const { partials, large, reach } = chain;
  const middle = (begin + end) / 2;
  const plates: Plate[] = [];
  const notes: Note[] = missing
    ? []
    : [sign("Σ", chain.plus, middle), { kind: "arrow", x: chain.arrow, y: middle, length: reach }];
  if (partials && parts.length > 0) {
    const most = mostParts(look);
    const cell = Math.max(NUMBERS_FROM, Math.min(chain.partial, Math.floor((end - begin) / most)));
    const y = Math.max(begin, middle - (parts.length * cell) / 2);
    plates.push(partialsPlate(look, spotAt(partials.x, y, cell)));
    notes.push(sign("Σ", partials.sigma, middle));
  }
  plates.push(resultPlate(look, spotAt(chain.result, middle - large / 2, large)));
  return { plates, notes };
}

/** The windows on δ, the taps of a dilated window, the cell of dX and the cells it is folded from. */
function marksOf({ frame, subject }: Look, plates: readonly Plate[]): Mark[] {
  const { geometry: g } = frame;
  const named = (name: string) => plates.find((plate) => plate.name === name);
  const dilated = named("Dilated δ")!;
  const shown = subject.parts.filter(({ local }) => local === subject.local);
  const area = g.rows.k * g.columns.k;
  const spread = g.rows.dilation > 1 || g.columns.dilation > 1;
  const windows = shown.map(
    ({ terms }, i): Mark => ({
      name: `window ${i}`,
      role: "W",
      ...around(dilated, terms[0]!, terms.at(-1)!),
    }),
  );
  const taps =
    spread && area <= 81 && dilated.cell >= 9
      ? shown.flatMap(({ terms }, i) =>
          terms.map(
            ({ row, column }, j): Mark => ({
              name: `tap ${i} ${j}`,
              role: "W",
              ...cellsOf(dilated, row, column),
            }),
          ),
        )
      : [];
  const padded = named("dX padded");
  const copies = padded
    ? subject.places
        .filter(({ missing }) => !missing)
        .map(
          ({ row, column }, i): Mark => ({
            name: `copy ${i}`,
            role: "X",
            ...cellsOf(padded, row, column),
          }),
        )
    : [];
  const gradient = cellsOf(named("dX")!, subject.ih, subject.iw);
  return [
    ...windows,
    ...taps,
    ...copies,
    { name: "gradient", role: "X", ...gradient },
    ...reached(frame, subject, shown, dilated, named("Turned kernel")!),
  ];
}

/** The rectangle from one cell to another. */
function around(
  plate: Plate,
  first: { readonly row: number; readonly column: number },
  last: { readonly row: number; readonly column: number },
): Rectangle {
  const { row, column } = first;
  return cellsOf(plate, row, column, last.row - row + 1, last.column - column + 1);
}

/** The product that playback stands at: the cell of δ (or a zero) and the weight it meets. */
function reached(
  { geometry: g }: Frame,
  { slot, local }: Look["subject"],
  shown: readonly Part[],
  dilated: Plate,
  kernel: Plate,
): Mark[] {
  const area = g.rows.k * g.columns.k;
  if (slot === null || shown.length === 0) return [];
  const place = slot - local * area;
  const { row, column } = shown[0]!.terms[place]!;
  return [
    { name: "met", role: "delta", ...cellsOf(dilated, row, column) },
    {
      name: "weight",
      role: "W",
      ...cellsOf(kernel, Math.floor(place / g.columns.k), place % g.columns.k),
    },
  ];
}

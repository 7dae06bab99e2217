import {
  type CellRef,
  firstOfFilter,
  full,
  type Geometry,
  hasPadding,
  indicesAt,
  inputOfPadded,
  nameOf,
  paddedOfInput,
  placeOfRow,
  readOf,
  type Sentence,
  slotOfWeight,
  sumOf,
  TENSORS,
  tapsOf,
  type Way,
} from "#engine";
import type { Frame, WrittenSum } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { isReached } from "../shared/walked.ts";
import { layOf, orderOf, placeOf, progressOf, wayOf } from "./place.ts";
import { product } from "./words.ts";

// The sums of the way back; and forward, where there are groups, that of the filter whose rows are looked at.

/** One number of dcols for a cell of dX padded. */
interface Part {
  /** The window as a row of im2col, and its place in the walk: its column (or row) of dcols. */
  readonly window: number;
  readonly at: number;
  readonly cell: number;
  readonly value: number;
}

/** A cell of a gradient, and the places of the padded input whose numbers come together in it. */
interface Target {
  readonly ref: CellRef;
  readonly places: readonly number[];
}

export function terms(frame: Frame): WrittenSum | null {
  if (wayOf(frame) === "forward") return forwardTerms(frame);
  const target = targetOf(frame);
  return target && backTerms(frame, target);
}

/** All numbers that k, i and j send to a place, over the filters that read it; in the order of the walk. */
function partsOf(frame: Frame, place: number): Part[] {
  const { geometry: g, layer, answer } = frame;
  const { cells } = matrixSize(g);
  const parts = new Map<number, Part>();
  for (const { w, y } of tapsOf(g, "P", place)) {
    const read = readOf(g, y, slotOfWeight(g, w));
    const one = answer.back!.delta.data[y]! * layer.w.data[w]!;
    const value = (parts.get(read)?.value ?? 0) + one;
    const window = Math.floor(read / cells);
    const at = placeOfRow(g, layOf(frame), window);
    parts.set(read, { window, at, cell: read % cells, value });
  }
  return [...parts.values()].sort((a, b) => a.at - b.at);
}

function backTerms(frame: Frame, { ref, places }: Target): WrittenSum {
  const { geometry: g } = frame;
  const done = progressOf(frame);
  const plain = wayOf(frame) === "plain";
  const all = places.map((place) => partsOf(frame, place));
  const here = all.map((parts) =>
    parts.filter(({ window, cell }) => isReached(g, done, window, cell)),
  );
  const left = new Set(here.map((parts) => lastOf(parts, done.way)));
  const sum = add(here.flat());
  const rest = all.flat().length - here.flat().length;
  return {
    title: [
      { text: nameOf(g, ref), role: "X" },
      { text: plain ? ", what the plain += leaves of it" : ", added up by np.add.at" },
    ],
    terms: here.flat().map((part, i) => termOf(part, done.way, i, plain && !left.has(part))),
    total: [
      ...(plain ? [{ text: "leaves " }] : [{ text: "= " }]),
      { text: full(plain ? add(here.flat().filter((part) => left.has(part))) : sum), role: "X" },
      ...(plain ? [{ text: `; the sum is ${full(sum)}` }] : []),
      { text: stillToCome(rest), role: "muted" },
    ],
  };
}

/** The number that is written last: that of the last row of the arrays, which is a tap, or a window. */
function lastOf(parts: readonly Part[], way: Way): Part | null {
  if (way === "rows") return parts.at(-1) ?? null;
  return parts.reduce<Part | null>(
    (last, part) => (last && last.cell > part.cell ? last : part),
    null,
  );
}

function add(parts: readonly Part[]): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

function stillToCome(count: number): string {
  if (count === 0) return "";
  return ` so far; ${count === 1 ? "one more is" : `${count} more are`} to come`;
}

function termOf({ at, value }: Part, way: Way, i: number, lost: boolean): Sentence {
  const bracketed = value < 0 && i > 0 ? `(${full(value)})` : full(value);
  return [
    lost ? { text: bracketed, role: "delta" } : { text: bracketed },
    { text: ` ${way === "rows" ? "row" : "column"} ${at}${lost ? ", lost" : ""}`, role: "muted" },
  ];
}

function targetOf(frame: Frame): Target | null {
  const { geometry: g, pointed } = frame;
  const kind = pointed && TENSORS[pointed.tensor].kind;
  if (pointed && kind === "P")
    return { ref: { tensor: "DP", index: pointed.index }, places: [pointed.index] };
  if (pointed && kind === "X")
    return {
      ref: { tensor: "DX", index: pointed.index },
      places: paddedOfInput(g, pointed.index),
    };
  const cell = pointed && kind === "R" ? pointed : pointed ? null : product(frame);
  if (!cell) return null;
  const { p } = indicesAt(g, cell.index);
  return { ref: gradientAt(g, p), places: [p] };
}

/** Without a ring the padded input is the input. */
function gradientAt(g: Geometry, p: number): CellRef {
  return hasPadding(g) ? { tensor: "DP", index: p } : { tensor: "DX", index: inputOfPadded(g, p) };
}

/** The sum of one output as a row of W_row times a column of its group. */
function forwardTerms(frame: Frame): WrittenSum | null {
  const { geometry: g, layer } = frame;
  const { y, f, slot } = placeOf(frame);
  const sum = sumOf(g, layer, y);
  const first = firstOfFilter(g, f);
  const shown = slot === null ? sum.terms : sum.terms.slice(0, slot + 1);
  const whole = shown.length === sum.terms.length;
  // in another order than channel by channel the taps of a group do not stand together
  const together = orderOf(frame) === "c kh kw";
  const [taps, one] = layOf(frame) === "columns" ? ["rows", "column"] : ["columns", "row"];
  const own = together ? `${taps} ${first}–${first + g.window - 1}` : `the ${taps} of its group`;
  const soFar = shown.reduce((total, { product: one }) => total + one, 0);
  return {
    title: [
      { text: nameOf(g, { tensor: "Z", index: y }), role: "Y" },
      { text: `, ${own} of the ${one}` },
    ],
    terms: shown.map(({ input, weight }, i) => [
      { text: input < 0 && i > 0 ? `(${full(input)})` : full(input), role: "X" },
      { text: "·" },
      { text: weight < 0 ? `(${full(weight)})` : full(weight), role: "W" },
    ]),
    total: whole
      ? [
          { text: `${sum.bias < 0 ? `+ (${full(sum.bias)})` : `+ ${full(sum.bias)}`} = ` },
          { text: full(sum.z), role: "Y" },
        ]
      : [{ text: `= ${full(soFar)}` }, { text: " so far", role: "muted" }],
  };
}

import {
  type CellRef,
  colAt,
  full,
  type Geometry,
  hasPadding,
  inputOfPadded,
  nameOf,
  paddedOfInput,
  placeOfRow,
  rowOfOutput,
  type Sentence,
  TENSORS,
  tapsOf,
  type Way,
} from "#engine";
import type { Frame, WrittenSum } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { partOf } from "../shared/walked.ts";
import { added, cellOfSlot, rowOfStep, writesOf } from "./place.ts";

/** A cell of a gradient, and the places of the padded input whose numbers are added up in it. */
interface Target {
  readonly ref: CellRef;
  readonly places: readonly number[];
}

/** One number that col2im adds: the cell of dcol that went from a window to a place. */
interface Part {
  /** The window by its place in the walk: its row or column of dcol. */
  readonly at: number;
  readonly place: number;
  readonly value: number;
}

/** What has been added up by now in the cell pointed at, or in the one that this product goes to. */
export function terms(frame: Frame): WrittenSum | null {
  if (writesOf(frame) === "assign") return null;
  const target = targetOf(frame);
  if (!target) return null;
  const { geometry: g } = frame;
  const done = added(frame);
  const now = partOf(g, done);
  const all = target.places.flatMap((place) => partsOf(frame, place));
  all.sort((a, b) => a.at - b.at || a.place - b.place);
  const here = all.filter(
    ({ at, place }) => at < done.windows || (at === done.windows && now.has(place)),
  );
  const sum = here.reduce((total, { value }) => total + value, 0);
  return {
    title: [{ text: nameOf(g, target.ref), role: "X" }, { text: ", added up by col2im" }],
    terms: here.map((part, i) => termOf(part, i, done.way)),
    total: [
      { text: "= " },
      { text: full(sum), role: "X" },
      { text: rest(all.length - here.length), role: "muted" },
    ],
  };
}

function rest(count: number): string {
  if (count === 0) return "";
  return ` so far; ${count === 1 ? "one more is" : `${count} more are`} to come`;
}

function termOf({ at, value }: Part, i: number, way: Way): Sentence {
  const bracketed = value < 0 && i > 0 ? `(${full(value)})` : full(value);
  return [
    { text: bracketed },
    { text: ` ${way === "rows" ? "row" : "column"} ${at}`, role: "muted" },
  ];
}

function targetOf(frame: Frame): Target | null {
  const { geometry: g, pointed, slot } = frame;
  const kind = pointed && TENSORS[pointed.tensor].kind;
  if (pointed && kind === "P")
    return { ref: { tensor: "DP", index: pointed.index }, places: [pointed.index] };
  if (pointed && kind === "X")
    return {
      ref: { tensor: "DX", index: pointed.index },
      places: paddedOfInput(g, pointed.index),
    };
  if (pointed || slot === null) return null;
  const { cells } = matrixSize(g);
  const { p } = colAt(g, rowOfStep(frame), cellOfSlot(frame) % cells);
  return { ref: gradientAt(g, p), places: [p] };
}

/** Without a ring the padded input is the input. */
function gradientAt(g: Geometry, p: number): CellRef {
  return hasPadding(g) ? { tensor: "DP", index: p } : { tensor: "DX", index: inputOfPadded(g, p) };
}

/** All that comes to a place of the padded input: one number a window, summed over the filters. */
function partsOf(frame: Frame, place: number): Part[] {
  const { geometry: g, layer, answer } = frame;
  const { way } = added(frame);
  const rows = new Map<number, number>();
  for (const { w, y } of tapsOf(g, "P", place)) {
    const row = rowOfOutput(g, y);
    const product = answer.back!.delta.data[y]! * layer.w.data[w]!;
    rows.set(row, (rows.get(row) ?? 0) + product);
  }
  return [...rows].map(([row, value]) => ({ at: placeOfRow(g, way, row), place, value }));
}

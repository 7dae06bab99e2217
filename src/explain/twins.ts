import { type CellRef, type Kind, TENSORS, type TensorName } from "../cell.ts";
import { counterpartOf, type SlotTap, tapFor } from "../counterpart.ts";
import { type Geometry, readOf, visitInput } from "../geometry.ts";
import { slotOfWeight } from "../provenance.ts";
import { unravel } from "../tensor.ts";
import { indicesShown, nameOf } from "./cell.ts";
import { type Choices, wayIn } from "./conventions.ts";
import { placeOfRow, rowOfOutput, type Way } from "./rows.ts";
import { viewName } from "./view.ts";

/** Another name of what is in focus: the cell that stands for it in a lens. */
export interface Twin extends CellRef {
  /** The lens in which it has this name. */
  readonly lens: string;
  readonly text: string;
}

/** Kinds whose cells stand for one read of one window; the taps of others are many, and none stands out. */
const READS: readonly Kind[] = ["X", "P", "R", "T", "S"];

/** The cell in focus, its kind, and the tap that stands for it where it is a read. */
interface Focus {
  readonly g: Geometry;
  readonly ref: CellRef;
  readonly kind: Kind;
  readonly tap: SlotTap | null;
  /** Whether a lens has windows as rows or columns: as the switch says, else as it opens. */
  readonly way: (usual: Way) => Way;
}

type Named = readonly [tensor: TensorName, index: number, text: string];

/** How a lens names the focus, by its kind; kinds that are not here have no name there. */
type Names = Partial<Readonly<Record<Kind, (focus: Focus) => Named | null>>>;

function name(g: Geometry, tensor: TensorName, index: number): string {
  return nameOf(g, { tensor, index });
}

/** The cell of another tensor that stands for the focus, by its own name. */
const as =
  (tensor: TensorName) =>
  ({ g, ref }: Focus): Named | null => {
    const index = counterpartOf(g, ref, TENSORS[tensor].kind);
    return index === null ? null : [tensor, index, name(g, tensor, index)];
  };

/** A product of the focus' tap. */
const product =
  (tensor: "T" | "TX" | "TW", text: (g: Geometry, tap: SlotTap) => string) =>
  ({ g, tap }: Focus): Named | null =>
    tap && [tensor, tap.y * g.window + tap.slot, text(g, tap)];

/** A read of the focus' tap, in a matrix of windows. */
const read =
  (tensor: "R" | "DR", text: (g: Geometry, tap: SlotTap, way: Focus["way"]) => string) =>
  ({ g, ref, kind, tap, way }: Focus): Named | null => {
    if (!tap) return null;
    const more = kind === "X" ? readsOf(g, ref.index) - 1 : 0;
    const others = more > 0 ? `, and ${more} more` : "";
    return [tensor, readOf(g, tap.y, tap.slot), text(g, tap, way) + others];
  };

/** How many cells of the matrix of windows hold an input. */
function readsOf(g: Geometry, x: number): number {
  const reads = new Set<string>();
  // Filters of a group share the cell; outputs that are read for through two copies have two.
  visitInput(g, x, (p, _x, _w, y) => {
    const [n, , oh, ow] = unravel(g.shapes.Y, y);
    reads.add(`${p} ${n} ${oh} ${ow}`);
  });
  return reads.size;
}

/** An output by what else it is called. */
const output =
  (text: (g: Geometry, y: number, way: Focus["way"]) => string) =>
  ({ g, ref, way }: Focus): Named => ["Y", ref.index, text(g, ref.index, way)];

/** Row and column of the matrix of windows in which a tap reads. */
function rowAndColumn(g: Geometry, { y, slot }: SlotTap, way: Way): [row: number, column: number] {
  const [row, cell] = unravel(g.shapes.R, readOf(g, y, slot)) as [number, number];
  const place = placeOfRow(g, way, row);
  return way === "rows" ? [place, cell] : [cell, place];
}

/** "row 6 of col · Wᵀ", or "column 6 of W · col": the window that makes output `y`, in a product. */
function windowIn(g: Geometry, y: number, way: Way, products: Record<Way, string>): string {
  const place = placeOfRow(g, way, rowOfOutput(g, y));
  return `${way === "rows" ? "row" : "column"} ${place} of ${products[way]}`;
}

/** The same names for all kinds that stand for one read. */
function reads(of: (focus: Focus) => Named | null): Names {
  return { T: of, R: of, S: of };
}

/** Also for inputs, in the ring or not. */
function inputs(of: (focus: Focus) => Named | null): Names {
  return { X: of, P: of };
}

const cellIn = (g: Geometry, tap: SlotTap, way: Focus["way"]) =>
  `cell (${rowAndColumn(g, tap, way("rows")).join(", ")})`;
const col = read("R", (g, tap, way) => `${cellIn(g, tap, way)} of col`);
const dcol = read("DR", (g, tap, way) => `${cellIn(g, tap, way)} of dcol`);
const view = read("R", (g, { y, slot }) => viewName(g, y, slot));
const gathered = read("R", (g, tap, way) => {
  const [row, column] = rowAndColumn(g, tap, way("columns"));
  return `row ${row}, column ${column} of X[:, k, i, j]`;
});
const forward = product("T", (g, { y, slot }) => name(g, "T", y * g.window + slot));
const toInput = product("TX", (g, { y, w }) => `${name(g, "D", y)} · ${name(g, "W", w)}`);
const toWeight = product(
  "TW",
  (g, { y, x }) => `${name(g, "D", y)} · ${x < 0 ? "a padding zero" : name(g, "X", x)}`,
);
const windowOfView = (g: Geometry, y: number) => {
  const [n, , oh, ow] = unravel(g.shapes.Y, y) as [number, number, number, number];
  const shape = [g.spec.N, g.rows.out, g.columns.out];
  return `window [${indicesShown(shape, (n * shape[1]! + oh) * shape[2]! + ow).join(", ")}] of the view`;
};

/** What each lens calls the cell in focus. */
const LENSES: Readonly<Record<string, Names>> = {
  window: { ...inputs(as("X")), ...reads(forward), W: as("W"), Y: as("Y"), b: as("b") },
  im2col: {
    ...inputs(col),
    ...reads(col),
    Y: output((g, y, way) => windowIn(g, y, way("rows"), { rows: "col · Wᵀ", columns: "W · col" })),
    W: ({ g, ref: { index }, way }) => {
      const [slot, f] = [slotOfWeight(g, index), Math.floor(index / g.window)];
      const text = way("rows") === "rows" ? `(${slot}, ${f}) of Wᵀ` : `(${f}, ${slot}) of W`;
      return ["W", index, `cell ${text}`];
    },
  },
  strides: { ...inputs(view), ...reads(view), Y: output(windowOfView) },
  indices: {
    ...inputs(gathered),
    ...reads(gathered),
    Y: output((g, y, way) =>
      windowIn(g, y, way("columns"), {
        rows: "X[:, k, i, j] · Wᵀ",
        columns: "W · X[:, k, i, j]",
      }),
    ),
  },
  delta: { Y: as("D") },
  scatter: { ...inputs(as("DX")), ...reads(toInput), Y: as("D") },
  col2im: {
    ...inputs(dcol),
    ...reads(dcol),
    Y: ({ g, ref: { index }, way }) => [
      "D",
      index,
      windowIn(g, index, way("rows"), { rows: "δ · W", columns: "Wᵀ · δ" }),
    ],
  },
  rotate: { ...inputs(as("DX")), ...reads(as("DX")) },
  weights: { ...reads(toWeight), W: as("DW"), b: as("DB") },
  update: { W: as("W2"), b: as("B2") },
};

/**
 * Which other names the cell in focus has: one a lens, in the order of the menu. Cells of one kind are one focus:
 * δ[1, 2] is Y[1, 2] on the way back. Matrices of windows lie as the switches say.
 */
export function twinsOf(g: Geometry, ref: CellRef, choices: Choices = {}): Twin[] {
  const { kind } = TENSORS[ref.tensor];
  const tap = READS.includes(kind) ? tapFor(g, ref) : null;
  const focus: Focus = { g, ref, kind, tap, way: (usual) => wayIn(choices, usual) };
  return Object.entries(LENSES).flatMap(([lens, names]) => {
    const named = names[kind]?.(focus);
    if (!named) return [];
    const [tensor, index, text] = named;
    return [{ lens, tensor, index, text }];
  });
}

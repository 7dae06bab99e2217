import {
  cellAt,
  colAt,
  type Geometry,
  rowAt,
  TENSORS,
  type TensorName,
  unravel,
  visitRead,
  type Way,
  type WindowOrder,
} from "#engine";
import { type Plate, type Progress, SMOOTH, type Texture } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { plateOf, ringKey, type Spot, ZERO } from "./plates.ts";
import { scaleKey } from "./scales.ts";
import { fitting } from "./sizes.ts";

/** Which windows a plate shows: `count` of them from the `first` on, in the order of their way. */
export interface Windows {
  readonly way: Way;
  readonly first: number;
  readonly count: number;
  /** In which order the cells of a window stand; absent: channel by channel, as they are counted. */
  readonly order?: WindowOrder;
}

/** How many windows there are, one for each (n, oh, ow), and how many cells each has over all channels. */
export function matrixSize(g: Geometry): { readonly windows: number; readonly cells: number } {
  const [windows, cells] = g.shapes.R as [number, number];
  return { windows, cells };
}

/** The window of a row of im2col: whose sample it is, and which outputs it makes. */
export function windowOfRow(
  { spec, rows, columns }: Geometry,
  row: number,
): [number, number, number] {
  return unravel([spec.N, rows.out, columns.out], row) as [number, number, number];
}

const weights = new WeakMap<Geometry, Int32Array>();

/** The weight that filter `f` has for a cell of the window, as the taps say; −1 where it does not read that channel. */
export function weightAt(g: Geometry, cell: number, f: number): number {
  const { F } = g.spec;
  let table = weights.get(g);
  if (!table) {
    const { cells } = matrixSize(g);
    const made = new Int32Array(cells * F).fill(-1);
    const area = g.rows.out * g.columns.out;
    for (let r = 0; r < cells; r++)
      visitRead(g, r, (_p, _x, w, y) => {
        made[r * F + (Math.floor(y / area) % F)] = w;
      });
    table = made;
    weights.set(g, table);
  }
  return table[cell * F + f]!;
}

/** What of a matrix of windows is there at a step: so many rows of im2col whole, and so many cells of the next. */
export interface Gathered {
  readonly rows: number;
  /** Counted within a group: all groups have theirs at once. */
  readonly cells: number;
}

function isThere({ window }: Geometry, { rows, cells }: Gathered, row: number, cell: number) {
  return row < rows || (row === rows && cell % window < cells);
}

interface Matrix
  extends Pick<Plate, "name" | "role" | "scale">,
    Partial<Pick<Plate, "title" | "subtitle" | "outlined">> {
  readonly tensor: TensorName;
  /** How many cells each window has here: all it reads, or one a filter. */
  readonly across: number;
  readonly indexAt: (row: number, cell: number) => number;
  readonly valueAt: (row: number, cell: number) => number | null;
  readonly textureAt?: (row: number, cell: number) => Texture;
  readonly key: readonly unknown[];
  /** Where a walk fills it in the order of its windows: so many are whole, and `key` tells moments apart. */
  readonly filled?: { readonly at: number; readonly key: string };
}

/** A matrix with one row a window, or its transpose; asked by row of im2col and cell, whichever way it lies. */
export function windowsPlate(g: Geometry, shown: Windows, matrix: Matrix, spot: Spot): Plate {
  const { way, first, count } = shown;
  const { across, indexAt, valueAt, textureAt = () => SMOOTH, key, filled, ...look } = matrix;
  // one cell a filter has but one order
  const order = (TENSORS[look.tensor].kind === "R" && shown.order) || "c kh kw";
  const laid = <Value>(at: (row: number, cell: number) => Value) =>
    way === "rows"
      ? (r: number, c: number) => at(first + r, cellAt(g, order, c))
      : (r: number, c: number) => at(rowAt(g, way, first + c), cellAt(g, order, r));
  return plateOf({
    ...look,
    ...spot,
    rows: way === "rows" ? count : across,
    columns: way === "rows" ? across : count,
    indexAt: laid(indexAt),
    valueAt: laid(valueAt),
    textureAt: laid(textureAt),
    key: [
      ...key,
      way,
      first,
      order,
      g.spec.N,
      g.spec.C,
      scaleKey(look.scale),
      ...(filled ? [filled.key] : []),
    ],
    ...(filled ? { progress: windowByWindow(shown, across, filled.at) } : {}),
  });
}

/** Of windows that are written one after the other, so many are, and one more may be half there. */
function windowByWindow({ way, first, count }: Windows, across: number, at: number): Progress {
  return {
    at,
    between(a, b) {
      const from = Math.max(0, Math.min(a, b) - first);
      const until = Math.min(count, Math.max(a, b) - first + 1);
      return way === "rows"
        ? { top: from, bottom: until, left: 0, right: across }
        : { top: 0, bottom: across, left: from, right: until };
    },
  };
}

/** The matrix of im2col as far as it is written: what each window reads, copied out. */
export function colPlate(
  { geometry: g, layer }: Frame,
  shown: Windows,
  progress: Gathered,
  look: Pick<Plate, "scale"> & Partial<Pick<Plate, "title" | "subtitle">>,
  spot: Spot,
): Plate {
  const { cells } = matrixSize(g);
  const matrix: Matrix = {
    name: "col",
    role: "X",
    ...look,
    tensor: "R",
    across: cells,
    indexAt: (row, cell) => row * cells + cell,
    valueAt: (row, cell) => {
      if (!isThere(g, progress, row, cell)) return null;
      const { x } = colAt(g, row, cell);
      return x < 0 ? 0 : layer.x.data[x]!;
    },
    textureAt: (row, cell) => textureOf(g, colAt(g, row, cell)),
    key: [layer.x, ringKey(g), g.window, progress.rows, progress.cells],
  };
  return windowsPlate(g, shown, matrix, spot);
}

/** A padding zero, a copy in the ring, or a cell of the image. */
function textureOf(
  { rows, columns }: Geometry,
  { p, x }: { readonly p: number; readonly x: number },
) {
  if (x < 0) return ZERO;
  const row = Math.floor(p / columns.padded) % rows.padded;
  const column = p % columns.padded;
  const inside =
    row >= rows.before &&
    row < rows.before + rows.n &&
    column >= columns.before &&
    column < columns.before + columns.n;
  return inside ? SMOOTH : COPY;
}

const COPY: Texture = { ring: "copy", unread: false };

/**
 * The kernels as a matrix in the order of the window: one a column (Wᵀ), or one a row. What a filter does not read
 * because of the groups is a zero and no one's cell.
 */
export function kernelMatrix(
  { geometry: g, layer }: Frame,
  { way, order = "c kh kw" }: Pick<Windows, "way" | "order">,
  look: Pick<Plate, "name" | "title" | "scale"> & Partial<Pick<Plate, "subtitle">>,
  spot: Spot,
): Plate {
  const { cells } = matrixSize(g);
  const { F, groups, flip } = g.spec;
  const at = (r: number, c: number) =>
    way === "rows" ? weightAt(g, cellAt(g, order, r), c) : weightAt(g, cellAt(g, order, c), r);
  const size = way === "rows" ? `${cells} × ${F}` : `${F} × ${cells}`;
  return plateOf({
    subtitle: groups === 1 ? size : fitting([`${size}, ${groups} blocks`, size], spot.titleRoom),
    ...look,
    role: "W",
    ...spot,
    rows: way === "rows" ? cells : F,
    columns: way === "rows" ? F : cells,
    outlined: true,
    tensor: "W",
    indexAt: at,
    valueAt: (r, c) => {
      const w = at(r, c);
      return w < 0 ? 0 : layer.w.data[w]!;
    },
    textureAt: (r, c) => (at(r, c) < 0 ? ZERO : SMOOTH),
    // a zero between the blocks cannot be typed into
    editable: groups === 1 ? "W" : null,
    key: [layer.w, way, order, groups, flip, scaleKey(look.scale)],
  });
}

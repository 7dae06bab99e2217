import { cellAt, type Geometry, type IndicesAt, indicesAt, outputOfRow } from "#engine";
import type { Plate, Scale } from "../../draw/scene.ts";
import { matrixSize } from "../shared/matrix.ts";
import { plateOf, ringKey, type Spot } from "../shared/plates.ts";
import { fitting } from "../shared/sizes.ts";
import type { Look, Page } from "./look.ts";

// The plates of k, i and j, and of the vectors that i and j are the sums of.

type Letter = "i" | "j";
const TENSOR = { i: "I", j: "J" } as const;

/** Whole numbers from 0 on: so light that what is repeated is seen, and the matrices of values stand out. */
function scaleOf(most: number): Scale {
  return { kind: "gray", low: 0, high: Math.max(1, most) * 4, tone: "ink" };
}

function positionsOf({ rows, columns }: Geometry): number {
  return rows.out * columns.out;
}

/** A plate made for windows as columns: where they are rows, its rows are columns. */
function laid({ lay }: Look, plate: Plate): Plate {
  if (lay === "columns") return plate;
  const { rows, columns, indexAt, valueAt } = plate;
  return {
    ...plate,
    rows: columns,
    columns: rows,
    indexAt: (r, c) => indexAt(c, r),
    valueAt: (r, c) => valueAt(c, r),
    key: [...plate.key, "rows"],
  };
}

/** The title of i or j stands over the vector along the top: i1, or i0 where windows are rows. */
function titleOf({ frame, lay }: Look, letter: Letter, top: "columns" | "rows", room: number) {
  if (lay !== top) return {};
  const { geometry: g } = frame;
  const [cells, windows] = [matrixSize(g).cells, positionsOf(g)];
  const [size, sum] =
    lay === "columns"
      ? [`${cells} × ${windows}`, `${letter}0[r] + ${letter}1[q]`]
      : [`${windows} × ${cells}`, `${letter}1[q] + ${letter}0[r]`];
  return { title: letter, subtitle: fitting([`${size}: ${sum}`, size], room) };
}

function keyOf({ frame: { geometry: g }, order }: Look): unknown[] {
  return [ringKey(g), g.spec.C, order];
}

/** The cell of im2col that a row of the arrays names at a position, in the sample looked at. */
function indexAt(look: Look, position: number, row: number) {
  const { geometry: g } = look.frame;
  const window = look.place.n * positionsOf(g) + position;
  return window * matrixSize(g).cells + cellAt(g, look.order, row);
}

function rangeOf({ rows, columns }: Geometry, letter: Letter): number {
  return (letter === "i" ? rows : columns).padded - 1;
}

/** k: one column (or row), for all positions. Its cells are those of the window looked at. */
export function channelsPlate(look: Look, spot: Spot): Plate {
  const { geometry: g } = look.frame;
  const { cells } = matrixSize(g);
  // as a row it stands over i without a title: a label beside it says what it is
  const columns = look.lay === "columns";
  const plate = plateOf({
    name: "k",
    title: columns ? "k" : "",
    subtitle: columns ? fitting([`${cells} × 1`, String(cells)], spot.titleRoom) : "",
    role: "plain",
    ...spot,
    rows: cells,
    columns: 1,
    scale: scaleOf(g.spec.C - 1),
    tensor: "K",
    indexAt: (r) => indexAt(look, look.place.position, r),
    valueAt: (r) => indicesAt(g, indexAt(look, 0, r)).k,
    key: keyOf(look),
  });
  return laid(look, plate);
}

/** i0 or j0: where the taps of the first window stand. Its cells are those of the window looked at. */
export function downPlate(look: Look, letter: Letter, spot: Spot): Plate {
  const { geometry: g } = look.frame;
  const plate = plateOf({
    name: `${letter}0`,
    ...titleOf(look, letter, "rows", spot.titleRoom),
    role: "plain",
    ...spot,
    rows: matrixSize(g).cells,
    columns: 1,
    outlined: true,
    scale: scaleOf(rangeOf(g, letter)),
    tensor: TENSOR[letter],
    indexAt: (r) => indexAt(look, look.place.position, r),
    valueAt: (r) => indicesAt(g, indexAt(look, 0, r))[`${letter}0`],
    key: keyOf(look),
  });
  return laid(look, plate);
}

/** i1 or j1: where each window begins. A cell stands for its window. */
export function alongPlate(look: Look, letter: Letter, { first, count }: Page, spot: Spot): Plate {
  const { frame, place } = look;
  const { geometry: g } = frame;
  const windows = positionsOf(g);
  const plate = plateOf({
    name: `${letter}1`,
    ...titleOf(look, letter, "columns", spot.titleRoom),
    role: "plain",
    ...spot,
    rows: 1,
    columns: count,
    outlined: true,
    scale: scaleOf(rangeOf(g, letter)),
    tensor: "Y",
    indexAt: (_, c) => outputOfRow(g, place.n * windows + first + c, place.f),
    valueAt: (_, c) => indicesAt(g, indexAt(look, first + c, 0))[`${letter}1`],
    key: [...keyOf(look), first],
  });
  return laid(look, plate);
}

/** i or j, as many positions as are shown. */
export function arrayPlate(look: Look, letter: Letter, { first, count }: Page, spot: Spot): Plate {
  const { geometry: g } = look.frame;
  const at = (r: number, c: number): IndicesAt => indicesAt(g, indexAt(look, first + c, r));
  const plate = plateOf({
    name: letter,
    role: "plain",
    ...spot,
    rows: matrixSize(g).cells,
    columns: count,
    scale: scaleOf(rangeOf(g, letter)),
    tensor: TENSOR[letter],
    indexAt: (r, c) => indexAt(look, first + c, r),
    valueAt: (r, c) => at(r, c)[letter],
    key: [...keyOf(look), first],
  });
  return laid(look, plate);
}

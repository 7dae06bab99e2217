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

/** k: one column, for all positions. Its cells are those of the column looked at. */
export function channelsPlate(look: Look, spot: Spot): Plate {
  const { geometry: g } = look.frame;
  const { cells } = matrixSize(g);
  return plateOf({
    name: "k",
    title: "k",
    subtitle: fitting([`${cells} × 1`, String(cells)], spot.titleRoom),
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
}

/** i0 or j0: where the taps of the first window stand. Its cells are those of the column looked at. */
export function downPlate(look: Look, letter: Letter, spot: Spot): Plate {
  const { geometry: g } = look.frame;
  return plateOf({
    name: `${letter}0`,
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
}

/** i1 or j1: where each window begins. A cell stands for its window. */
export function alongPlate(look: Look, letter: Letter, { first, count }: Page, spot: Spot): Plate {
  const { frame, place } = look;
  const { geometry: g } = frame;
  const { cells } = matrixSize(g);
  const windows = positionsOf(g);
  return plateOf({
    name: `${letter}1`,
    title: letter,
    subtitle: fitting(
      [`${cells} × ${windows}: ${letter}0[r] + ${letter}1[q]`, `${cells} × ${windows}`],
      spot.titleRoom,
    ),
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
}

/** i or j, as many columns as are shown. */
export function arrayPlate(look: Look, letter: Letter, { first, count }: Page, spot: Spot): Plate {
  const { geometry: g } = look.frame;
  const at = (r: number, c: number): IndicesAt => indicesAt(g, indexAt(look, first + c, r));
  return plateOf({
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
}

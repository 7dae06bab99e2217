import { placeOfRow } from "#engine";
import { type Curve, cellsOf, type Mark, type Plate, type Rectangle } from "../../draw/scene.ts";
import { bottom } from "../shared/sizes.ts";
import { entryOf, someOf, type WindowOn, windowOn } from "../shared/windowOn.ts";
import type { Arrangement } from "./arrange.ts";
import type { Look } from "./plates.ts";

/** Frames the row (or column) that is added, the δ it is made of, and the window it goes back to; ties both together. */
export function tiesOf(look: Look, arrangement: Arrangement): { marks: Mark[]; curves: Curve[] } {
  const { place, frame, way } = look;
  const { delta, rows, shown } = arrangement;
  const { spec, rows: down, columns } = frame.geometry;
  const picture = arrangement.canvas ?? arrangement.result;
  const window = windowOn(frame.geometry, place.row, place.channel, picture);
  const marks: Mark[] = [{ name: "window", role: "W", ...window.whole }, ...window.taps];
  const along = placeOfRow(frame.geometry, way, place.row) - shown.first;
  if (along < 0 || along >= shown.count) return { marks, curves: [] };
  const inRows = way === "rows";
  const part = (plate: Plate, from: number, count: number) =>
    inRows ? cellsOf(plate, along, from, 1, count) : cellsOf(plate, from, along, count, 1);
  const row = part(rows, 0, inRows ? rows.columns : rows.rows);
  marks.push({ name: "row", role: "W", ...row });
  const area = down.k * columns.k;
  if (spec.C > 1)
    marks.push({ name: "channel", role: "X", ...part(rows, place.channel * area, area) });
  if (delta) marks.push({ name: "delta", role: "delta", ...part(delta, 0, spec.F) });
  const curves = inRows
    ? fromRow(arrangement, row, window)
    : [fromColumn(arrangement, row, window)];
  return { marks, curves };
}

const middle = ({ y, height }: Rectangle) => y + height / 2;

/** From the row to each line of its window; past titles, which begin where the matrices do. */
function fromRow(
  { ties, delta, rows, canvas, result }: Arrangement,
  row: Rectangle,
  { whole, lines }: WindowOn,
): Curve[] {
  if (ties === "below") {
    const left = (delta ?? rows).x;
    const [from, to] = [middle(row), entryOf({ lines })];
    const around = [
      [left / 2, from],
      [left / 2, to],
    ] as const;
    return [{ role: "W", from: [left - 2, from], to: [whole.x - 2, to], along: "across", around }];
  }
  const end = row.x + row.width + 2;
  // the line over a narrow matrix is wider than the matrix
  const leave = Math.max(end, rows.x + Math.min(rows.titleRoom, NARROW));
  const edge = (canvas ?? result).x - 4;
  return someOf(lines).map((line) => ({
    role: "W",
    from: [end, middle(row)],
    to: [line.x - 3, line.y],
    along: "across",
    sweep: [leave, edge],
  }));
}

/** From a column down, under dcol and up beside the picture: titles begin where that does. */
function fromColumn(
  { ties, rows, ...plates }: Arrangement,
  column: Rectangle,
  window: WindowOn,
): Curve {
  const { delta, kernels, canvas, result } = plates;
  const x = column.x + column.width / 2;
  const from = [x, bottom(rows) + 2] as const;
  const lane = bottom(rows) + LANE;
  const to = [window.whole.x - 2, entryOf(window)] as const;
  const left = Math.min(...[delta, kernels, rows].map((plate) => plate?.x ?? rows.x));
  const aside = ties === "below" ? left / 2 : (canvas ?? result).x - ASIDE;
  const around = [
    [x, lane],
    [aside, lane],
    [aside, to[1]],
  ] as const;
  return { role: "W", from, to, along: "across", around };
}

/** From a matrix down to a line under it, and from a line up to the picture beside it. */
const LANE = 7;
const ASIDE = 18;

/** A matrix wider than this has its whole title over itself. */
const NARROW = 70;

import { type Curve, cellsOf, type Mark, type Rectangle } from "../../draw/scene.ts";
import { entryOf, someOf, type WindowOn, windowOn } from "../shared/windowOn.ts";
import type { Arrangement } from "./arrange.ts";
import type { Look } from "./plates.ts";

/** Frames the row that is added, the δ it is made of, and the window it goes back to; ties row and window together. */
export function tiesOf(look: Look, arrangement: Arrangement): { marks: Mark[]; curves: Curve[] } {
  const { place, frame } = look;
  const { delta, rows, shown } = arrangement;
  const { spec, rows: down, columns } = frame.geometry;
  const picture = arrangement.canvas ?? arrangement.result;
  const window = windowOn(frame.geometry, place.row, place.channel, picture);
  const marks: Mark[] = [{ name: "window", role: "W", ...window.whole }, ...window.taps];
  const along = place.row - shown.first;
  if (along < 0 || along >= shown.count) return { marks, curves: [] };
  const row = cellsOf(rows, along, 0, 1, rows.columns);
  marks.push({ name: "row", role: "W", ...row });
  const area = down.k * columns.k;
  if (spec.C > 1)
    marks.push({
      name: "channel",
      role: "X",
      ...cellsOf(rows, along, place.channel * area, 1, area),
    });
  if (delta)
    marks.push({ name: "delta", role: "delta", ...cellsOf(delta, along, 0, 1, delta.columns) });
  return { marks, curves: curvesOf(arrangement, row, window) };
}

const middle = ({ y, height }: Rectangle) => y + height / 2;

/** From the row to each line of its window; past titles, which begin where the matrices do. */
function curvesOf(
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

/** A matrix wider than this has its whole title over itself. */
const NARROW = 70;

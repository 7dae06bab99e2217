import { colAt, unravel } from "#engine";
import { type Curve, cellsOf, type Mark, type Plate, type Rectangle } from "../../draw/scene.ts";
import type { Arrangement } from "./arrange.ts";
import type { Look } from "./plates.ts";

/** Frames the row that is added, the δ it is made of, and the window it goes back to; ties row and window together. */
export function tiesOf(look: Look, arrangement: Arrangement): { marks: Mark[]; curves: Curve[] } {
  const { place, frame } = look;
  const { delta, rows, shown } = arrangement;
  const { spec, rows: down, columns } = frame.geometry;
  const window = windowOn(look, arrangement.canvas ?? arrangement.result);
  const marks: Mark[] = [{ name: "window", role: "W", ...window.whole }];
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

interface Window {
  readonly whole: Rectangle;
  readonly lines: readonly Rectangle[];
}

/** The window of the row on the picture it goes back to. */
function windowOn({ frame, place }: Look, picture: Plate): Window {
  const { geometry: g } = frame;
  const { k } = g.columns;
  const area = g.rows.k * k;
  const at = (cell: number) => {
    const { p } = colAt(g, place.row, place.channel * area + cell);
    return unravel(g.shapes.P, p).slice(2) as [row: number, column: number];
  };
  const [top, left] = at(0);
  const [bottom, right] = at(area - 1);
  const line = (row: number, height: number) =>
    cellsOf(picture, row, left, height, right - left + 1);
  return {
    whole: line(top, bottom - top + 1),
    lines: Array.from({ length: g.rows.k }, (_, t) => line(at(t * k)[0], 1)),
  };
}

const middle = ({ y, height }: Rectangle) => y + height / 2;

/** From the row to each line of its window. */
function curvesOf({ ties }: Arrangement, row: Rectangle, { whole, lines }: Window): Curve[] {
  if (ties === "below")
    return [
      {
        role: "W",
        from: [row.x + row.width / 2, row.y + row.height + 1],
        to: [whole.x + whole.width / 2, whole.y - 2],
        along: "down",
      },
    ];
  return some(lines).map((line) => ({
    role: "W",
    from: [row.x + row.width + 2, middle(row)],
    to: [line.x - 3, middle(line)],
    along: "across",
  }));
}

/** Every line of a small window; of a large one the first, the middle and the last. */
function some<Item>(items: readonly Item[]): Item[] {
  if (items.length <= 5) return [...items];
  return [items[0]!, items[items.length >> 1]!, items.at(-1)!];
}

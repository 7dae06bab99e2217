import { colAt, type Geometry, unravel } from "#engine";
import { cellsOf, type Mark, type Plate, type Rectangle } from "../../draw/scene.ts";

/** Where the window of a row of im2col stands on a padded plane. */
export interface WindowOn {
  readonly whole: Rectangle;
  /** Its rows, topmost first. */
  readonly lines: readonly Rectangle[];
  /** Its taps one by one, where a dilated kernel leaves gaps between them and there are not too many to see. */
  readonly taps: readonly Mark[];
}

export function windowOn(g: Geometry, row: number, channel: number, plane: Plate): WindowOn {
  const { k } = g.columns;
  const area = g.rows.k * k;
  const at = (cell: number) => {
    const { p } = colAt(g, row, channel * area + cell);
    return unravel(g.shapes.P, p).slice(2) as [row: number, column: number];
  };
  const [top, left] = at(0);
  const [bottom, right] = at(area - 1);
  const line = (from: number, height: number) =>
    cellsOf(plane, from, left, height, right - left + 1);
  const dilated = g.rows.dilation > 1 || g.columns.dilation > 1;
  const shown = dilated && area <= 81 && plane.cell >= 9;
  return {
    whole: line(top, bottom - top + 1),
    lines: Array.from({ length: g.rows.k }, (_, t) => line(at(t * k)[0], 1)),
    taps: Array.from({ length: shown ? area : 0 }, (_, slot) => ({
      name: `tap ${slot}`,
      role: "W",
      ...cellsOf(plane, ...at(slot)),
    })),
  };
}

/** The height at which a line comes to a window across its plane: between two rows of cells, not through their numbers. */
export function entryOf({ lines }: Pick<WindowOn, "lines">): number {
  return lines[lines.length >> 1]!.y;
}

/** Every line of a small window; of a large one the first, the middle and the last. */
export function someOf<Item>(items: readonly Item[]): Item[] {
  if (items.length <= 5) return [...items];
  return [items[0]!, items[items.length >> 1]!, items.at(-1)!];
}

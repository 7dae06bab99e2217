import { sizeOf } from "#engine";
import type { Plate } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { cells, frameOf, LAYERS } from "../testing/frames.ts";
import { indicesLens } from "./index.ts";

// What the tests of this lens share.

/** A room in which all columns stand at once, or all rows. */
export const WALL = { width: 9000, height: 6000 };
export const WAYS = ["forward", "add", "plain"] as const;
export type Way = (typeof WAYS)[number];

export const LAYS = ["columns", "rows"] as const;

export async function frameAt(
  link: string,
  way: Way,
  at: Partial<Frame> = {},
  col: (typeof LAYS)[number] = "columns",
): Promise<Frame> {
  const frame = await frameOf(link, at);
  return { ...frame, view: { ...frame.view, ...at.view, options: { way, col } } };
}

/** The last step. */
export const last = ({ geometry }: Frame) => sizeOf(indicesLens.walk(geometry)) - 1;

/** Row of the arrays, position and sample of each cell of a plate that is of im2col's kind. */
export function places(plate: Plate, { geometry: g }: Frame) {
  const all = g.shapes.R[1]!;
  const positions = g.rows.out * g.columns.out;
  return cells(plate, (r, c) => {
    const index = plate.indexAt(r, c);
    const row = Math.floor(index / all);
    const [position, n] = [row % positions, Math.floor(row / positions)];
    return { r, c, cell: index % all, position, n, value: plate.valueAt(r, c) };
  });
}

export const OPENING = `${LAYERS.opening}&delta=random:seed=5`;
export const BATCH = `${LAYERS.batch}&delta=random:seed=4`;

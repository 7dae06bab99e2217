import type { FigureStore } from "./figureState.ts";
import { geometryFor } from "./layer.ts";

/** How many times larger than it fits the picture may be shown. */
const ZOOMS = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384] as const;

/** As far as anyone needs to go into a small picture. */
const USUAL = 12;
/** So many cells of the longest side fill the room at the largest zoom, or some more: each then has its number. */
const FEWEST = 8;

/** The next zoom there is, larger (1) or smaller (−1): into a large image as far as to its numbers. */
export function zoomBy(store: FigureStore, by: 1 | -1): void {
  store.setState(({ zoom, document }) => {
    const { rows, columns } = geometryFor(document);
    const most = Math.max(USUAL, Math.max(rows.padded, columns.padded) / FEWEST);
    const steps = ZOOMS.filter((step) => step <= most);
    const at = ZOOMS.findIndex((candidate) => candidate >= zoom);
    return { zoom: steps[Math.max(0, Math.min(steps.length - 1, at + by))]! };
  });
}

import type { FigureStore } from "./state.ts";

/** How many times larger than it fits the picture may be shown. */
const ZOOMS = [1, 1.5, 2, 3, 4, 6, 8, 12] as const;

/** The next zoom there is, larger (1) or smaller (−1). */
export function zoomBy(store: FigureStore, by: number): void {
  store.setState(({ zoom }) => {
    const at = ZOOMS.findIndex((candidate) => candidate >= zoom);
    return { zoom: ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, at + by))]! };
  });
}

import type { Geometry } from "#engine";
import { NUMBERS_FROM } from "../../draw/scene.ts";
import { matrixSize } from "../shared/matrix.ts";
import { matrixSide, TITLE } from "../shared/sizes.ts";

// How large dcol and dX are beside each other.

/** The room of both, without what stands between them. */
interface Space {
  readonly width: number;
  readonly height: number;
  /** The largest side at which dX padded over dX is as high as the room. */
  readonly most: number;
}

/** Sides of the cells of dcol and of dX, and how high (or wide) a page of dcol may be. */
interface Sizes {
  readonly matrix: number;
  readonly x: number;
  readonly page: number;
}

export function sizesInRows(g: Geometry, { width, height, most }: Space): Sizes {
  const { windows, cells } = matrixSize(g);
  const { F } = g.spec;
  const picture = g.columns.padded;
  const xSide = (matrix: number) => Math.min(most, (width - (cells + F) * matrix) / picture);
  const down = (height - TITLE) / (Math.min(windows, 64) + F);
  const matrix = matrixSide({
    width,
    across: cells + F,
    down,
    picture,
    beside: xSide,
    first: "picture",
  });
  // many filters leave room for some rows
  const low = Math.min(matrix, Math.max(2, (height * 0.4) / F));
  return { matrix: low, x: xSide(low), page: height - TITLE - F * low };
}

/** As high as the room, but with numbers if a little scrolling brings them; all columns if they fit beside dX. */
export function sizesInColumns(g: Geometry, { width, height, most }: Space): Sizes {
  const { windows, cells } = matrixSize(g);
  const { F } = g.spec;
  const picture = g.columns.padded;
  const xSide = (across: number) => Math.min(most, (width - across) / picture);
  const fit = (height - TITLE) / (cells + F);
  const readable = fit >= NUMBERS_FROM * 0.75;
  const largest = readable ? Math.max(NUMBERS_FROM, Math.min(30, Math.floor(fit))) : fit;
  const enough = Math.min(most, NUMBERS_FROM);
  let best = null;
  for (let matrix = largest; matrix >= (readable ? NUMBERS_FROM : 2); matrix--) {
    const x = xSide((windows + F) * matrix);
    // of all columns beside dX the sizes most alike
    if (x >= enough && (!best || Math.min(matrix, x) > Math.min(best.matrix, best.x)))
      best = { matrix, x, page: windows * matrix };
  }
  if (best) return best;
  // a page of them: dX has its numbers where half of the width is enough for that
  const matrix = readable ? NUMBERS_FROM : Math.max(2, fit);
  const x = Math.min(enough, (width * 0.5) / picture);
  return { matrix, x, page: width - picture * x - F * matrix };
}

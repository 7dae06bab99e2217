import type { Geometry } from "#engine";
import { NUMBERS_FROM, type Rectangle } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { matrixSize } from "../shared/matrix.ts";
import { label, remark, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom, right, SMALLEST, side, TITLE } from "../shared/sizes.ts";
import { type Arrangement, GAP, memory, pageOf } from "./arrange.ts";
import {
  biasPlate,
  gatheredPlate,
  kernelsPlate,
  type Look,
  outPlate,
  xPlate,
  yPlate,
} from "./plates.ts";

// One window a column: W stands left of out and col above it, so that a cell of out is where a row of W meets a
// column of col. Of many windows a page is shown.

const MARGIN = 36;
/** Between W and the bias, and between the bias and out: a + and an =. */
const SIGN = 30;

/** Sides of the cells of X, of W, and of col and out. */
interface Sizes {
  readonly x: number;
  readonly w: number;
  readonly matrix: number;
}

/** As high as the room, but with numbers if a little scrolling brings them; narrower if all windows fit that way. */
function sizesOf({ frame: { geometry: g } }: Look, room: Room): Sizes {
  const { cells, windows } = matrixSize(g);
  const left = (room.width - 2 * MARGIN - GAP) * 0.4;
  const x = Math.max(
    SMALLEST,
    Math.min(34, left / g.columns.padded, (room.height - TITLE) / g.rows.padded),
  );
  const sizes = (matrix: number) => ({ x, w: Math.max(2, Math.min(matrix, left / cells)), matrix });
  const fit = (room.height - 3 * TITLE - 24) / (cells + g.spec.F + Math.min(4, g.rows.out));
  if (fit < NUMBERS_FROM * 0.75) return sizes(Math.max(2, fit));
  const most = Math.floor(Math.max(NUMBERS_FROM, Math.min(30, fit)));
  for (let matrix = most; matrix >= NUMBERS_FROM; matrix--)
    if (firstColumn(g, sizes(matrix)) + windows * matrix <= room.width - MARGIN)
      return sizes(matrix);
  return sizes(most);
}

/** Where X and W end on the left, and where col and out begin. */
const leftPart = (g: Geometry, { x, w }: Sizes) =>
  MARGIN + Math.max(g.columns.padded * x, matrixSize(g).cells * w);
const firstColumn = (g: Geometry, sizes: Sizes) => leftPart(g, sizes) + 2 * SIGN + sizes.matrix;

export function inColumns(look: Look, room: Room): Arrangement {
  const { frame, place } = look;
  const { geometry: g, view } = frame;
  const { cells, windows } = matrixSize(g);
  const { F } = g.spec;
  const found = sizesOf(look, room);
  const zoomed = (v: number) => side(v * view.zoom);
  const sizes = { x: zoomed(found.x), w: zoomed(found.w), matrix: zoomed(found.matrix) };
  const { x: xCell, w, matrix } = sizes;
  const end = leftPart(g, sizes);
  const first = firstColumn(g, sizes);
  const fits = Math.floor((room.width - MARGIN - first) / matrix);
  const shown = pageOf(look, Math.max(4, Math.min(windows, fits)));
  const titles = Math.max(shown.count * matrix, room.width - MARGIN - first);
  const low = TITLE + Math.max(cells * matrix, g.rows.padded * xCell) + TITLE;
  const middle = low + (F * matrix) / 2;

  const x = xPlate(look, spotAt(MARGIN, TITLE, xCell, end - MARGIN + SIGN));
  const col = gatheredPlate(look, shown, spotAt(first, TITLE, matrix, titles));
  const kernels = kernelsPlate(look, spotAt(MARGIN, middle - (F * w) / 2, w, end - MARGIN));
  const bias = biasPlate(look, spotAt(end + SIGN, low, matrix));
  const out = outPlate(look, shown, spotAt(first, low, matrix, titles));
  const below = (room.height - bottom(out) - TITLE - 20) / g.rows.out;
  const yCell = zoomed(Math.max(Math.min(NUMBERS_FROM, found.x), Math.min(40, below)));
  const y = yPlate(look, spotAt(first, bottom(out) + TITLE, yCell, titles));
  const plates = { x, col, kernels, bias, out, y };
  const ends = Math.max(...Object.values(plates).map(right));
  return {
    plates,
    shown,
    notes: [
      sign("+", end + SIGN / 2, middle),
      label("b", bias.x + matrix / 2, bottom(bias) + 11),
      sign("=", first - SIGN / 2, middle),
      remark(memory(look), MARGIN, Math.max(bottom(kernels) + 28, bottom(x) + 28)),
    ],
    width: Math.max(ends, MARGIN + 300) + MARGIN,
    height: Math.max(bottom(y), bottom(kernels) + 28) + 24,
    follow: view.zoom === 1 ? null : followOf(place.phase === "gather" ? 0 : end - w, low, room),
    ties: "beside",
    loop: null,
  };
}

/** Of a picture wider than the room, the part that is at work. */
function followOf(x: number, height: number, room: Room): Rectangle {
  return { x, y: 24, width: room.width - 48, height };
}

import { firstOfFilter, placeOfRow, unravel } from "#engine";
import { type Curve, cellsOf, type Mark, type Plate, type Rectangle } from "../../draw/scene.ts";
import { matrixSize } from "../shared/matrix.ts";
import { right } from "../shared/sizes.ts";
import { someOf, type WindowOn, windowOn } from "../shared/windowOn.ts";
import type { Arrangement } from "./arrange.ts";
import type { Look } from "./plates.ts";

/** Where one window stands: on X, in col, and what it makes. Null where its page is not shown. */
interface Window extends WindowOn {
  /** All cells of the window that the phase is about, and those of the channel shown. */
  readonly inCol: Rectangle | null;
  readonly channelInCol: Rectangle | null;
  readonly inOut: Rectangle | null;
  readonly inY: Rectangle;
}

/** What frames and ties together: the window with its row of col, the row with the kernel, the product with Y. */
export function tiesOf(look: Look, arrangement: Arrangement): { marks: Mark[]; curves: Curve[] } {
  const window = windowOf(look, arrangement);
  return { marks: marksOf(look, arrangement, window), curves: curvesOf(look, arrangement, window) };
}

function windowOf({ frame, place, way }: Look, { plates, shown }: Arrangement): Window {
  const { geometry: g } = frame;
  const { cells } = matrixSize(g);
  const area = g.rows.k * g.columns.k;
  const along = placeOfRow(g, way, place.row) - shown.first;
  const isShown = along >= 0 && along < shown.count;
  const ofWindow = (plate: Plate, from: number, count: number) =>
    !isShown
      ? null
      : way === "rows"
        ? cellsOf(plate, along, from, 1, count)
        : cellsOf(plate, from, along, count, 1);
  const made = place.phase === "product";
  const [, , oh, ow] = unravel(g.shapes.Y, place.y) as [number, number, number, number];
  return {
    ...windowOn(g, place.row, place.channel, plates.x),
    inCol: ofWindow(plates.col, made ? firstOfFilter(g, place.f) : 0, made ? g.window : cells),
    channelInCol: ofWindow(plates.col, place.channel * area, area),
    inOut: ofWindow(plates.out, place.f, 1),
    inY: cellsOf(plates.y, oh, ow),
  };
}

function marksOf({ frame, place, way }: Look, { plates }: Arrangement, window: Window): Mark[] {
  const { geometry: g } = frame;
  const marks: Mark[] = [{ name: "window", role: "W", ...window.whole }, ...window.taps];
  if (window.inCol) marks.push({ name: "row", role: "W", ...window.inCol });
  const several = place.phase === "gather" ? g.spec.C > 1 : g.depth > 1;
  if (several && window.channelInCol)
    marks.push({ name: "channel", role: "X", ...window.channelInCol });
  if (place.phase === "gather") return marks;
  const first = firstOfFilter(g, place.f);
  const kernel =
    way === "rows"
      ? cellsOf(plates.kernels, first, place.f, g.window, 1)
      : cellsOf(plates.kernels, place.f, first, 1, g.window);
  // a single kernel is framed as it is
  if (g.spec.F > 1) marks.push({ name: "kernel", role: "W", ...kernel });
  if (window.inOut) marks.push({ name: "out", role: "Y", ...window.inOut });
  marks.push({ name: "output", role: "Y", ...window.inY });
  return marks;
}

type Point = readonly [x: number, y: number];
const middle = ({ y, height }: Rectangle) => y + height / 2;
const center = ({ x, width }: Rectangle) => x + width / 2;

function curvesOf(look: Look, arrangement: Arrangement, window: Window): Curve[] {
  const { inCol, inOut, inY } = window;
  return [
    ...(inCol ? toCol(look, arrangement, window, inCol) : []),
    ...(look.place.phase === "product" && inOut ? [toY(arrangement, inOut, inY)] : []),
  ];
}

/** From the window on X to its place in col. */
function toCol({ way }: Look, { ties }: Arrangement, { whole, lines }: Window, inCol: Rectangle) {
  if (ties === "below") {
    const x = way === "rows" ? inCol.x + Math.min(20, inCol.width / 2) : center(inCol);
    const from: Point = [center(whole), whole.y + whole.height + 1];
    return [{ role: "W", from, to: [x, inCol.y - 2], along: "down" } satisfies Curve];
  }
  const to: Point = way === "rows" ? [inCol.x - 3, middle(inCol)] : [center(inCol), inCol.y - 3];
  return someOf(lines).map(
    (row): Curve => ({
      role: "W",
      from: [row.x + row.width + 2, middle(row)],
      to,
      along: "across",
    }),
  );
}

/** From a cell of out to its place in Y: round everything, or straight to where it lies above or below. */
function toY({ plates: { y, out }, loop }: Arrangement, inOut: Rectangle, inY: Rectangle): Curve {
  if (!loop) {
    const [above, below] = inOut.y < inY.y ? [inOut, inY] : [inY, inOut];
    return {
      role: "Y",
      from: [center(above), above.y + above.height + 1],
      to: [center(below), below.y - 2],
      along: "down",
    };
  }
  const turn = right(out) + 16;
  return {
    role: "Y",
    from: [inOut.x + inOut.width + 1, middle(inOut)],
    to: [right(y) + 3, middle(inY)],
    along: "across",
    around: [
      [turn, middle(inOut)],
      [turn, loop.under],
      [loop.up, loop.under],
      [loop.up, middle(inY)],
    ],
  };
}

import { firstOfFilter, placeOfCell, placeOfRow, unravel } from "#engine";
import { type Curve, cellsOf, type Mark, type Plate, type Rectangle } from "../../draw/scene.ts";
import { matrixSize } from "../shared/matrix.ts";
import { bottom, right } from "../shared/sizes.ts";
import { entryOf, someOf, type WindowOn, windowOn } from "../shared/windowOn.ts";
import type { Arrangement } from "./arrange.ts";
import type { Look } from "./plates.ts";

/** Where one window stands: on X, in col, and what it makes. Null where its page is not shown. */
interface Window extends WindowOn {
  /** All cells of the window that the phase is about, and those of the channel shown. */
  readonly inCol: readonly Rectangle[];
  readonly channelInCol: readonly Rectangle[];
  readonly inOut: Rectangle | null;
  readonly inY: Rectangle;
}

/** What frames and ties together: the window with its row of col, the row with the kernel, the product with Y. */
export function tiesOf(look: Look, arrangement: Arrangement): { marks: Mark[]; curves: Curve[] } {
  const window = windowOf(look, arrangement);
  return { marks: marksOf(look, arrangement, window), curves: curvesOf(look, arrangement, window) };
}

/** So many are drawn one by one; of more, one frame around all. */
const MOST_RUNS = 64;
/** Below this side single cells have no frames: they would hide them. */
const FRAMES_FROM = 10;

type Run = readonly [from: number, count: number];

/** Where so many cells of a window from the `first` on stand beside each other, in the order in which they lie. */
function runsOf({ frame: { geometry: g }, order }: Look, first: number, count: number): Run[] {
  if (order === "c kh kw") return [[first, count]];
  const places = Array.from({ length: count }, (_, i) => placeOfCell(g, order, first + i));
  places.sort((a, b) => a - b);
  const starts = places.filter((place, i) => i === 0 || place > places[i - 1]! + 1);
  if (starts.length > MOST_RUNS) return [[places[0]!, places.at(-1)! + 1 - places[0]!]];
  return starts.map((from, i) => {
    const next = starts[i + 1];
    const end = next === undefined ? count : places.indexOf(next);
    return [from, end - places.indexOf(from)];
  });
}

function windowOf(look: Look, { plates, shown }: Arrangement): Window {
  const { frame, place, way } = look;
  const { geometry: g } = frame;
  const { cells } = matrixSize(g);
  const area = g.rows.k * g.columns.k;
  const along = placeOfRow(g, way, place.row) - shown.first;
  const isShown = along >= 0 && along < shown.count;
  const ofWindow = (plate: Plate, [from, count]: Run) =>
    way === "rows" ? cellsOf(plate, along, from, 1, count) : cellsOf(plate, from, along, count, 1);
  const inCol = (first: number, count: number) =>
    isShown ? runsOf(look, first, count).map((run) => ofWindow(plates.col, run)) : [];
  const made = place.phase === "product";
  const [, , oh, ow] = unravel(g.shapes.Y, place.y) as [number, number, number, number];
  return {
    ...windowOn(g, place.row, place.channel, plates.x),
    inCol: inCol(made ? firstOfFilter(g, place.f) : 0, made ? g.window : cells),
    channelInCol: inCol(place.channel * area, area),
    inOut: isShown ? ofWindow(plates.out, [place.f, 1]) : null,
    inY: cellsOf(plates.y, oh, ow),
  };
}

/** One frame, or one around each part. */
function framesOf(name: string, role: Mark["role"], parts: readonly Rectangle[]): Mark[] {
  return parts.map((part, i) => ({ name: i === 0 ? name : `${name} ${i}`, role, ...part }));
}

function marksOf(look: Look, { plates }: Arrangement, window: Window): Mark[] {
  const { frame, place, way } = look;
  const { geometry: g } = frame;
  const marks: Mark[] = [{ name: "window", role: "W", ...window.whole }, ...window.taps];
  marks.push(...framesOf("row", "W", window.inCol));
  const several = place.phase === "gather" ? g.spec.C > 1 : g.depth > 1;
  if (several && (window.channelInCol.length === 1 || plates.col.cell >= FRAMES_FROM))
    marks.push(...framesOf("channel", "X", window.channelInCol));
  if (place.phase === "gather") return marks;
  const kernel = runsOf(look, firstOfFilter(g, place.f), g.window).map(([from, count]) =>
    way === "rows"
      ? cellsOf(plates.kernels, from, place.f, count, 1)
      : cellsOf(plates.kernels, place.f, from, 1, count),
  );
  // a single kernel is framed as it is
  if (g.spec.F > 1) marks.push(...framesOf("kernel", "W", kernel));
  if (window.inOut) marks.push({ name: "out", role: "Y", ...window.inOut });
  marks.push({ name: "output", role: "Y", ...window.inY });
  return marks;
}

/** How far the titles of Y go at most. */
const TITLES = 124;
/** From a matrix down to a line above the titles of the next. */
const LANE = 7;

type Point = readonly [x: number, y: number];
const middle = ({ y, height }: Rectangle) => y + height / 2;
const center = ({ x, width }: Rectangle) => x + width / 2;

function curvesOf(look: Look, arrangement: Arrangement, window: Window): Curve[] {
  const { inCol, inOut, inY } = window;
  return [
    ...(inCol.length > 0 ? toCol(look, arrangement, window, around(inCol)) : []),
    ...(look.place.phase === "product" && inOut ? [toY(arrangement, inOut, inY)] : []),
  ];
}

/** The frame around frames that stand in a line. */
function around(parts: readonly Rectangle[]): Rectangle {
  const [first, last] = [parts[0]!, parts.at(-1)!];
  const width = last.x + last.width - first.x;
  return { x: first.x, y: first.y, width, height: last.y + last.height - first.y };
}

/** From the window on X to its place in col. */
function toCol(
  { way }: Look,
  { ties, plates }: Arrangement,
  { whole, lines }: Window,
  inCol: Rectangle,
) {
  if (ties === "below") {
    // titles begin at the margin: in it is the way past them
    const aside = plates.col.x / 2;
    const at = entryOf({ lines });
    const under = bottom(plates.col) + LANE;
    const [to, last]: [Point, Point[]] =
      way === "rows"
        ? [[inCol.x - 3, middle(inCol)], [[aside, middle(inCol)]]]
        : [
            [center(inCol), inCol.y + inCol.height + 2],
            [
              [aside, under],
              [center(inCol), under],
            ],
          ];
    const around: Point[] = [[aside, at], ...last];
    return [{ role: "W", from: [whole.x - 2, at], to, along: "across", around } satisfies Curve];
  }
  const { x, col } = plates;
  const to: Point = way === "rows" ? [col.x - 3, middle(inCol)] : [center(inCol), inCol.y - 3];
  // a small X is narrower than the titles below it
  const leave = Math.min(col.x - 24, x.x + TITLES);
  return someOf(lines).map((row): Curve => {
    const from: Point = [row.x + row.width + 2, middle(row)];
    return { role: "W", from, to, along: "across", sweep: [Math.max(from[0], leave), to[0]] };
  });
}

/** From a cell of out to its place in Y: round everything, or past the titles between the two. */
function toY(
  { plates: { y, out }, loop, width }: Arrangement,
  inOut: Rectangle,
  inY: Rectangle,
): Curve {
  if (!loop) {
    const across = { role: "Y", along: "across" } as const;
    if (y.y < out.y) {
      const edge = width - 8;
      return {
        ...across,
        from: [inOut.x + inOut.width + 1, middle(inOut)],
        to: [inY.x + inY.width + 2, middle(inY)],
        around: [
          [edge, middle(inOut)],
          [edge, middle(inY)],
        ],
      };
    }
    const under = bottom(out) + LANE;
    const aside = y.x - 8;
    return {
      ...across,
      from: [center(inOut), inOut.y + inOut.height + 1],
      to: [inY.x - 3, middle(inY)],
      around: [
        [center(inOut), under],
        [aside, under],
        [aside, middle(inY)],
      ],
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

import type { Curve, Mark, Point, Rectangle } from "./scene.ts";
import { grown, NOWHERE, type Surface } from "./surface.ts";

/*
 * Every function here says where it has painted, so that the next picture need not clear all of the canvas.
 */

/** The rectangle of cells of this side, with a little room for lines. */
export function boundsOf(corners: readonly Point[], side: number): Rectangle {
  if (corners.length === 0) return NOWHERE;
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [top, bottom] = [left, right];
  for (const { x, y } of corners) {
    left = Math.min(left, x);
    right = Math.max(right, x + side);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + side);
  }
  return grown({ x: left, y: top, width: right - left, height: bottom - top }, 2);
}

/** How far a frame stands out. */
const FRAME = 5;

/** A frame; what cannot be seen is not painted, for a canvas that is touched is sent to the screen again. */
export function paintMark({ ctx, palette, view }: Surface, mark: Mark): Rectangle {
  const { x, y, width, height, role } = mark;
  const place = grown(mark, FRAME);
  if (!meet(place, view)) return NOWHERE;
  ctx.beginPath();
  ctx.roundRect(x - 1, y - 1, width + 1, height + 1, 3);
  ctx.strokeStyle = palette.paper;
  ctx.lineWidth = 5;
  ctx.stroke();
  ctx.strokeStyle = palette.roles[role];
  ctx.lineWidth = 3;
  ctx.stroke();
  return place;
}

function meet(a: Rectangle, b: Rectangle): boolean {
  const across = a.x < b.x + b.width && a.x + a.width > b.x;
  return across && a.y < b.y + b.height && a.y + a.height > b.y;
}

/** How round the corners of a curve are, where its sides are long enough. */
const ROUND = 14;

/** The corners of a curve, each no rounder than its sides allow: a side between two corners is shared by both. */
function roundCorners(
  ctx: CanvasRenderingContext2D,
  { from, to }: Curve,
  corners: NonNullable<Curve["around"]>,
): void {
  const points = [from, ...corners, to];
  const side = (i: number) => {
    const [[x, y], [u, v]] = [points[i]!, points[i + 1]!];
    const shared = i > 0 && i + 2 < points.length;
    return Math.hypot(u - x, v - y) / (shared ? 2 : 1);
  };
  for (const [i, [x, y]] of corners.entries())
    ctx.arcTo(x, y, ...points[i + 2]!, Math.min(ROUND, side(i), side(i + 1)));
  ctx.lineTo(...to);
}

export function paintCurve({ ctx, palette }: Surface, curve: Curve): Rectangle {
  const { role, from, to, along, around } = curve;
  const [x, y] = from;
  const [u, v] = to;
  ctx.beginPath();
  ctx.moveTo(x, y);
  if (around) roundCorners(ctx, curve, around);
  else if (along === "across") {
    const [begin, end] = curve.sweep ?? [x, u];
    const half = (begin + end) / 2;
    ctx.lineTo(begin, y);
    ctx.bezierCurveTo(half, y, half, v, end, v);
    ctx.lineTo(u, v);
  } else ctx.bezierCurveTo(x, (y + v) / 2, u, (y + v) / 2, u, v);
  ctx.strokeStyle = palette.roles[role];
  ctx.lineWidth = 1.25;
  ctx.stroke();
  // It stays between its ends and its corners.
  const points = [from, to, ...(around ?? [])];
  return boundsOf(
    points.map(([px, py]) => ({ x: px, y: py })),
    0,
  );
}

/** A freshly written cell comes up out of the paper: `t` runs from 0 to 1. */
export function paintFresh({ ctx, palette }: Surface, cell: Rectangle, t: number): Rectangle {
  ctx.globalAlpha = 1 - t;
  ctx.fillStyle = palette.paper;
  ctx.fillRect(cell.x, cell.y, cell.width - 1, cell.height - 1);
  ctx.globalAlpha = 1;
  return grown(cell, 1);
}

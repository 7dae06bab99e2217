import type { Plate, Point, Scene } from "./scene.ts";
import { bodyOf } from "./surface.ts";

/** How far a point is from a plate. */
function distance({ x, y }: Point, plate: Plate): number {
  const body = bodyOf(plate);
  const across = Math.max(body.x - x, 0, x - body.x - body.width);
  const down = Math.max(body.y - y, 0, y - body.y - body.height);
  return Math.hypot(across, down);
}

/** The plate at a point, or the nearest. */
export function plateNear({ plates }: Scene, point: Point): Plate | null {
  const far = plates.map((plate) => distance(point, plate));
  return plates[far.indexOf(Math.min(...far))] ?? null;
}

/**
 * Where what is at a point of one scene stands in another, which shows the same larger or smaller: the same part of the
 * plate that is there, or is the nearest.
 */
export function samePoint(before: Scene, point: Point, after: Scene): Point {
  const old = plateNear(before, point);
  const plate = after.plates.find(({ name }) => name === old?.name);
  if (!old || !plate) return point;
  return {
    x: plate.x + ((point.x - old.x) / old.cell) * plate.cell,
    y: plate.y + ((point.y - old.y) / old.cell) * plate.cell,
  };
}

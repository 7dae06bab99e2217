import {
  needsLoupe,
  paintCurve,
  paintFresh,
  paintLight,
  paintLoupe,
  paintMark,
} from "./overlay.ts";
import {
  cellsOf,
  type Hit,
  type Light,
  type Lit,
  type Mark,
  type Rectangle,
  type Scene,
} from "./scene.ts";
import type { Surface } from "./surface.ts";

/** A cell that comes up out of the paper, since when, and how long it takes. */
export interface Fade {
  readonly cell: Rectangle;
  readonly since: number;
  readonly for: number;
}

/** The newest cell of a scene coming up out of the paper. */
export function fadeOf({ newest, plates }: Scene, lasts: number): Fade | null {
  const plate = newest && plates.find(({ name }) => name === newest.plate);
  if (!newest || !plate) return null;
  return { cell: cellsOf(plate, newest.row, newest.column), since: performance.now(), for: lasts };
}

interface Over {
  readonly scene: Scene;
  readonly light: Light | null;
  readonly loupe: Hit | null;
}

/** Paints what lies over the plates, and says where: light, curves, marks on their way, the loupe. */
export function* paintOver(
  over: Surface,
  { scene, light, loupe }: Over,
  moved: readonly Mark[],
  fade: Fade | null,
  now: number,
): Generator<Rectangle> {
  if (fade) yield paintFresh(over, fade.cell, Math.max(0, (now - fade.since) / fade.for));
  if (light) for (const plate of scene.plates) yield paintLight(over, plate, light);
  else if (scene.lit) yield paintOwnLight(over, scene, scene.lit);
  for (const curve of scene.curves) yield paintCurve(over, curve);
  for (const mark of moved) yield paintMark(over, mark);
  if (loupe && needsLoupe(loupe)) yield paintLoupe(over, loupe);
}

function paintOwnLight(over: Surface, { plates }: Scene, lit: Lit): Rectangle {
  const plate = plates.find((candidate) => candidate.name === lit.plate);
  if (!plate) return { x: 0, y: 0, width: 0, height: 0 };
  return paintLight(over, { ...plate, role: lit.role ?? plate.role }, () => lit.has);
}

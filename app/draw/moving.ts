import { paintCurve, paintFresh, paintMark } from "./overlay.ts";
import {
  cellsOf,
  type Hit,
  type Light,
  type Lit,
  type Mark,
  type Rectangle,
  type Scene,
} from "./scene.ts";
import { NOWHERE, type Surface } from "./surface.ts";

/** What lights up, and the loupe: by the scripts that are fetched once the first picture stands. */
type Hands = Pick<typeof import("./hands.ts"), "needsLoupe" | "paintLight" | "paintLoupe">;

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
  hands: Hands | null,
): Generator<Rectangle> {
  if (fade) yield paintFresh(over, fade.cell, Math.max(0, (now - fade.since) / fade.for));
  if (hands && light) for (const plate of scene.plates) yield hands.paintLight(over, plate, light);
  else if (hands && scene.lit) yield paintOwnLight(over, scene, scene.lit, hands);
  for (const curve of scene.curves) yield paintCurve(over, curve);
  for (const mark of moved) yield paintMark(over, mark);
  if (hands && loupe && hands.needsLoupe(loupe)) yield hands.paintLoupe(over, loupe);
}

function paintOwnLight(over: Surface, { plates }: Scene, lit: Lit, hands: Hands): Rectangle {
  const plate = plates.find((candidate) => candidate.name === lit.plate);
  if (!plate) return NOWHERE;
  return hands.paintLight(over, { ...plate, role: lit.role ?? plate.role }, () => lit.has);
}

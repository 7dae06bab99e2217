import { again, type Picture, type Scene } from "./scene.ts";

// A scene may be higher than a page can be, and than a canvas has exact pixels for: an im2col of a photograph is hundreds
// of millions of pixels high. Then the page holds a stretch of it, and says where that stretch begins.

/** The highest stretch that stands in a page, in CSS pixels: half a pixel is still exact there. */
export const LONGEST = 2 ** 20;

/** A place in a scene: the stretch begins at `base`, and is scrolled by `local`. */
export interface Reach {
  readonly base: number;
  readonly local: number;
}

/** How high the page is that holds a scene, or a stretch of it. */
export function heightOf({ height }: Pick<Scene, "height">): number {
  return Math.min(height, LONGEST);
}

/** How many rooms of a stretch lie to either side of what has been come to. */
const MARGIN = 8;

/**
 * Where a scene comes to stand so that `y` is at the top of the room: as far down its stretch as down all of it, so that
 * a scrollbar tells how far that is, and its ends are the ends of the scene.
 */
export function reachTo(y: number, height: number, room: number): Reach {
  if (height <= LONGEST) return { base: 0, local: y };
  const most = Math.max(1, height - room);
  const at = Math.max(0, Math.min(most, y));
  const share = Math.round((at / most) * (LONGEST - room));
  // with room to go on both ways, where there is any
  const margin = MARGIN * room;
  const local = Math.min(
    Math.max(share, Math.min(at, margin)),
    LONGEST - room - Math.min(most - at, margin),
  );
  return { base: Math.round(at - local), local };
}

/** How many rooms a wheel, a key or a finger goes at once, at most: who goes farther has hold of the scrollbar. */
const JUMP = 3;

/** Where a scene stands after its stretch has been scrolled from one place to another. */
export function reachAfter(
  { base, local: before }: Reach,
  local: number,
  height: number,
  room: number,
): Reach {
  if (height <= LONGEST) return { base: 0, local };
  const jumped = Math.abs(local - before) > JUMP * room;
  if (jumped) {
    const y = Math.round((local / (LONGEST - room)) * (height - room));
    return { base: y - local, local };
  }
  // At an end of the stretch the scene may go on: it is then taken hold of anew.
  const atEnd =
    (local < room && base > 0) || (local > LONGEST - 2 * room && base + LONGEST < height);
  return atEnd ? reachTo(base + local, height, room) : { base, local };
}

/** A scene as it stands in a stretch that begins at `base`. */
function stretchOf(scene: Scene, base: number): Scene {
  const up = <Part extends { readonly y: number }>(part: Part): Part => ({
    ...part,
    y: part.y - base,
  });
  const point = ([x, y]: readonly [number, number]) => [x, y - base] as const;
  return {
    ...scene,
    plates: scene.plates.map(up),
    marks: scene.marks.map(up),
    notes: scene.notes.map(up),
    curves: scene.curves.map(({ around, ...curve }) => ({
      ...curve,
      from: point(curve.from),
      to: point(curve.to),
      ...(around ? { around: around.map(point) } : {}),
    })),
    follow: scene.follow && up(scene.follow),
  };
}

const stretches = new WeakMap<Scene, { readonly base: number; readonly scene: Scene }>();

/** A picture as it stands in a stretch; itself where that is all of it. Of one scene it is one scene. */
export function pictureIn(picture: Picture, base: number): Picture {
  if (base === 0) return picture;
  const known = stretches.get(picture.scene);
  const scene = known?.base === base ? known.scene : stretchOf(picture.scene, base);
  stretches.set(picture.scene, { base, scene });
  return { ...picture, scene, loupe: picture.loupe && again(scene, picture.loupe) };
}

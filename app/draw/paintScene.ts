import { paintNote, repaintLegend } from "./notes.ts";
import {
  canStand,
  clearAround,
  paintPlate,
  paintTitles,
  repaintPlate,
  sameScale,
} from "./paint.ts";
import { sameKey, samePlace, samePlaces } from "./same.ts";
import type { Plate, Scene } from "./scene.ts";
import type { Surface } from "./surface.ts";

/**
 * Paints the plates and notes of a scene where `before` is painted, or nothing is: only what looks different; around
 * the plates that stand where they stood, when anything has moved.
 */
export function paintScene(surface: () => Surface, before: Scene | null, scene: Scene): void {
  if (before === scene) return;
  if (before && samePlaces(before, scene)) paintChanges(surface, before, scene);
  else paintAround(surface(), before, scene);
}

function paintAround(base: Surface, before: Scene | null, scene: Scene): void {
  const standing = new Map<Plate, Plate>();
  for (const plate of scene.plates) {
    const old = before?.plates.find(({ name }) => name === plate.name);
    if (old && samePlace(old, plate) && canStand(base, plate, old)) standing.set(plate, old);
  }
  clearAround(base, [...standing.keys()]);
  for (const plate of scene.plates) {
    const old = standing.get(plate);
    if (!old) paintPlate(base, plate);
    else {
      paintTitles(base, plate);
      if (!sameKey(old.key, plate.key)) repaintPlate(base, plate, old);
    }
  }
  for (const note of scene.notes) paintNote(base, note);
}

function paintChanges(surface: () => Surface, before: Scene, scene: Scene): void {
  const stale = [...scene.plates.entries()].filter(
    ([i, plate]) => !sameKey(before.plates[i]!.key, plate.key),
  );
  // A canvas that is touched is sent to the screen again; not so when nothing on it looks different.
  if (stale.length === 0) return;
  const base = surface();
  for (const [i, plate] of stale) repaintPlate(base, plate, before.plates[i]!);
  for (const [i, note] of scene.notes.entries()) {
    const old = before.notes[i]!;
    if (note.kind === "legend" && old.kind === "legend" && !sameScale(note.scale, old.scale))
      repaintLegend(base, note, old);
  }
}

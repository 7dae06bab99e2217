import type { Hit, Plate, Rectangle, Scene } from "./scene.ts";

type Note = Scene["notes"][number];

export function samePlace(a: Plate, b: Plate): boolean {
  return (
    a.name === b.name &&
    a.x === b.x &&
    a.y === b.y &&
    a.cell === b.cell &&
    a.rows === b.rows &&
    a.columns === b.columns &&
    a.title === b.title &&
    a.subtitle === b.subtitle &&
    a.editable === b.editable
  );
}

export function samePlaces(a: Scene, b: Scene): boolean {
  return (
    a.plates.length === b.plates.length &&
    a.plates.every((plate, i) => samePlace(plate, b.plates[i]!)) &&
    a.notes.length === b.notes.length &&
    a.notes.every((note, i) => sameSpot(note, b.notes[i]!))
  );
}

/** Whether two notes are alike in all but what a legend says: that can be painted again where it stands. */
function sameSpot(a: Note, b: Note): boolean {
  return JSON.stringify({ ...a, scale: null }) === JSON.stringify({ ...b, scale: null });
}

export function sameKey(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, i) => Object.is(part, b[i]));
}

export function sameRectangle(a: Rectangle, b: Rectangle | null): boolean {
  return b !== null && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** Whether two hits are of one cell of one plate as it stands in one scene. */
export function sameHit(a: Hit | null, b: Hit | null): boolean {
  if (!a || !b) return a === b;
  return a.plate === b.plate && a.row === b.row && a.column === b.column;
}

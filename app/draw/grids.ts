import { openEditor } from "./editor.ts";
import type { StageEvents } from "./events.ts";
import { createGrid, type PlateGrid } from "./grid.ts";
import { sameKey, samePlace } from "./same.ts";
import type { Hit, Plate, Scene } from "./scene.ts";

/** The grids of a picture's plates, in `sheet`, in the order of the plates. */
export interface Grids {
  readonly sync: (scene: Scene) => void;
  /** Opens a field over a cell. */
  readonly edit: (at: Hit) => void;
}

export function createGrids(sheet: HTMLElement, events: StageEvents): Grids {
  /** Takes the field over a cell away, once its number has been kept; null: there is none. */
  let endEdit: (() => void) | null = null;
  const grids = new Map<string, { grid: PlateGrid; plate: Plate }>();

  function gridOf(name: string): PlateGrid {
    const at = (row: number, column: number): Hit | null => {
      const plate = grids.get(name)?.plate;
      return plate ? { plate, row, column } : null;
    };
    return createGrid({
      onFocus: (row, column) => events.onFocus(at(row, column)),
      onBlur: () => endEdit || events.onFocus(null), // a field over a cell is still the cell
      onKey(event, row, column) {
        const here = at(row, column);
        if (!here || event.ctrlKey || event.metaKey || event.altKey) return false;
        return onKey(event.key, here);
      },
    });
  }

  function onKey(key: string, at: Hit): boolean {
    const { editable } = at.plate;
    if (editable && /^[-−.\d]$/.test(key)) edit(at, key);
    else if (key === "Enter" && editable) edit(at, null);
    else if (key === "Enter") events.onTap(at);
    else return false;
    return true;
  }

  function edit(at: Hit, first: string | null): void {
    endEdit?.();
    endEdit = openEditor(sheet, at, first, {
      onType: events.onType,
      onClose({ plate, row, column }, hadFocus) {
        endEdit = null;
        if (hadFocus) grids.get(plate.name)?.grid.focusCell(row, column);
        else events.onFocus(null);
      },
    });
  }

  function sync(scene: Scene): void {
    const gone = new Map(grids);
    const order = [...sheet.children];
    let before: HTMLElement | null = null;
    for (const plate of scene.plates) {
      const known = grids.get(plate.name);
      gone.delete(plate.name);
      if (known && samePlace(known.plate, plate) && sameKey(known.plate.key, plate.key)) {
        known.plate = plate;
        before = known.grid.element;
        continue;
      }
      if (known) known.plate = plate;
      const entry = known ?? { grid: gridOf(plate.name), plate };
      if (!known) {
        grids.set(plate.name, entry);
        if (before) before.after(entry.grid.element);
        else sheet.prepend(entry.grid.element);
      }
      before = entry.grid.element;
      entry.grid.update(plate);
      entry.grid.element.classList.toggle("draws", events.draws(plate));
    }
    for (const name of gone.keys()) grids.delete(name);
    for (const { grid } of gone.values()) {
      // A focus goes to the plate that now stands in this one's place, before it could be lost.
      const at = grid.focused();
      const heir = scene.plates[Math.min(order.indexOf(grid.element), scene.plates.length - 1)];
      if (at && heir) grids.get(heir.name)!.grid.focusCell(...at);
      grid.element.remove();
    }
    endEdit?.();
  }

  return { sync, edit: (at) => edit(at, null) };
}

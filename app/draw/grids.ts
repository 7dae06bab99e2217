import { createGrid, type PlateGrid } from "./grid.ts";
import { sameKey, samePlace } from "./same.ts";
import type { Hit, Plate, Scene } from "./scene.ts";

interface GridsEvents {
  readonly onFocus: (at: Hit | null) => void;
  readonly onBlur: () => void;
  /** A key pressed on a cell that moves nothing. true: it was used. */
  readonly onKey: (event: KeyboardEvent, at: Hit) => boolean;
  /** A touch on this plate draws: it must not scroll the page. */
  readonly draws: (plate: Plate) => boolean;
}

/** The grids of a picture's plates, in `sheet`, in the order of the plates. */
export interface Grids {
  readonly sync: (scene: Scene) => void;
  /** Gives the focus to a cell of the plate with this name. */
  readonly focusCell: (name: string, row: number, column: number) => void;
}

export function createGrids(sheet: HTMLElement, events: GridsEvents): Grids {
  const grids = new Map<string, { grid: PlateGrid; plate: Plate }>();

  function gridOf(name: string): PlateGrid {
    const at = (row: number, column: number): Hit | null => {
      const plate = grids.get(name)?.plate;
      return plate ? { plate, row, column } : null;
    };
    return createGrid({
      onFocus: (row, column) => events.onFocus(at(row, column)),
      onBlur: events.onBlur,
      onKey(event, row, column) {
        const here = at(row, column);
        if (!here || event.ctrlKey || event.metaKey || event.altKey) return false;
        return events.onKey(event, here);
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
  }

  return {
    sync,
    focusCell: (name, row, column) => grids.get(name)?.grid.focusCell(row, column),
  };
}

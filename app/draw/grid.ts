import { full } from "#engine";
import { LONGEST } from "./reach.ts";
import type { Plate } from "./scene.ts";

/** Plates of up to this many cells are spelled out whole; of larger ones only the row in focus stands in the page. */
const WHOLE_UP_TO = 400;

/** How many cells of a long row stand in the page to each side of the one in focus. */
const ROW_REACH = 24;

/** Where the grid of a plate begins and ends: what is beyond the stretch that stands in the page is not in the page. */
const topOf = ({ y }: Plate) => Math.min(LONGEST, Math.max(y, -LONGEST));
const bottomOf = (plate: Plate) =>
  Math.max(topOf(plate), Math.min(plate.y + plate.rows * plate.cell, LONGEST));

export interface GridEvents {
  /** The cell has the keyboard's focus; null: the grid has lost it. */
  readonly onFocus: (row: number, column: number) => void;
  readonly onBlur: () => void;
  /** A key that the grid does not use itself, pressed on a cell. true: it was used. */
  readonly onKey: (event: KeyboardEvent, row: number, column: number) => boolean;
}

/**
 * A plate for those who use the keyboard or a screen reader: a WAI-ARIA grid of text over the painted cells,
 * with one cell in the tab order and arrow keys to move it.
 */
export interface PlateGrid {
  readonly element: HTMLElement;
  readonly update: (plate: Plate) => void;
  readonly focusCell: (row: number, column: number) => void;
  /** The cell that has the focus, if one of these has. */
  readonly focused: () => readonly [row: number, column: number] | null;
}

const MOVES: Readonly<
  Record<string, (at: [number, number], last: [number, number]) => [number, number]>
> = {
  ArrowLeft: ([r, c]) => [r, c - 1],
  ArrowRight: ([r, c]) => [r, c + 1],
  ArrowUp: ([r, c]) => [r - 1, c],
  ArrowDown: ([r, c]) => [r + 1, c],
  Home: ([r]) => [r, 0],
  End: ([r], [, c]) => [r, c],
  PageUp: ([r, c]) => [r - 8, c],
  PageDown: ([r, c]) => [r + 8, c],
};

export function createGrid(events: GridEvents): PlateGrid {
  const element = document.createElement("div");
  element.className = "grid";
  element.setAttribute("role", "grid");
  let plate: Plate | null = null;
  let active: [number, number] = [0, 0];
  /** The cells that stand in the page, by row · columns + column. */
  let cells = new Map<number, HTMLElement>();
  let built = "";

  const keyOf = (row: number, column: number) => row * plate!.columns + column;

  function build(): void {
    const { rows, columns, cell } = plate!;
    const whole = rows * columns <= WHOLE_UP_TO;
    const wanted = `${rows} ${columns} ${cell} ${topOf(plate!) - plate!.y} ${whole ? "" : active.join()}`;
    if (wanted === built) return;
    const focused = element.contains(document.activeElement);
    built = wanted;
    cells = new Map();
    const range = (n: number, middle: number, reach: number): [number, number] =>
      whole ? [0, n] : [Math.max(0, middle - reach), Math.min(n, middle + reach + 1)];
    const [first, last] = range(rows, active[0], 0);
    const [left, right] = range(columns, active[1], ROW_REACH);
    const lines: HTMLElement[] = [];
    // Rows and cells stand in the flow: set by their own coordinates, each would be a layer to paint.
    for (let r = first; r < last; r++) {
      const line = document.createElement("div");
      line.setAttribute("role", "row");
      line.setAttribute("aria-rowindex", String(r + 1));
      line.style.height = `${cell}px`;
      for (let c = left; c < right; c++) line.append(cellAt(r, c, cell));
      lines.push(line);
    }
    const above = Math.min(plate!.y + first * cell, bottomOf(plate!) - cell) - topOf(plate!);
    element.style.paddingTop = `${Math.max(0, above)}px`;
    element.style.paddingLeft = `${left * cell}px`;
    element.replaceChildren(...lines);
    if (focused) cells.get(keyOf(...active))?.focus({ preventScroll: true });
  }

  function cellAt(r: number, c: number, side: number): HTMLElement {
    const made = document.createElement("div");
    made.setAttribute("role", "gridcell");
    made.setAttribute("aria-colindex", String(c + 1));
    made.tabIndex = r === active[0] && c === active[1] ? 0 : -1;
    made.dataset.at = `${r} ${c}`;
    made.append(""); // one text that is changed, never replaced: the browser then lays out less
    made.style.width = `${side}px`;
    cells.set(keyOf(r, c), made);
    return made;
  }

  function fill(): void {
    const columns = plate!.columns;
    for (const [key, cell] of cells) {
      const v = plate!.valueAt(Math.floor(key / columns), key % columns);
      const text = v === null ? "–" : full(v);
      const written = cell.firstChild as Text;
      if (written.data !== text) written.data = text;
    }
  }

  function moveTo(row: number, column: number): void {
    if (!plate) return;
    const before = cells.get(keyOf(...active));
    active = [
      Math.max(0, Math.min(plate.rows - 1, row)),
      Math.max(0, Math.min(plate.columns - 1, column)),
    ];
    if (before) before.tabIndex = -1;
    build();
    fill();
    const now = cells.get(keyOf(...active))!;
    now.tabIndex = 0;
    now.focus();
  }

  element.addEventListener("keydown", (event) => {
    if (!plate || (event.target as HTMLElement).getAttribute("role") !== "gridcell") return;
    const move =
      event.ctrlKey || event.metaKey || event.altKey || event.shiftKey
        ? undefined
        : MOVES[event.key];
    if (move) moveTo(...move(active, [plate.rows - 1, plate.columns - 1]));
    else if (!events.onKey(event, ...active)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  element.addEventListener("focusin", (event) => {
    const at = (event.target as HTMLElement).dataset.at;
    if (!at) return;
    const [row, column] = at.split(" ").map(Number) as [number, number];
    const before = cells.get(keyOf(...active));
    if (before) before.tabIndex = -1;
    active = [row, column];
    (event.target as HTMLElement).tabIndex = 0;
    events.onFocus(row, column);
  });
  element.addEventListener("focusout", () => events.onBlur());

  return {
    element,
    focusCell: moveTo,
    focused: () => (element.contains(document.activeElement) ? active : null),
    update(next) {
      const old = plate;
      plate = next;
      const { x, y, rows, columns, cell } = next;
      if (
        !old ||
        old.x !== x ||
        old.y !== y ||
        old.rows !== rows ||
        old.columns !== columns ||
        old.cell !== cell
      ) {
        element.style.left = `${x}px`;
        element.style.top = `${topOf(next)}px`;
        element.style.width = `${columns * cell}px`;
        element.style.height = `${bottomOf(next) - topOf(next)}px`;
        element.setAttribute("aria-rowcount", String(rows));
        element.setAttribute("aria-colcount", String(columns));
        active = [Math.min(active[0], rows - 1), Math.min(active[1], columns - 1)];
      }
      if (old?.name !== next.name) element.setAttribute("aria-label", next.name);
      if (old?.editable !== next.editable)
        element.setAttribute("aria-readonly", String(!next.editable));
      build();
      fill();
    },
  };
}

import type { StageEvents } from "./events.ts";
import type { Hit } from "./scene.ts";

/** Mouse, pen and finger as hover, tap and stroke. Returns how to stop listening. */
export function createPointer(
  host: HTMLElement,
  placeOf: (event: PointerEvent) => Hit | null,
  events: StageEvents,
): () => void {
  let pressed: { readonly at: Hit; readonly stroke: boolean; readonly pointer: number } | null =
    null;
  let last: Hit | null = null;
  let touched = false;

  const down = (event: PointerEvent) => {
    if ((event.target as Element).tagName === "INPUT") return;
    touched = event.pointerType === "touch";
    // A number still being typed elsewhere counts before the press does: it may be what the brush writes.
    const typed = document.activeElement;
    if (typed instanceof HTMLInputElement) typed.blur();
    const at = placeOf(event);
    if (!at || event.button !== 0) return;
    pressed = { at, stroke: events.onPress(at, event), pointer: event.pointerId };
    if (pressed.stroke) {
      host.setPointerCapture(event.pointerId);
      last = at;
      events.onStroke([at]);
    }
  };
  const move = (event: PointerEvent) => {
    if (pressed?.stroke) {
      if (event.pointerId !== pressed.pointer) return;
      const path = (event.getCoalescedEvents?.() ?? [event]).map(placeOf);
      const cells = path.flatMap((at) => {
        if (!at || at.plate.name !== pressed!.at.plate.name) return [];
        const between = last ? line(last, at) : [at];
        last = at;
        return between;
      });
      if (cells.length > 0) events.onStroke(cells);
    } else if (event.pointerType !== "touch") events.onHover(placeOf(event));
  };
  const up = (event: PointerEvent) => {
    if (!pressed || event.pointerId !== pressed.pointer) return;
    const { stroke, at } = pressed;
    pressed = null;
    last = null;
    if (stroke) events.onRelease();
    else {
      const here = placeOf(event);
      if (
        event.type === "pointerup" &&
        here &&
        here.plate.name === at.plate.name &&
        here.row === at.row &&
        here.column === at.column
      )
        events.onTap(here);
    }
  };
  const leave = () => {
    if (!pressed?.stroke) events.onHover(null);
  };
  // A finger leaves no focus behind: a cell in focus is looked at until the focus goes, and a finger cannot take it away.
  const press = (event: MouseEvent) => {
    if (touched && (event.target as Element).tagName !== "INPUT") event.preventDefault();
  };
  const all = [
    ["pointerdown", down],
    ["pointermove", move],
    ["pointerup", up],
    ["pointercancel", up],
    ["pointerleave", leave],
  ] as const;
  for (const [name, listen] of all) host.addEventListener(name, listen);
  host.addEventListener("mousedown", press);
  return () => {
    host.removeEventListener("mousedown", press);
    for (const [name, listen] of all) host.removeEventListener(name, listen);
  };
}

/** The cells on the straight way from `a` (not included) to `b`: a fast stroke leaves no gaps. */
function line(a: Hit, b: Hit): Hit[] {
  const rows = b.row - a.row;
  const columns = b.column - a.column;
  const steps = Math.max(Math.abs(rows), Math.abs(columns));
  return Array.from({ length: steps }, (_, i) => ({
    plate: b.plate,
    row: a.row + Math.round((rows * (i + 1)) / steps),
    column: a.column + Math.round((columns * (i + 1)) / steps),
  }));
}

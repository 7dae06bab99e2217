import { make } from "./make.ts";
import { cellsOf, type Hit } from "./scene.ts";

interface EditorEvents {
  /** The field is gone, the focus was in it, and nothing has been told yet. */
  readonly onClose: (at: Hit, hadFocus: boolean) => void;
  readonly onType: (at: Hit, value: number) => void;
}

/** A field stays so long after its number has been kept, unless the picture has it before. */
const PATIENCE_MS = 150;

/**
 * A field over a cell, in `sheet`: Enter or leaving it keeps the number, Escape does not. `first`: what was typed. The
 * field shows a number that was kept until the picture does; returns what takes it away then.
 */
export function openEditor(
  sheet: HTMLElement,
  at: Hit,
  first: string | null,
  events: EditorEvents,
): () => void {
  const { plate, row, column } = at;
  const place = cellsOf(plate, row, column);
  const field = make("input", "cell-editor");
  field.inputMode = "decimal";
  field.setAttribute("aria-label", `${plate.name}, row ${row + 1}, column ${column + 1}`);
  field.value = first ?? String(plate.valueAt(row, column) ?? "");
  const width = Math.max(64, place.width);
  field.style.left = `${place.x + place.width / 2 - width / 2}px`;
  field.style.top = `${place.y + place.height / 2 - 16}px`;
  field.style.width = `${width}px`;
  let state: "open" | "kept" | "gone" = "open";
  let patience: ReturnType<typeof setTimeout> | undefined;

  const leave = () => {
    if (state === "gone") return;
    state = "gone";
    clearTimeout(patience);
    const hadFocus = document.activeElement === field;
    field.remove();
    events.onClose(at, hadFocus);
  };
  const keep = () => {
    const text = field.value.trim().replace("−", "-").replace(",", ".");
    const value = Number(text);
    if (text === "" || !Number.isFinite(value)) {
      field.setAttribute("aria-invalid", "true");
      field.title = "A number is needed, such as 3, −1 or 0.25.";
      return;
    }
    state = "kept";
    patience = setTimeout(leave, PATIENCE_MS);
    events.onType(at, value);
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (state === "kept") {
      // It is the cell that has been gone back to.
      event.preventDefault();
      leave();
      document.activeElement?.dispatchEvent(new KeyboardEvent(event.type, event));
    } else if (event.key === "Enter") keep();
    else if (event.key === "Escape") leave();
  });
  field.addEventListener("blur", () => {
    if (state === "open") keep();
    leave(); // also with something that is no number: as it was
  });
  sheet.append(field);
  field.focus();
  if (first === null) field.select();
  return () => {
    if (state === "kept") leave();
  };
}

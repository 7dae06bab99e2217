import { make } from "./make.ts";
import { cellsOf, type Hit } from "./scene.ts";

interface EditorEvents {
  /** The field is gone, the focus was in it, and nothing has been told yet. */
  readonly onClose: (at: Hit, hadFocus: boolean) => void;
  readonly onType: (at: Hit, value: number) => void;
}

/** A field over a cell, in `sheet`: Enter or leaving it keeps the number, Escape does not. `first`: what was typed. */
export function openEditor(
  sheet: HTMLElement,
  at: Hit,
  first: string | null,
  events: EditorEvents,
): void {
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
  let open = true;
  const close = (keep: boolean) => {
    if (!open) return;
    const text = field.value.trim().replace("−", "-").replace(",", ".");
    const value = Number(text);
    if (keep && (text === "" || !Number.isFinite(value))) {
      field.setAttribute("aria-invalid", "true");
      field.title = "A number is needed, such as 3, −1 or 0.25.";
      return;
    }
    open = false;
    const hadFocus = document.activeElement === field;
    field.remove();
    // The focus first: it has the page laid out, which the new numbers would make a long way.
    events.onClose(at, hadFocus);
    if (keep) events.onType(at, value);
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") close(true);
    if (event.key === "Escape") close(false);
  });
  field.addEventListener("blur", () => {
    close(true);
    if (open) close(false); // left with something that is no number: as it was
  });
  sheet.append(field);
  field.focus();
  if (first === null) field.select();
}

import type { FigureStore } from "../store/figureState.ts";
import type { Order } from "../store/network/keys.ts";
import { openLens, openPage } from "../store/openLens.ts";
import { goTo, positions, rowBy, stepBy, togglePlay, toggleProducts } from "../store/playback.ts";
import { redo, undo } from "../store/state.ts";
import { TOOLS, type Tool } from "../store/tools.ts";
import { zoomBy } from "../store/zoom.ts";

export interface KeyRow {
  /** As they are written on the keyboard, for the list. */
  readonly keys: string;
  readonly does: string;
  /** Whether an event is one of them. */
  readonly is: (event: KeyboardEvent) => boolean;
  readonly run: (store: FigureStore, event: KeyboardEvent) => void;
  /** Where it holds: before the page of this name, or everywhere; else before the figure. */
  readonly where?: "network" | "everywhere";
}

const plain =
  (...keys: string[]) =>
  (event: KeyboardEvent) =>
    keys.includes(event.key) &&
    !event.shiftKey &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey;
const shifted =
  (...keys: string[]) =>
  (event: KeyboardEvent) =>
    keys.includes(event.key) && event.shiftKey && !event.ctrlKey && !event.metaKey;
const withControl = (key: string, shift: boolean) => (event: KeyboardEvent) =>
  event.key.toLowerCase() === key && (event.ctrlKey || event.metaKey) && event.shiftKey === shift;
/** Signs that need Shift on some keyboards and not on others. */
const typed =
  (...keys: string[]) =>
  (event: KeyboardEvent) =>
    keys.includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
/** Signs that are behind Option or AltGr (Ctrl and Alt at once) on many keyboards. */
const written = (key: string) => (event: KeyboardEvent) =>
  event.key === key && !event.metaKey && (event.altKey || !event.ctrlKey);

/** A key of the run; what it does is fetched with the page it is for. */
const train = (order: Order) => async (store: FigureStore) =>
  (await import("../store/network/keys.ts")).tell(store, order);

/** Opens the lens that stands before or after the one that is open, or on its way; there are more than digits. */
function neighbour(store: FigureStore, by: 1 | -1): void {
  const { opening, lens, page, lenses, pages } = store.getState();
  const names = [...Object.keys(lenses), ...Object.keys(pages)];
  const name = names[names.indexOf(opening ?? page ?? lens) + by];
  if (name === undefined) return;
  if (Object.hasOwn(pages, name)) openPage(store, name);
  else void openLens(store, name);
}

/** Every key: what it does and how it is told apart. The list people see is this table, as far as it holds there. */
export const KEYS: readonly KeyRow[] = [
  {
    keys: "Space",
    does: "train or pause",
    is: plain(" "),
    run: train("toggle"),
    where: "network",
  },
  {
    keys: "→",
    does: "one step of training",
    is: plain("ArrowRight"),
    run: train("once"),
    where: "network",
  },
  {
    keys: "←",
    does: "back to the step before",
    is: plain("ArrowLeft"),
    run: train("back"),
    where: "network",
  },
  {
    keys: "Home",
    does: "rewind to the first weights",
    is: plain("Home"),
    run: train("first"),
    where: "network",
  },
  {
    keys: "End",
    does: "to the last step taken",
    is: plain("End"),
    run: train("last"),
    where: "network",
  },
  {
    keys: "→  Page Down",
    does: "one step on",
    is: plain("ArrowRight", "PageDown"),
    run: (s) => stepBy(s, 1),
  },
  {
    keys: "←  Page Up",
    does: "one step back",
    is: plain("ArrowLeft", "PageUp"),
    run: (s) => stepBy(s, -1),
  },
  {
    keys: "Shift + → ↓",
    does: "one row on",
    is: shifted("ArrowRight", "ArrowDown"),
    run: (s) => rowBy(s, 1),
  },
  {
    keys: "Shift + ← ↑",
    does: "one row back",
    is: shifted("ArrowLeft", "ArrowUp"),
    run: (s) => rowBy(s, -1),
  },
  { keys: "Home", does: "to the first step", is: plain("Home"), run: (s) => goTo(s, 0) },
  {
    keys: "End",
    does: "to the last step",
    is: plain("End"),
    run: (s) => goTo(s, positions(s.getState()) - 1),
  },
  { keys: "Space", does: "play or pause", is: plain(" "), run: togglePlay },
  {
    keys: ".",
    does: "step through every product, or through whole outputs",
    is: typed("."),
    run: toggleProducts,
  },
  {
    keys: "1 … 9",
    does: "open a lens",
    is: typed(..."123456789"),
    where: "everywhere",
    run: (store, { key }) => {
      const name = Object.keys(store.getState().lenses)[Number(key) - 1];
      if (name !== undefined) void openLens(store, name);
    },
  },
  {
    keys: "[",
    does: "the lens before",
    is: written("["),
    run: (s) => neighbour(s, -1),
    where: "everywhere",
  },
  {
    keys: "]",
    does: "the lens after",
    is: written("]"),
    run: (s) => neighbour(s, 1),
    where: "everywhere",
  },
  ...Object.entries(TOOLS).map(
    ([tool, { key, label }]): KeyRow => ({
      keys: key.toUpperCase(),
      does: `tool: ${label.toLowerCase()}`,
      is: plain(key),
      run: (store) => store.setState({ tool: tool as Tool }),
    }),
  ),
  { keys: "+", does: "zoom in", is: typed("+", "="), run: (s) => zoomBy(s, 1) },
  { keys: "−", does: "zoom out", is: typed("-", "−"), run: (s) => zoomBy(s, -1) },
  { keys: "0", does: "fit the picture", is: typed("0"), run: (s) => s.setState({ zoom: 1 }) },
  { keys: "Ctrl + Z", does: "undo", is: withControl("z", false), run: undo },
  {
    keys: "Ctrl + Shift + Z  Ctrl + Y",
    does: "redo",
    is: (event) => withControl("z", true)(event) || withControl("y", false)(event),
    run: redo,
  },
  {
    keys: "F",
    does: "present: only the picture and its step",
    is: plain("f"),
    run: (s) => s.setState(({ presenting }) => ({ presenting: !presenting })),
  },
  {
    keys: "?",
    does: "this list",
    is: typed("?"),
    run: (s) => s.setState({ helping: true }),
    where: "everywhere",
  },
  {
    keys: "Esc",
    does: "let go of a pinned cell, end presenting",
    is: plain("Escape"),
    run: (s) =>
      s.setState(({ pinned }) =>
        pinned ? { pinned: null } : { presenting: false, hovered: null },
      ),
  },
];

/** The keys that fields without text use themselves, by their type. */
const OWN_KEYS: Readonly<Record<string, RegExp>> = {
  checkbox: /^ $/,
  radio: /^( |Arrow.*)$/,
  range: /^(Arrow.*|Home|End)$/,
};

/** Where keys are text, or already mean something: fields, lists, open dialogs. */
export function isTaken({ target, key }: KeyboardEvent): boolean {
  const element = target as Element;
  if (element.closest("dialog, [popover]")) return true;
  const field = element.closest("input, select, textarea, [contenteditable]");
  if (field) {
    // Ctrl + Z in a field takes back what was typed there; a slider has nothing typed.
    const own = field instanceof HTMLInputElement ? OWN_KEYS[field.type] : undefined;
    return own === undefined || own.test(key);
  }
  return key === " " && element.closest("button, a, summary, label") !== null;
}

/** Whether a key holds before what is open: the figure, or one of the pages. */
export function holds({ where }: KeyRow, page: string | null): boolean {
  return where === "everywhere" || (where ?? null) === page;
}

/** Listens for the keys of one figure; returns how to stop. */
export function runKeys(store: FigureStore): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isTaken(event)) return;
    const { page } = store.getState();
    const row = KEYS.find((row) => holds(row, page) && row.is(event));
    if (!row) return;
    event.preventDefault();
    row.run(store, event);
  };
  addEventListener("keydown", listen);
  return () => removeEventListener("keydown", listen);
}

import { easeCubicInOut } from "d3-ease";
import { createGrid, type PlateGrid } from "./grid.ts";
import {
  needsLoupe,
  paintCurve,
  paintFresh,
  paintLight,
  paintLoupe,
  paintMark,
} from "./overlay.ts";
import {
  paintNote,
  paintPlate,
  repaintLegend,
  repaintPlate,
  type Surface,
  sameScale,
} from "./paint.ts";
import { type Palette, paletteOf } from "./palette.ts";
import {
  cellsOf,
  type Hit,
  hit,
  type Light,
  type Lit,
  type Mark,
  type Plate,
  type Rectangle,
  type Scene,
} from "./scene.ts";

/** What a picture is at one moment. */
export interface Picture {
  readonly scene: Scene;
  readonly light: Light | null;
  /** The cell under the pointer or the keyboard, for the loupe. */
  readonly loupe: Hit | null;
  /** How long marks glide to their new places, in milliseconds; 0: they jump. */
  readonly glide: number;
}

/** What people do to a picture. `press` returns true when what follows is a stroke over cells, not a tap. */
export interface StageEvents {
  readonly onHover: (at: Hit | null) => void;
  readonly onFocus: (at: Hit | null) => void;
  readonly onPress: (at: Hit, event: PointerEvent) => boolean;
  readonly onStroke: (path: readonly Hit[]) => void;
  readonly onRelease: () => void;
  readonly onTap: (at: Hit) => void;
  /** A number was typed into a cell of an editable plate. */
  readonly onType: (at: Hit, value: number) => void;
  /** A touch on this plate draws: it must not scroll the page. */
  readonly draws: (plate: Plate) => boolean;
}

export interface Stage {
  readonly show: (picture: Picture) => void;
  /** The colours have changed. */
  readonly repaint: () => void;
  readonly destroy: () => void;
}

/**
 * A scrollable picture in `host`: two canvases the size of what can be seen (plates below, what moves above),
 * and over them the grids that make every cell reachable without eyes or mouse. Knows nothing of convolution.
 */
export function createStage(host: HTMLElement, events: StageEvents): Stage {
  const view = make("div", "stage-view");
  const plates = make("canvas", "");
  const moving = make("canvas", "");
  for (const canvas of [plates, moving]) canvas.setAttribute("aria-hidden", "true");
  view.append(plates, moving);
  const sheet = make("div", "stage-sheet");
  host.append(view, sheet);

  let palette: Palette = paletteOf(host);
  let picture: Picture | null = null;
  let painted: Scene | null = null;
  let whole = true;
  /** Where the last picture left something on the upper canvas: what is to be cleared for the next. */
  let stains: readonly Rectangle[] = [];
  let request = 0;
  const grids = new Map<string, { grid: PlateGrid; plate: Plate }>();
  const marks = createGlide();
  let fade: Fade | null = null;
  /** A number is being typed into a cell. */
  let editing = false;

  const surface = (canvas: HTMLCanvasElement): Surface => {
    const ctx = canvas.getContext("2d")!;
    const scale = canvas.width / Math.max(1, host.clientWidth);
    ctx.setTransform(scale, 0, 0, scale, -host.scrollLeft * scale, -host.scrollTop * scale);
    return {
      ctx,
      palette,
      view: {
        x: host.scrollLeft,
        y: host.scrollTop,
        width: host.clientWidth,
        height: host.clientHeight,
      },
    };
  };

  function resize(): void {
    const ratio = window.devicePixelRatio;
    view.style.width = `${host.clientWidth}px`;
    view.style.height = `${host.clientHeight}px`;
    sheet.style.marginTop = `${-host.clientHeight}px`;
    for (const canvas of [plates, moving]) {
      canvas.width = Math.round(host.clientWidth * ratio);
      canvas.height = Math.round(host.clientHeight * ratio);
    }
    whole = true;
    ask();
  }

  function ask(): void {
    request ||= requestAnimationFrame(paint);
  }

  function paint(now: number): void {
    request = 0;
    if (!picture) return;
    const over = surface(moving);
    if (whole) stains = [over.view];
    paintPlates(picture.scene);
    for (const { x, y, width, height } of stains) over.ctx.clearRect(x, y, width, height);
    const gliding = marks.at(now);
    if (fade && now - fade.since >= fade.for) fade = null;
    stains = [...paintMoving(over, picture, gliding.marks, now)];
    if (gliding.moving || fade) ask();
  }

  /** Paints what lies over the plates, and says where. */
  function* paintMoving(
    over: Surface,
    { scene, light, loupe }: Picture,
    moved: readonly Mark[],
    now: number,
  ): Generator<Rectangle> {
    if (fade) yield paintFresh(over, fade.cell, Math.max(0, (now - fade.since) / fade.for));
    if (light) for (const plate of scene.plates) yield paintLight(over, plate, light);
    else if (scene.lit) yield paintOwnLight(over, scene, scene.lit);
    for (const curve of scene.curves) yield paintCurve(over, curve);
    for (const mark of moved) yield paintMark(over, mark);
    if (loupe && needsLoupe(loupe)) yield paintLoupe(over, loupe);
  }

  /** Paints only what looks different; all of it when anything has moved. */
  function paintPlates(scene: Scene): void {
    const stays = !whole && painted !== null && samePlaces(painted, scene);
    const before = stays ? painted : null;
    painted = scene;
    whole = false;
    if (before) paintChanges(before, scene);
    else paintAll(scene);
  }

  function paintAll(scene: Scene): void {
    const base = surface(plates);
    base.ctx.clearRect(base.view.x, base.view.y, base.view.width, base.view.height);
    for (const plate of scene.plates) paintPlate(base, plate);
    for (const note of scene.notes) paintNote(base, note);
  }

  function paintChanges(before: Scene, scene: Scene): void {
    const stale = [...scene.plates.entries()].filter(
      ([i, plate]) => !sameKey(before.plates[i]!.key, plate.key),
    );
    // A canvas that is touched is sent to the screen again; not so when nothing on it looks different.
    if (stale.length === 0) return;
    const base = surface(plates);
    for (const [i, plate] of stale) repaintPlate(base, plate, before.plates[i]!);
    for (const [i, note] of scene.notes.entries()) {
      const old = before.notes[i]!;
      if (note.kind === "legend" && old.kind === "legend" && !sameScale(note.scale, old.scale))
        repaintLegend(base, note, old);
    }
  }

  function syncGrids(scene: Scene): void {
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

  function gridOf(name: string): PlateGrid {
    const at = (row: number, column: number): Hit | null => {
      const plate = grids.get(name)?.plate;
      return plate ? { plate, row, column } : null;
    };
    return createGrid({
      onFocus: (row, column) => events.onFocus(at(row, column)),
      onBlur: () => editing || events.onFocus(null), // a field over a cell is still the cell
      onKey(event, row, column) {
        const here = at(row, column);
        if (!here || event.ctrlKey || event.metaKey || event.altKey) return false;
        if (here.plate.editable && /^[-−.\d]$/.test(event.key)) openEditor(here, event.key);
        else if (event.key === "Enter" && here.plate.editable) openEditor(here, null);
        else if (event.key === "Enter") events.onTap(here);
        else return false;
        return true;
      },
    });
  }

  /** A field over the cell: Enter or leaving it keeps the number, Escape does not. */
  function openEditor(at: Hit, first: string | null): void {
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
    editing = true;
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
      editing = false;
      const grid = grids.get(plate.name)?.grid;
      const back = document.activeElement === field;
      field.remove();
      // The focus first: it has the page laid out, which the new numbers would make a long way.
      if (back && grid) grid.focusCell(row, column);
      else events.onFocus(null);
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

  const placeOf = (event: PointerEvent | MouseEvent): Hit | null => {
    if (!picture) return null;
    const box = host.getBoundingClientRect();
    return hit(
      picture.scene,
      event.clientX - box.left - host.clientLeft + host.scrollLeft,
      event.clientY - box.top - host.clientTop + host.scrollTop,
    );
  };
  const listeners = createPointer(host, placeOf, events);
  const onDouble = (event: MouseEvent) => {
    const at = placeOf(event);
    if (at?.plate.editable && !events.draws(at.plate)) openEditor(at, null);
  };
  host.addEventListener("dblclick", onDouble);
  const onScroll = () => {
    whole = true;
    ask();
  };
  host.addEventListener("scroll", onScroll, { passive: true });
  const sizes = new ResizeObserver(resize);
  sizes.observe(host);
  resize();

  return {
    show(next) {
      const before = picture;
      picture = next;
      const { scene, glide } = next;
      ask();
      if (before?.scene === scene) return;
      sheet.style.width = `${scene.width}px`;
      sheet.style.height = `${scene.height}px`;
      marks.to(scene.marks, glide, performance.now());
      if (scene.follow && !sameRectangle(scene.follow, before?.scene.follow ?? null))
        bringIntoSight(host, scene.follow);
      fade = glide > 0 ? fadeOf(scene, glide) : null;
      syncGrids(scene); // last: when it moves the focus, the next picture is shown from in here
    },
    repaint() {
      palette = paletteOf(host);
      whole = true;
      ask();
    },
    destroy() {
      cancelAnimationFrame(request);
      sizes.disconnect();
      listeners();
      host.removeEventListener("dblclick", onDouble);
      host.removeEventListener("scroll", onScroll);
      view.remove();
      sheet.remove();
    },
  };
}

function paintOwnLight(over: Surface, { plates }: Scene, lit: Lit): Rectangle {
  const plate = plates.find((candidate) => candidate.name === lit.plate);
  if (!plate) return { x: 0, y: 0, width: 0, height: 0 };
  return paintLight(over, { ...plate, role: lit.role ?? plate.role }, () => lit.has);
}

type Note = Scene["notes"][number];

interface Fade {
  readonly cell: Rectangle;
  readonly since: number;
  readonly for: number;
}

/** The newest cell of a scene coming up out of the paper. */
function fadeOf({ newest, plates }: Scene, lasts: number): Fade | null {
  const plate = newest && plates.find(({ name }) => name === newest.plate);
  if (!newest || !plate) return null;
  return { cell: cellsOf(plate, newest.row, newest.column), since: performance.now(), for: lasts };
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  name: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (name) element.className = name;
  return element;
}

function samePlace(a: Plate, b: Plate): boolean {
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

function samePlaces(a: Scene, b: Scene): boolean {
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

function sameKey(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, i) => Object.is(part, b[i]));
}

function sameRectangle(a: Rectangle, b: Rectangle | null): boolean {
  return b !== null && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** Scrolls no more than it takes; what is larger than the room shows its beginning. */
function bringIntoSight(host: HTMLElement, { x, y, width, height }: Rectangle): void {
  const margin = 24;
  const nearest = (now: number, room: number, low: number, size: number) => {
    const first = low - margin;
    const last = low + size + margin - room;
    return last > first ? first : Math.max(last, Math.min(first, now));
  };
  host.scrollLeft = nearest(host.scrollLeft, host.clientWidth, x, width);
  host.scrollTop = nearest(host.scrollTop, host.clientHeight, y, height);
}

/** Marks on their way from one scene to the next. */
function createGlide() {
  let from: ReadonlyMap<string, Mark> = new Map();
  let to: readonly Mark[] = [];
  let since = 0;
  let lasts = 0;
  const mix = (a: number, b: number, t: number) => a + (b - a) * t;

  function at(now: number): { marks: Mark[]; moving: boolean } {
    const t = lasts === 0 ? 1 : Math.max(0, Math.min(1, (now - since) / lasts));
    const e = easeCubicInOut(t);
    return {
      moving: t < 1,
      marks: to.map((mark) => {
        const start = from.get(mark.name);
        if (!start || t === 1) return mark;
        return {
          ...mark,
          x: mix(start.x, mark.x, e),
          y: mix(start.y, mark.y, e),
          width: mix(start.width, mark.width, e),
          height: mix(start.height, mark.height, e),
        };
      }),
    };
  }

  return {
    at,
    to(marks: readonly Mark[], duration: number, now: number) {
      from = new Map(at(now).marks.map((mark) => [mark.name, mark]));
      to = marks;
      since = now;
      lasts = duration;
    },
  };
}

/** Mouse, pen and finger as hover, tap and stroke. Returns how to stop listening. */
function createPointer(
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

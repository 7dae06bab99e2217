import { type CellRef, inputOfPadded } from "#engine";
import type { StageEvents } from "../draw/events.ts";
import { again, type Hit, type Point, refAt, type Scene } from "../draw/scene.ts";
import { createStage } from "../draw/stage.ts";
import type { Frame, Room } from "../lenses/lens.ts";
import { edits } from "../store/edits.ts";
import { frameOf } from "../store/frame.ts";
import { type FigureState, type FigureStore, lensOf } from "../store/state.ts";
import { onTheme, reducedMotion } from "../store/theme.ts";
import type { Lit } from "./light.ts";

/** Below this width the page scrolls as a whole and the picture is as high as it needs to be. */
const PHONE = "(max-width: 760px)";

/** How long the window takes to its next place. */
const GLIDE_MS = 180;

/** Keeps the picture in `host` what the store says, and tells the store what is done to it. Returns how to stop. */
export function runFigure(host: HTMLElement, store: FigureStore): () => void {
  const phone = matchMedia(PHONE);
  let scene: Scene | null = null;
  let frame: Frame | null = null;
  let lit: Lit = { key: null, geometry: null, light: null };
  let lights: typeof import("./light.ts") | null = null;
  let loupe: Hit | null = null;
  /** Where the picture is being zoomed about. */
  let about: Point | null = null;
  let room = "";
  /** Kept, for to ask the page would have it laid out at every change. */
  let size = roomIn(host, phone.matches);

  const stage = createStage(host, {
    ...eventsOf(store, (hit) => {
      if (samePlace(loupe, hit)) return;
      loupe = hit;
      show();
    }),
    async onZoom(by, at) {
      const { zoomBy } = await import("../store/zoom.ts");
      about = at;
      zoomBy(store, by);
      about = null;
    },
  });

  function show(): void {
    const state = store.getState();
    const next = frameOf(state);
    if (!next) return;
    const place = `${size.width} ${size.height} ${state.lens}`;
    const moved = !frame || frame.step !== next.step || frame.slot !== next.slot;
    const resized = place !== room;
    const zoomed = frame !== null && frame.view.zoom !== next.view.zoom;
    const follows = !frame || resized || !sameFrame(frame, { ...next, pointed: frame.pointed });
    if (!frame || resized || !sameFrame(frame, next)) {
      scene = lensOf(state).layout(next, size);
      frame = next;
      room = place;
      if (size.height === Number.POSITIVE_INFINITY) host.style.height = `${scene.height}px`;
      else host.style.removeProperty("height");
    }
    if (lights) lit = lights.lightOf(lensOf(state), next, lit);
    else fetchLights();
    stage.show({
      scene: scene!,
      light: lit.light,
      loupe: loupe && again(scene!, loupe),
      glide: !resized && (moved || state.hovered) ? glideOf(state) : 0,
      follows,
      hold: frame && zoomed ? about : null,
    });
    about = null;
  }

  /** With the first picture: to see nothing lit for as long as that takes is no loss. */
  function fetchLights(): void {
    import("./light.ts").then(
      (fetched) => {
        lights = fetched;
        show();
      },
      () => {}, // with a connection, the next picture tries again
    );
  }

  const sizes = new ResizeObserver(() => {
    size = roomIn(host, phone.matches);
    show();
  });
  sizes.observe(host);
  const stops = [
    store.subscribe(show),
    onTheme(() => stage.repaint()),
    () => sizes.disconnect(),
    () => stage.destroy(),
  ];
  show();
  return () => {
    for (const stop of stops) stop();
  };
}

function roomIn({ clientWidth, clientHeight }: HTMLElement, asHighAsNeeded: boolean): Room {
  return { width: clientWidth, height: asHighAsNeeded ? Number.POSITIVE_INFINITY : clientHeight };
}

function sameFrame(a: Frame, b: Frame): boolean {
  return (
    a.answer === b.answer &&
    a.step === b.step &&
    a.slot === b.slot &&
    sameCell(a.pointed, b.pointed) &&
    a.view.channel === b.view.channel &&
    a.view.zoom === b.view.zoom &&
    a.view.scope === b.view.scope &&
    a.view.tone === b.view.tone &&
    a.view.options === b.view.options
  );
}

function sameCell(a: CellRef | null, b: CellRef | null): boolean {
  return a === b || (a !== null && b !== null && a.tensor === b.tensor && a.index === b.index);
}

function samePlace(a: Hit | null, b: Hit | null): boolean {
  if (!a || !b) return a === b;
  return a.plate.name === b.plate.name && a.row === b.row && a.column === b.column;
}

/** Fast playback and people who asked for less motion get none. */
function glideOf({ playing, speed }: FigureState): number {
  if (reducedMotion.matches) return 0;
  if (!playing) return GLIDE_MS;
  const lasts = Math.min(GLIDE_MS, 800 / speed);
  return lasts < 60 ? 0 : lasts;
}

function eventsOf(store: FigureStore, look: (at: Hit | null) => void): StageEvents {
  const hover = (at: Hit | null) => {
    const next = at && refAt(at.plate, at.row, at.column);
    look(at);
    if (!sameCell(store.getState().hovered, next)) store.setState({ hovered: next });
  };
  const painting = () => store.getState().tool !== "point";
  let filled = false;
  return {
    onHover: hover,
    onFocus: hover,
    draws: (plate) => plate.editable !== null && painting(),
    onPress(at) {
      if (!painting() || !at.plate.editable) return false;
      filled = false;
      store.getState().beginStroke();
      return true;
    },
    onStroke(path) {
      const { tool, paint } = store.getState();
      const editable = path[0]!.plate.editable!;
      const fills = tool === "fill" && editable === "X";
      if (fills && filled) return; // a fill is poured where the press began, once
      filled = true;
      const indices = path.flatMap((at) => editableIndex(store, at));
      if (indices.length > 0) paint(indices, editable);
    },
    onRelease: () => store.getState().endStroke(),
    onTap(at) {
      const ref = refAt(at.plate, at.row, at.column);
      if (!ref) return;
      store.setState((state) => ({ pinned: sameCell(state.pinned, ref) ? null : ref }));
    },
    onType(at, value) {
      const indices = editableIndex(store, at);
      const { change, tell } = store.getState();
      if (indices.length === 0)
        tell(
          "This cell is padding: its value follows from the pad mode. Type into a cell of the image.",
        );
      else change(edits(store.getState(), at.plate.editable!, indices, value));
    },
  };
}

/** The cell of X or W that is changed at a place; none in the ring, which only copies or is zero. */
function editableIndex(store: FigureStore, { plate, row, column }: Hit): number[] {
  const index = plate.indexAt(row, column);
  if (plate.tensor !== "P") return [index];
  if (plate.textureAt(row, column).ring !== null) return [];
  return [inputOfPadded(store.getState().answered!.geometry, index)];
}

import { again, type Hit, type Point, type Scene } from "../draw/scene.ts";
import { createStage } from "../draw/stage.ts";
import type { Frame, Room } from "../lenses/lens.ts";
import type { FigureState, FigureStore } from "../store/figureState.ts";
import { lensOf } from "../store/followed.ts";
import { frameOf } from "../store/frame.ts";
import { onTheme, reducedMotion } from "../store/theme.ts";
import type { Lit } from "./light.ts";
import { sameCell } from "./same.ts";

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
  let lightOf: typeof import("./light.ts").lightOf | null = null;
  let loupe: Hit | null = null;
  /** Where the picture is being zoomed about. */
  let about: Point | null = null;
  let room = "";
  /** Kept, for to ask the page would have it laid out at every change. */
  let size = roomIn(host, phone.matches);

  /** What a hand does, and what lights up: with the first picture, and not before it. */
  const stage = createStage(host, async () => {
    const { eventsOf, lightOf: fetched } = await import("./hand.ts");
    lightOf = fetched;
    show();
    return eventsOf(store, {
      look(hit) {
        if (samePlace(loupe, hit)) return;
        loupe = hit;
        show();
      },
      about(at) {
        about = at;
      },
    });
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
    if (lightOf) lit = lightOf(lensOf(state), next, lit);
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

import { createAfterFrame } from "./afterFrame.ts";
import { createCanvases } from "./canvases.ts";
import type { StageEvents } from "./events.ts";
import { createGlide } from "./glide.ts";
import type { Grids } from "./grids.ts";
import type { Minimap } from "./minimap.ts";
import { type Fade, fadeOf, paintOver } from "./moving.ts";
import { paintScene } from "./paintScene.ts";
import { type Palette, paletteOf } from "./palette.ts";
import { heightOf, pictureIn, type Reach, reachAfter, reachTo } from "./reach.ts";
import { sameHit, samePlaces, sameRectangle } from "./same.ts";
import {
  again,
  cellsOf,
  type Hit,
  hit,
  type Picture,
  type Point,
  type Rectangle,
  type Scene,
} from "./scene.ts";

type Hands = typeof import("./hands.ts");

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
export function createStage(host: HTMLElement, fetchEvents: () => Promise<StageEvents>): Stage {
  const canvases = createCanvases(host);
  const { sheet, corner } = canvases;
  let palette: Palette = paletteOf(host);
  /** What is shown, and the same as it stands in the stretch of it that the page holds. */
  let given: Picture | null = null;
  let picture: Picture | null = null;
  let reach: Reach = { base: 0, local: 0 };
  let painted: Scene | null = null;
  let stale: "no" | "moved" | "all" = "all";
  /** What could be seen of it when it was painted last. */
  let paintedAt: Rectangle = { x: 0, y: 0, width: 0, height: 0 };
  /** What can be seen: kept, for to ask for it may have the page laid out. */
  let seen: Rectangle = { x: 0, y: 0, width: 0, height: 0 };
  /** Where the last picture left something on the upper canvas: what is to be cleared for the next. */
  let stains: readonly Rectangle[] = [];
  let request = 0;
  /** What was last brought into sight. */
  let followed: Rectangle | null = null;
  const marks = createGlide();
  let fade: Fade | null = null;

  const surface = (which: "plates" | "moving") => canvases.surface(which, palette, seen);

  function look(): void {
    const { scrollLeft: x, scrollTop: y, clientWidth: width, clientHeight: height } = host;
    seen = { x, y, width, height };
  }

  function resize(): void {
    look();
    canvases.resize(seen);
    stale = "all";
    ask();
  }

  function ask(): void {
    request ||= requestAnimationFrame(paint);
  }

  function paint(now: number): void {
    request = 0;
    if (!picture) return;
    const over = surface("moving");
    const { scene } = picture;
    if (stale === "moved" && !(painted && samePlaces(painted, scene) && moved(painted)))
      stale = "all";
    // a canvas that is touched is sent to the screen again: not one on which nothing was and nothing will be
    if (stale !== "no" && stains.length > 0) stains = [over.view];
    paintScene(() => surface("plates"), stale === "all" ? null : painted, scene);
    minimap?.show(scene, over);
    painted = scene;
    paintedAt = seen;
    stale = "no";
    for (const { x, y, width, height } of stains) over.ctx.clearRect(x, y, width, height);
    const gliding = marks.at(now);
    if (fade && now - fade.since >= fade.for) fade = null;
    stains = [...paintOver(over, picture, gliding.marks, fade, now, hands)].filter(isSome);
    if (gliding.moving || fade) ask();
  }

  const moved = (scene: Scene) => hands?.shift(surface("plates"), paintedAt, scene) ?? false;

  let hands: Hands | null = null;
  /** Whom it is told what a hand does. */
  let events: StageEvents | null = null;
  let grids: Grids | null = null;
  let listeners: (() => void) | null = null;

  /** Fetched with the first picture, and not before it. */
  async function fetchGrids(): Promise<void> {
    const [fetched, told] = await Promise.all([import("./hands.ts"), fetchEvents()]);
    if (grids || !sheet.isConnected) return;
    hands = fetched;
    events = told;
    listeners = hands.createPointer(host, placeOf, told);
    grids = hands.createGrids(sheet, {
      ...told,
      // they follow the picture, and may still spell out the one before
      onFocus(at) {
        const here = at && picture && again(picture.scene, at);
        // where only a stretch stands in the page, the page cannot know where a cell is
        if (here && reach.base !== 0) bring(cellsOf(here.plate, here.row, here.column));
        told.onFocus(here);
      },
    });
    if (picture) grids.sync(picture.scene);
    ask(); // what should be lit is, from here on
    const { onZoom, draws } = told;
    if (onZoom) takeHold(hands, { onZoom, draws });
  }

  let minimap: Minimap | null = null;
  let grasp: (() => void) | null = null;

  /** A picture that may become larger than its room. */
  function takeHold(
    { createGrasp, createMinimap }: Hands,
    { onZoom, draws }: Required<Pick<StageEvents, "onZoom" | "draws">>,
  ): void {
    minimap = createMinimap(({ x, y }) =>
      moveTo(Math.max(0, x - seen.width / 2), Math.max(-reach.base, y - seen.height / 2)),
    );
    corner.append(minimap.element);
    grasp = createGrasp(host, {
      onZoom,
      draws(event) {
        const at = placeOf(event);
        return at !== null && draws(at.plate);
      },
    });
    ask();
  }

  /** The grids follow the picture, which does not wait for those who read; so does how far one can scroll. */
  const spelling = createAfterFrame(() => picture && settle(picture.scene));

  function settle(scene: Scene): void {
    stretch(scene);
    if (grids) grids.sync(scene);
    else fetchGrids().catch(() => {}); // with a connection, the next picture tries again
  }

  /** A picture that fits fills the room: no two of those then differ in their size, and nothing is laid out anew. */
  function stretch(scene: Scene): void {
    sheet.style.width = lengthOf(scene.width, seen.width);
    sheet.style.height = lengthOf(heightOf(scene), seen.height);
  }

  /** The picture as it stands where one has come to. */
  function reached(next: Reach): void {
    const { base } = reach;
    reach = next;
    if (base === next.base || !given) return;
    picture = pictureIn(given, next.base);
    marks.to(picture.scene.marks, 0, performance.now());
    stale = "all";
    spelling.ask();
    ask();
  }

  /** Scrolls no more than it takes; what is larger than the room shows its beginning. */
  function bring({ x, y, width, height }: Rectangle): void {
    const left = nearest(seen.x, seen.width, x, width);
    const top = nearest(seen.y, seen.height, y, height);
    if (left === seen.x && top === seen.y) return;
    moveTo(left, top);
  }

  /** What was at a point of the room is there again. */
  function keep(before: Scene, { x, y }: Point): void {
    const now = hands!.samePoint(before, { x: seen.x + x, y: seen.y + y }, picture!.scene);
    moveTo(Math.max(0, now.x - x), Math.max(-reach.base, now.y - y));
  }

  /** Scrolls there, in a stretch that may have to be another. */
  function moveTo(left: number, top: number): void {
    const { scene } = given!;
    const there = reachTo(top + reach.base, scene.height, seen.height);
    // within its stretch a picture moves as any other does
    const inside = top > seen.height && top < heightOf(scene) - 2 * seen.height;
    const next = inside || scene.height === heightOf(scene) ? { ...reach, local: top } : there;
    stretch(scene);
    host.scrollTo(left, next.local);
    look(); // it may stop before that
    reached(next);
    if (stale === "no") stale = "moved";
    ask();
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
  const onDouble = (event: MouseEvent) => {
    const at = placeOf(event);
    if (at?.plate.editable && !events?.draws(at.plate)) grids?.edit(at);
  };
  host.addEventListener("dblclick", onDouble);
  const onScroll = () => {
    const { x, y } = seen;
    look();
    if (seen.x === x && seen.y === y) return; // scrolled from here, and painted so
    if (given) {
      const next = reachAfter({ ...reach, local: y }, seen.y, given.scene.height, seen.height);
      if (next.local !== seen.y) {
        host.scrollTo(seen.x, next.local);
        look();
      }
      reached(next);
    }
    if (stale === "no") stale = "moved";
    ask();
  };
  host.addEventListener("scroll", onScroll, { passive: true });
  const sizes = new ResizeObserver(resize);
  sizes.observe(host);
  resize();

  return {
    show(next) {
      if (next.scene.height === heightOf(next.scene)) reach = { base: 0, local: seen.y };
      const before = picture;
      given = next;
      picture = pictureIn(next, reach.base);
      const { scene, light, loupe, glide, follows } = picture;
      if (before?.scene === scene && before.light === light && sameHit(before.loupe, loupe)) return;
      ask();
      if (before?.scene === scene) return;
      marks.to(scene.marks, glide, performance.now());
      const { follow } = next.scene;
      if (next.hold && before && hands) {
        followed = follow;
        keep(before.scene, next.hold);
      } else if (follows && follow && !sameRectangle(follow, followed)) {
        followed = follow;
        bring(scene.follow!);
      }
      fade = glide > 0 ? fadeOf(scene, glide) : null;
      spelling.ask();
    },
    repaint() {
      palette = paletteOf(host);
      stale = "all";
      ask();
    },
    destroy() {
      cancelAnimationFrame(request);
      spelling.cancel();
      sizes.disconnect();
      listeners?.();
      grasp?.();
      host.removeEventListener("dblclick", onDouble);
      host.removeEventListener("scroll", onScroll);
      canvases.remove();
    },
  };
}

const isSome = ({ width, height }: Rectangle) => width > 0 && height > 0;

/** What a picture of this size takes; a rounded place is no reason to scroll by a pixel. */
function lengthOf(size: number, room: number): string {
  return size <= room + 2 ? "100%" : `${size}px`;
}

/** From where a stretch of `size` from `low` on is seen, with a margin: from `now` where it is already. */
function nearest(now: number, room: number, low: number, size: number): number {
  const margin = 24;
  const first = low - margin;
  const last = low + size + margin - room;
  return last > first ? first : Math.max(last, Math.min(first, now));
}

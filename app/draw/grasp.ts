import type { Point } from "./scene.ts";

// A picture larger than its room is taken hold of: dragged by a mouse, zoomed by a wheel with Ctrl or by two fingers. A
// touchpad's pinch comes as a wheel with Ctrl.

export interface GraspEvents {
  /** One zoom nearer (1) or farther (−1), about a point of the room. */
  readonly onZoom: (by: 1 | -1, at: Point) => void;
  /** Whether a press begins a stroke, and is not for us. */
  readonly draws: (event: PointerEvent) => boolean;
}

/** How far a wheel turns for one zoom, in CSS pixels: a notch of a mouse is 100 to 120. */
const TURN = 60;
/** How much farther apart two fingers are for one zoom. */
const SPREAD = 1.3;
/** From so far on a press is a drag and no tap, in CSS pixels. */
const DRAG = 5;

/** Returns how to stop listening. */
export function createGrasp(host: HTMLElement, events: GraspEvents): () => void {
  const pointIn = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = host.getBoundingClientRect();
    return { x: clientX - box.left - host.clientLeft, y: clientY - box.top - host.clientTop };
  };

  let turned = 0;
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault(); // or the page itself is zoomed
    turned += event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * TURN;
    if (Math.abs(turned) < TURN && !isPinch(event)) return;
    if (isPinch(event) && Math.abs(turned) < PINCH) return;
    const by = turned < 0 ? 1 : -1;
    turned = 0;
    events.onZoom(by, pointIn(event));
  };

  let apart = 0;
  const touch = (event: TouchEvent) => {
    const [a, b] = event.touches;
    if (!a || !b) {
      apart = 0;
      return;
    }
    event.preventDefault();
    const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    apart ||= now;
    const by = now > apart * SPREAD ? 1 : now < apart / SPREAD ? -1 : 0;
    if (by === 0) return;
    apart = now;
    const middle = { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
    events.onZoom(by, pointIn(middle));
  };

  let held: { x: number; y: number; left: number; top: number; moved: boolean } | null = null;
  const down = (event: PointerEvent) => {
    const { button, pointerType, clientX: x, clientY: y } = event;
    const mouse =
      pointerType === "mouse" && (button === 1 || (button === 0 && !events.draws(event)));
    const larger = host.scrollWidth > host.clientWidth || host.scrollHeight > host.clientHeight;
    if (!mouse || !larger || (event.target as Element).tagName === "INPUT") return;
    if (button === 1) event.preventDefault(); // no automatic scrolling besides
    held = { x, y, left: host.scrollLeft, top: host.scrollTop, moved: false };
  };
  const move = ({ clientX, clientY }: PointerEvent) => {
    if (!held) return;
    const [across, along] = [clientX - held.x, clientY - held.y];
    held.moved ||= Math.hypot(across, along) >= DRAG;
    if (!held.moved) return;
    host.classList.add("held");
    // from where it was last, for a long picture is taken hold of anew on the way
    host.scrollBy(-across, -along);
    held.x = clientX;
    held.y = clientY;
  };
  const up = () => {
    host.classList.remove("held");
    held = null;
  };
  /** What was dragged is not tapped. */
  const captured = (event: PointerEvent) => {
    if (held?.moved) event.stopImmediatePropagation();
    up();
  };

  const stops = new AbortController();
  const { signal } = stops;
  host.addEventListener("wheel", wheel, { passive: false, signal });
  host.addEventListener("touchstart", touch, { passive: false, signal });
  host.addEventListener("touchmove", touch, { passive: false, signal });
  host.addEventListener("touchend", touch, { passive: false, signal });
  host.addEventListener("pointerdown", down, { signal });
  window.addEventListener("pointermove", move, { signal });
  host.addEventListener("pointerup", captured, { capture: true, signal });
  window.addEventListener("pointerup", up, { signal });
  window.addEventListener("pointercancel", up, { signal });
  return () => stops.abort();
}

/** A touchpad turns by a little at a time, and by parts of a pixel. */
const PINCH = 12;
const isPinch = ({ deltaY }: WheelEvent) => Math.abs(deltaY) < 40;

import { make } from "./make.ts";
import type { Palette } from "./palette.ts";
import type { Rectangle } from "./scene.ts";
import type { Surface } from "./surface.ts";

/** What a stage is made of: two canvases the size of what can be seen, plates below, what moves above. */
export interface Canvases {
  /** What is as large as the picture, over the canvases, and makes the room scroll. */
  readonly sheet: HTMLElement;
  /** What stays in its corner whatever is scrolled. */
  readonly corner: HTMLElement;
  /** A canvas to draw on, in CSS pixels of the scene, of which `seen` can be seen. */
  readonly surface: (which: "plates" | "moving", palette: Palette, seen: Rectangle) => Surface;
  /** Makes the canvases as large as what can be seen; both are empty then. */
  readonly resize: (seen: Rectangle) => void;
  readonly remove: () => void;
}

export function createCanvases(host: HTMLElement): Canvases {
  const view = make("div", "stage-view");
  const canvases = { plates: make("canvas", ""), moving: make("canvas", "") };
  const both = Object.values(canvases);
  for (const canvas of both) canvas.setAttribute("aria-hidden", "true");
  view.append(...both);
  const sheet = make("div", "stage-sheet");
  const corner = make("div", "stage-corner");
  host.append(view, corner, sheet);
  return {
    sheet,
    corner,
    surface(which, palette, seen) {
      const canvas = canvases[which];
      const ctx = canvas.getContext("2d")!;
      const scale = canvas.width / Math.max(1, seen.width);
      ctx.setTransform(scale, 0, 0, scale, -seen.x * scale, -seen.y * scale);
      return { ctx, palette, view: seen };
    },
    resize({ width, height }) {
      const ratio = window.devicePixelRatio;
      view.style.width = `${width}px`;
      view.style.height = `${height}px`;
      corner.style.height = view.style.height;
      for (const over of [corner, sheet]) over.style.marginTop = `${-height}px`;
      for (const canvas of both) {
        canvas.width = Math.round(width * ratio);
        canvas.height = Math.round(height * ratio);
      }
    },
    remove() {
      for (const part of [view, corner, sheet]) part.remove();
    },
  };
}

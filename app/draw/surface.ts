import type { Palette, Rgb } from "./palette.ts";
import type { Plate, Range, Rectangle } from "./scene.ts";

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

/** A canvas to draw on, in CSS pixels of the scene; `view` is the part of the scene that can be seen. */
export interface Surface {
  readonly ctx: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly view: Rectangle;
}

/** So far outside what can be seen a line may end: no one sees it, and a canvas draws no line of a hundred million pixels. */
const OUTSIDE = 1000;

/** A rectangle as far as it is near what can be seen. */
export function near({ view }: Surface, { x, y, width, height }: Rectangle): Rectangle {
  const top = Math.max(y, view.y - OUTSIDE);
  const left = Math.max(x, view.x - OUTSIDE);
  return {
    x: left,
    y: top,
    width: Math.max(0, Math.min(x + width, view.x + view.width + OUTSIDE) - left),
    height: Math.max(0, Math.min(y + height, view.y + view.height + OUTSIDE) - top),
  };
}

/** The rectangle of a plate's cells. */
export function bodyOf(plate: Plate): Rectangle {
  return {
    x: plate.x,
    y: plate.y,
    width: plate.columns * plate.cell,
    height: plate.rows * plate.cell,
  };
}

/** The rows and columns of a plate that can be seen. */
export function visible(view: Rectangle, plate: Plate): Range {
  const clamp = (v: number, most: number) => Math.max(0, Math.min(most, v));
  return {
    top: clamp(Math.floor((view.y - plate.y) / plate.cell), plate.rows),
    bottom: clamp(Math.ceil((view.y + view.height - plate.y) / plate.cell), plate.rows),
    left: clamp(Math.floor((view.x - plate.x) / plate.cell), plate.columns),
    right: clamp(Math.ceil((view.x + view.width - plate.x) / plate.cell), plate.columns),
  };
}

/** Whether the cells of a plate lie on the pixels of the screen: none is then painted into its neighbours. */
export function onPixels({ ctx }: Surface, { x, y, cell }: Plate): boolean {
  const { a, d, e, f } = ctx.getTransform();
  return [x * a + e, y * d + f, cell * a].every(Number.isInteger);
}

const cssOf = new WeakMap<Rgb, string>();

/** A colour as canvases take it. */
export function css(colour: Rgb): string {
  let text = cssOf.get(colour);
  if (text === undefined) {
    text = `#${colour.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
    cssOf.set(colour, text);
  }
  return text;
}

export const NOWHERE: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

/** A rectangle with room around it, on whole pixels. */
export function grown({ x, y, width, height }: Rectangle, room: number): Rectangle {
  const left = Math.floor(x - room);
  const top = Math.floor(y - room);
  return {
    x: left,
    y: top,
    width: Math.ceil(x + width + room) - left,
    height: Math.ceil(y + height + room) - top,
  };
}

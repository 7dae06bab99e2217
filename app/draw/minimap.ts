import { plateNear } from "./hold.ts";
import { make } from "./make.ts";
import type { Palette } from "./palette.ts";
import { paintPixels } from "./pixels.ts";
import { sameKey } from "./same.ts";
import type { Plate, Point, Scene } from "./scene.ts";
import { bodyOf, type Surface } from "./surface.ts";

// A plate of which only a part can be seen stands once more, small, in the corner, with that part framed: pressing there
// goes there.

/** As large as the map gets, in CSS pixels. */
const LARGEST = 132;
/** Of a plate that is longer than so many times its width a map would be a line. */
const LONGEST = 6;
/** A plate whose sides are this little larger than the room needs no map. */
const LARGER = 1.6;

export interface Minimap {
  readonly element: HTMLElement;
  readonly show: (scene: Scene, surface: Pick<Surface, "view" | "palette">) => void;
}

interface Shown {
  readonly plate: Plate;
  readonly palette: Palette;
  readonly scale: number;
}

/** `go` scrolls so that a point of the scene is in the middle of the room. */
export function createMinimap(go: (point: Point) => void): Minimap {
  const element = make("div", "minimap");
  element.setAttribute("aria-hidden", "true"); // to scroll is as good, and says more
  element.hidden = true;
  const canvas = make("canvas", "");
  const frame = make("div", "minimap-view");
  element.append(canvas, frame);
  let shown: Shown | null = null;

  function paint({ plate, palette, scale }: Shown): void {
    const ratio = window.devicePixelRatio;
    const [width, height] = [plate.columns * scale, plate.rows * scale];
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const ctx = canvas.getContext("2d")!;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const small: Plate = { ...plate, name: `${plate.name} mapped`, x: 0, y: 0, cell: scale };
    const whole = { top: 0, left: 0, bottom: plate.rows, right: plate.columns };
    paintPixels({ ctx, palette, view: { x: 0, y: 0, width, height } }, small, whole);
    element.style.borderColor = palette.roles[plate.role];
    frame.style.borderColor = palette.roles[plate.role];
  }

  const onPoint = (event: PointerEvent) => {
    event.stopPropagation();
    if (!shown || (event.type === "pointermove" && event.buttons === 0)) return;
    const { plate, scale } = shown;
    const box = canvas.getBoundingClientRect();
    const side = plate.cell / scale;
    go({
      x: plate.x + (event.clientX - box.left) * side,
      y: plate.y + (event.clientY - box.top) * side,
    });
  };
  element.addEventListener("pointerdown", (event) => {
    element.setPointerCapture(event.pointerId);
    onPoint(event);
  });
  element.addEventListener("pointermove", onPoint);
  for (const type of ["pointerup", "dblclick"] as const)
    element.addEventListener(type, (event) => event.stopPropagation());

  return {
    element,
    show(scene, { view, palette }) {
      const middle = { x: view.x + view.width / 2, y: view.y + view.height / 2 };
      const near = plateNear(scene, middle);
      const plate = near && needsMap(near, view) ? near : null;
      element.hidden = plate === null;
      if (!plate) {
        shown = null;
        return;
      }
      const scale = LARGEST / Math.max(plate.rows, plate.columns);
      const now = { plate, palette, scale };
      const same =
        shown?.plate.name === plate.name &&
        shown.palette === palette &&
        shown.scale === scale &&
        sameKey(shown.plate.key, plate.key);
      if (!same) paint(now);
      shown = now;
      const part = scale / plate.cell;
      const left = Math.max(0, (view.x - plate.x) * part);
      const top = Math.max(0, (view.y - plate.y) * part);
      const right = Math.min(plate.columns * scale, (view.x + view.width - plate.x) * part);
      const bottom = Math.min(plate.rows * scale, (view.y + view.height - plate.y) * part);
      // moved, and not laid out anew, while one scrolls
      frame.style.transform = `translate(${left}px, ${top}px)`;
      const size = [right - left, bottom - top].map((side) => `${Math.max(3, Math.round(side))}px`);
      if (frame.style.width !== size[0]) frame.style.width = size[0]!;
      if (frame.style.height !== size[1]) frame.style.height = size[1]!;
    },
  };
}

function needsMap(plate: Plate, view: Surface["view"]): boolean {
  const { width, height } = bodyOf(plate);
  const long = Math.max(width, height) / Math.min(width, height);
  return long <= LONGEST && (width > LARGER * view.width || height > LARGER * view.height);
}

import { paintScene } from "./paintScene.ts";
import { joins } from "./pixels.ts";
import type { Rectangle, Scene } from "./scene.ts";
import type { Surface } from "./surface.ts";

/**
 * A canvas on which a scene is painted as it was seen before, scrolled: what stays in sight is moved as it is, and only
 * what comes into sight is painted. False where it cannot be moved by whole pixels, or nothing of it stays.
 */
export function shift(surface: Surface, before: Rectangle, scene: Scene): boolean {
  const { ctx, view } = surface;
  const scale = ctx.getTransform().a;
  const [right, down] = [view.x - before.x, view.y - before.y];
  const [across, along] = [right * scale, down * scale];
  const { width, height } = view;
  const stays = Math.abs(right) < width && Math.abs(down) < height;
  const same = before.width === width && before.height === height;
  if (!same || !stays || !isWhole(across) || !isWhole(along)) return false;
  if (!scene.plates.every((plate) => joins(surface, plate))) return false;
  ctx.save();
  ctx.resetTransform();
  ctx.globalCompositeOperation = "copy";
  ctx.drawImage(ctx.canvas, -Math.round(across), -Math.round(along));
  ctx.restore();
  if (down !== 0)
    paintPart(surface, scene, {
      ...view,
      y: down > 0 ? view.y + height - down : view.y,
      height: Math.abs(down),
    });
  if (right !== 0)
    paintPart(surface, scene, {
      ...view,
      x: right > 0 ? view.x + width - right : view.x,
      width: Math.abs(right),
    });
  return true;
}

const isWhole = (pixels: number) => Math.abs(pixels - Math.round(pixels)) < 1e-3;

function paintPart({ ctx, palette }: Surface, scene: Scene, part: Rectangle): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(part.x, part.y, part.width, part.height);
  ctx.clip();
  paintScene(() => ({ ctx, palette, view: part }), null, scene);
  ctx.restore();
}

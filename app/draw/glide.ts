import { easeCubicInOut } from "d3-ease";
import type { Mark } from "./scene.ts";

/** Marks on their way from one scene to the next. */
export function createGlide() {
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

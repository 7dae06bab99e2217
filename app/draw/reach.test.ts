import fc from "fast-check";
import { expect, test } from "vitest";
import { LONGEST, type Reach, reachAfter, reachTo } from "./reach.ts";

const ROOM = 668;
const heights = fc.integer({ min: LONGEST + 1, max: 2 ** 33 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

const placeOf = ({ base, local }: Reach) => base + local;

test("any place of a scene, however high, comes to the top of the room", () => {
  fc.assert(
    fc.property(heights, share, (height, at) => {
      const y = Math.round(at * (height - ROOM));
      const reach = reachTo(y, height, ROOM);
      expect(placeOf(reach)).toBe(y);
      expect(reach.local).toBeGreaterThanOrEqual(0);
      expect(reach.local).toBeLessThanOrEqual(LONGEST - ROOM);
      expect(reach.base).toBeGreaterThanOrEqual(0);
      expect(reach.base + LONGEST).toBeLessThanOrEqual(height);
    }),
  );
});

test("a wheel goes as far as it is turned, wherever that begins, up to the ends of the scene", () => {
  fc.assert(
    fc.property(
      heights,
      share,
      fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 30, maxLength: 60 }),
      (height, at, turns) => {
        let reach = reachTo(Math.round(at * (height - ROOM)), height, ROOM);
        for (const turn of turns) {
          const wanted = Math.max(0, Math.min(height - ROOM, placeOf(reach) + turn));
          // the page itself stops at the ends of its stretch
          const local = Math.max(0, Math.min(LONGEST - ROOM, reach.local + turn));
          reach = reachAfter(reach, local, height, ROOM);
          expect(placeOf(reach)).toBe(wanted);
        }
      },
    ),
  );
});

test("the scrollbar leads as far down the scene as it is dragged, and its ends to the ends", () => {
  fc.assert(
    fc.property(heights, share, (height, at) => {
      const from: Reach = { base: 0, local: 0 };
      const local = Math.round(ROOM * 4 + at * (LONGEST - 5 * ROOM));
      const reach = reachAfter(from, local, height, ROOM);
      const down = local / (LONGEST - ROOM);
      expect(placeOf(reach) / (height - ROOM)).toBeCloseTo(down, 2);
      expect(placeOf(reachAfter(from, LONGEST - ROOM, height, ROOM))).toBe(height - ROOM);
    }),
  );
});

test("a scene that a page can hold is scrolled as any other", () => {
  expect(reachTo(500, LONGEST, ROOM)).toEqual({ base: 0, local: 500 });
  expect(reachAfter({ base: 0, local: 500 }, 9000, LONGEST, ROOM)).toEqual({
    base: 0,
    local: 9000,
  });
});

import { describe, expect, test } from "vitest";
import { sizeOf, valueAt } from "#engine";
import type { Plate, Scene } from "../draw/scene.ts";
import { CONVENTIONS } from "./conventions.ts";
import { stepAfter } from "./focus.ts";
import type { Frame, LensRow } from "./lens.ts";
import { LENSES } from "./lenses.ts";
import { cells, frameOf, LAYERS } from "./testing/frames.ts";

// Conventions are ways to write the same numbers down: the picture rearranges, the values stay.

/** Wide and high enough for everything to be shown at once. */
const WALL = { width: 9000, height: 12000 };

const CASES = Object.entries<LensRow>(LENSES).flatMap(([name, { options = {}, load }]) =>
  Object.entries(options).flatMap(([option, { choices }]) =>
    option in CONVENTIONS
      ? Object.keys(choices).map((choice) => ({ name, option, choice, load }))
      : [],
  ),
);

/** Every cell of a plate, with its number where all have theirs: another order of the walk fills others first. */
function cellsOf(plate: Plate, numbers: boolean): string[] {
  const { tensor, indexAt, valueAt: at } = plate;
  return cells(
    plate,
    (r, c) => `${tensor} ${indexAt(r, c)}${numbers ? `: ${at(r, c)}` : ""}`,
  ).sort();
}

/** Vectors that an array is the sum of have its cells, but not its numbers. */
const PARTS = new Set(["i0", "i1", "j0", "j1"]);

/** Sums that a walk adds up: they are the engine's at its end. */
const SUMS = new Set(["DP", "DX"]);

/** Cells with another number than the engine's. */
function wrong({ geometry, layer, answer }: Frame, { plates }: Scene, isEnd: boolean): string[] {
  return plates
    .filter(({ name, tensor }) => !PARTS.has(name) && (isEnd || !SUMS.has(tensor)))
    .flatMap((plate) => {
      const { name, tensor, indexAt, valueAt: at } = plate;
      return cells(plate, (r, c) => {
        const [index, value] = [indexAt(r, c), at(r, c)];
        const right =
          index < 0 || value === null
            ? value || 0
            : valueAt(geometry, layer, answer, { tensor, index });
        return Object.is((value ?? 0) + 0, right + 0) ? "" : `${name} ${r} ${c}: ${value}`;
      }).filter((fault) => fault !== "");
    });
}

test("a convention is one for all lenses that list it", () => {
  // each may open with another choice, which stands first
  for (const { options = {} } of Object.values<LensRow>(LENSES))
    for (const [name, option] of Object.entries(options))
      if (name in CONVENTIONS)
        expect(option).toEqual(CONVENTIONS[name as keyof typeof CONVENTIONS]);
});

describe.each(CASES)("$name, $option $choice", ({ name, option, choice, load }) => {
  test.each(Object.entries(LAYERS))("%s: the values stay", async (_layer, link) => {
    const lens = await load();
    const frame = await frameOf(link);
    const last = sizeOf(lens.walk(frame.geometry)) - 1;
    for (const step of [Math.floor(last / 2), last]) {
      const options = { [option]: choice };
      const view = { ...frame.view, options };
      const same = stepAfter(lens, frame.geometry, step, {}, options);
      const scene = lens.layout({ ...frame, step: same, view }, WALL);
      const usual = lens.layout({ ...frame, step }, WALL);
      expect(wrong(frame, scene, step === last)).toEqual([]);
      for (const plate of scene.plates) {
        const before = usual.plates.find(({ name }) => name === plate.name);
        // a line of memory shows other parts of it
        if (!before || plate.name.startsWith("Memory")) continue;
        const [now, then] = [cellsOf(plate, step === last), cellsOf(before, step === last)];
        // as rows, what the index arrays gather is shown a sample at a time
        const part = name === "indices" && frame.geometry.spec.N > 1;
        expect(then, plate.name).toEqual(part ? expect.arrayContaining(now) : now);
      }
    }
  });
});

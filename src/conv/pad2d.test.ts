import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PAD_MODES, type PadMode, type Sides } from "../padding.ts";
import { tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { expectEqual, layers } from "../testing/specs.ts";
import { padInput } from "./pad.ts";
import { PAD2D_MODES, type Pad2dMode, pad2d } from "./pad2d.ts";

const row = tensor([1, 1, 1, 4], [1, 2, 3, 4]);
const sides = (left: number, right: number): Sides => [0, right, 0, left];

test.each<[Pad2dMode, number[]]>([
  ["constant", [9, 9, 1, 2, 3, 4, 9, 9, 9]],
  ["reflect", [3, 2, 1, 2, 3, 4, 3, 2, 1]],
  ["replicate", [1, 1, 1, 2, 3, 4, 4, 4, 4]],
  ["circular", [3, 4, 1, 2, 3, 4, 1, 2, 3]],
  ["symmetric", [2, 1, 1, 2, 3, 4, 4, 3, 2]],
])("%s: two cells before, three after", (mode, expected) => {
  expect(pad2d(row, mode, sides(2, 3), 9)).toEqual(tensor([1, 1, 1, 9], expected));
});

test("rows and columns, every plane on its own", () => {
  const x = tensor([2, 1, 1, 2], [1, 2, 3, 4]);
  const padded = pad2d(x, "constant", [1, 2, 0, 1], 0);
  expect(padded).toEqual(
    tensor([2, 1, 2, 5], [0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0]),
  );
});

test("is the ring of a layer, in every mode a layer has", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      const modes: Record<PadMode, Pad2dMode> = {
        zeros: "constant",
        reflect: "reflect",
        replicate: "replicate",
        circular: "circular",
      };
      expect(Object.keys(modes)).toEqual(Object.keys(PAD_MODES));
      const { rows, columns } = g;
      const ring = [rows.before, columns.after, rows.after, columns.before] as const;
      expectEqual(pad2d(layer.x, modes[g.spec.padMode], ring), padInput(g, layer.x));
    }),
  );
});

describe("refused", () => {
  test.each<[string, Pad2dMode, Sides, string]>([
    ["reflect as wide as the input", "reflect", sides(4, 0), "padding.left"],
    ["symmetric wider than the input", "symmetric", sides(0, 5), "padding.right"],
    ["circular wider than the input", "circular", [2, 0, 0, 0], "padding.top"],
    ["a side that is negative", "constant", [0, 0, -1, 0], "padding.bottom"],
    ["a side that is not whole", "constant", [0, 0.5, 0, 0], "padding.right"],
    ["a mode that is none", "zeros" as Pad2dMode, sides(0, 0), "padMode"],
    ["a mode of the language", "constructor" as Pad2dMode, sides(0, 0), "padMode"],
  ])("%s", (_what, mode, ring, field) => {
    expect(refusalOf(() => pad2d(row, mode, ring)).field).toBe(field);
  });

  test("what has not four axes, and a value that is no number", () => {
    expect(refusalOf(() => pad2d(tensor([2, 2]), "constant", sides(0, 0))).field).toBe("X");
    const text = "1" as unknown as number;
    expect(refusalOf(() => pad2d(row, "constant", sides(0, 0), text)).field).toBe("value");
  });

  test.each(Object.entries(PAD2D_MODES))("%s: the most it can fill is taken", (name, mode) => {
    const most = Math.min(mode.most(4), 50);
    expect(pad2d(row, name as Pad2dMode, sides(most, most)).shape).toEqual([1, 1, 1, 4 + 2 * most]);
  });
});

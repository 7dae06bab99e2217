import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forward } from "../forward.ts";
import { sizeOf } from "../tensor.ts";
import { layers } from "../testing/specs.ts";
import { nameOf, tapAt, valueAt } from "./cell.ts";
import { caseOf } from "./testing/cases.ts";

const sizes = { H: 3, W: 4, kH: 2, kW: 2 } as const;

describe("nameOf", () => {
  test("one image and one filter are matrices", () => {
    const { g } = caseOf(sizes);
    expect(nameOf(g, { tensor: "X", index: 6 })).toBe("X[1, 2]");
    expect(nameOf(g, { tensor: "W", index: 1 })).toBe("W[0, 1]");
    expect(nameOf(g, { tensor: "Y", index: 5 })).toBe("Y[1, 2]");
    expect(nameOf(g, { tensor: "Z", index: 5 })).toBe("Z[1, 2]");
    expect(nameOf(g, { tensor: "P", index: 6 })).toBe("Xp[1, 2]");
    expect(nameOf(g, { tensor: "b", index: 0 })).toBe("b");
  });

  test("channels and filters have an index when there are several", () => {
    const { g } = caseOf({ ...sizes, C: 2, F: 3 });
    expect(nameOf(g, { tensor: "X", index: 12 + 6 })).toBe("X[1, 1, 2]");
    expect(nameOf(g, { tensor: "W", index: 8 + 4 + 1 })).toBe("W[1, 1, 0, 1]");
    expect(nameOf(g, { tensor: "Y", index: 12 + 5 })).toBe("Y[2, 1, 2]");
    expect(nameOf(g, { tensor: "b", index: 2 })).toBe("b[2]");
  });

  test("samples have all four indices, even with one filter", () => {
    const { g } = caseOf({ ...sizes, N: 2 });
    expect(nameOf(g, { tensor: "Y", index: 6 + 5 })).toBe("Y[1, 0, 1, 2]");
    expect(nameOf(g, { tensor: "X", index: 12 })).toBe("X[1, 0, 0, 0]");
  });

  test("the index arrays are named by tap and position, whichever sample", () => {
    const { g } = caseOf({ ...sizes, N: 2 });
    // sample 1, position 4, tap 3: rows of im2col have 4 cells, each sample has 6 positions
    const index = (6 + 4) * 4 + 3;
    expect(nameOf(g, { tensor: "K", index })).toBe("k[3]");
    expect(nameOf(g, { tensor: "I", index })).toBe("i[3, 4]");
    expect(nameOf(g, { tensor: "J", index })).toBe("j[3, 4]");
  });

  test("products count from 1, channels are those of X", () => {
    const { g } = caseOf({ ...sizes, C: 4, F: 2, groups: 2 });
    expect(nameOf(g, { tensor: "T", index: g.window * 5 + 4 })).toBe("product 5 of Y[0, 1, 2]");
    expect(nameOf(g, { tensor: "S", index: 2 * 6 + 1 })).toBe("channel 3 of Y[1, 0, 0]");
  });
});

describe("valueAt", () => {
  test("the numbers of X padded are those that the taps read", () => {
    const { g, layer, answer } = caseOf({ ...sizes, padding: 1, padMode: "reflect" });
    // Row 0 is row 1 of the image, its first cell column 1.
    expect(valueAt(g, layer, answer, { tensor: "P", index: 0 })).toBe(layer.x.data[4 + 1]);
    const zeros = caseOf({ ...sizes, padding: 1 });
    expect(valueAt(zeros.g, zeros.layer, zeros.answer, { tensor: "P", index: 0 })).toBe(0);
  });

  test("the products of an output, its channels' parts and Z are one sum", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer }) => {
        const answer = forward(layer);
        const sum = (tensor: "T" | "S", each: number, y: number) =>
          Array.from({ length: each }, (_, i) =>
            valueAt(g, layer, answer, { tensor, index: y * each + i }),
          ).reduce((a, b) => a + b, 0);
        for (let y = 0; y < sizeOf(g.shapes.Y); y++) {
          const tap = tapAt(g, y * g.window);
          const f = Math.floor(tap.w / g.window);
          const bias = valueAt(g, layer, answer, { tensor: "b", index: f });
          const z = valueAt(g, layer, answer, { tensor: "Z", index: y });
          expect(sum("T", g.window, y) + bias).toBe(z);
          expect(sum("S", g.depth, y) + bias).toBe(z);
          expect(valueAt(g, layer, answer, { tensor: "Y", index: y })).toBe(answer.y.data[y]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

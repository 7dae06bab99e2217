import { describe, expect, test } from "vitest";
import { offsetOf, plain, sizeOf } from "#engine";
import { frameOf, LAYERS } from "../testing/frames.ts";
import { stridesLens } from "./index.ts";
import { variables } from "./programs.ts";
import { caption, memoryNote, unreadNote } from "./words.ts";

describe("words", () => {
  test("the opening step", async () => {
    const frame = await frameOf(LAYERS.opening!, { step: 6 });
    expect(plain(caption(frame))).toBe(
      "The window begins at offset 1·20 + 2·2 = 24 and is 3 runs of 3 numbers in memory. Each number times its weight, added up: Y[1, 2] = 9.",
    );
    const { formula, remark } = stridesLens.equation(frame);
    expect(plain(formula)).toBe("Y = einsum(“nhwcij,fcij→nfhw”, view(X), W) + b");
    expect(remark).toBe("view: shape (1, 4, 4, 1, 3, 3), strides (100, 20, 2, 100, 10, 1)");
    expect(memoryNote(frame)).toContain("im2col would copy 1152 bytes, 2.25 × the input");
    expect(unreadNote(frame)).toBe(
      "1 padded row and column on the far edge are never read. The view reaches over 9 × 9 of 10 × 10.",
    );
    expect(variables(frame)).toBe(
      "h = 1   w = 2   view.shape = (1, 4, 4, 1, 3, 3)   strides = (100, 20, 2, 100, 10, 1)",
    );
  });

  test("what is cropped where nothing is padded", async () => {
    const frame = await frameOf(LAYERS.remainder!);
    expect(unreadNote(frame)).toMatch(/Nothing is padded, so X is cropped to 5 × 7 of 5 × 9\.$/);
  });

  test("all is read: nothing to say", async () => {
    expect(unreadNote(await frameOf(LAYERS.bare!))).toBe("");
  });

  test("the second group begins at its own channel", async () => {
    const frame = await frameOf(LAYERS.groups!, { step: 0 });
    const third = sizeOf(frame.geometry.shapes.Y.slice(2)) * 3;
    const { offset } = offsetOf(frame.geometry, "NCHW", third, 0);
    expect(plain(caption({ ...frame, step: third }))).toContain(`2·20 = ${offset} and is`);
    expect(stridesLens.equation(frame).remark).toContain("groups split c into 2 × 2");
  });
});

import { describe, expect, it } from "vitest";
import type { Numbers } from "#engine";
import { openingDocument, resizeKernel, setCells, setFilters } from "#engine";
import { presetOf, setPreset } from "./kernelEdits.ts";

const words = (F: number) => setFilters(openingDocument(), F);
const plane = (data: Numbers, f: number) => Array.from(data.subarray(9 * f, 9 * f + 9));

describe("setPreset", () => {
  it("gives a single filter the preset at its usual size", () => {
    expect(setPreset(openingDocument(), 0, "gabor").kernel.tensor.shape).toEqual([1, 1, 7, 7]);
  });

  it("keeps a size that was chosen", () => {
    const large = resizeKernel(setPreset(openingDocument(), 0, "gaussian"), 5, 3);
    expect(setPreset(large, 0, "box").kernel.word).toBe("box:5x3");
    expect(setPreset(large, 0, "sharpen").kernel.word).toBe("sharpen");
  });

  it("changes one filter and leaves the others", () => {
    const document = setPreset(words(3), 1, "laplacian");
    expect(document.kernel.word).toBe("sobel-x||laplacian||sobel-x");
    expect([0, 1, 2].map((f) => presetOf(document, f)?.name)).toEqual([
      "sobel-x",
      "laplacian",
      "sobel-x",
    ]);
    expect(setPreset(document, 1, "sobel-x").kernel.word).toBe("sobel-x");
  });

  it("refuses a preset that does not exist at the size of the other filters", () => {
    const document = resizeKernel(words(2), 5, 5);
    expect(() => setPreset(document, 1, "sharpen")).toThrow(/5x5/);
  });

  it("writes numbers where the other filters were drawn", () => {
    const before = setCells(words(2), "W", [0], 7);
    const { word, tensor } = setPreset(before, 1, "sharpen").kernel;
    expect(word).toBeNull();
    expect(plane(tensor.data, 0)).toEqual(plane(before.kernel.tensor.data, 0));
    expect(plane(tensor.data, 1)).toEqual([0, -1, 0, -1, 5, -1, 0, -1, 0]);
  });
});

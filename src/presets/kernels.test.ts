import { describe, expect, test } from "vitest";
import { layerOf } from "../document.ts";
import { resizeKernel, setInputWord, setKernelWord, setSettings } from "../edits/edits.ts";
import { openingDocument } from "../edits/opening.ts";
import { forward } from "../forward.ts";
import { KERNELS, type KernelName, type KernelRow } from "./kernels.ts";
import { kernelSum } from "./separable.ts";

const ROWS = Object.entries(KERNELS) as [KernelName, KernelRow][];

function make(name: KernelName, size?: readonly [number, number]): number[] {
  const row: KernelRow = KERNELS[name];
  const [kH, kW] = size ?? row.size;
  return row.make({ kH, kW, argument: row.argument?.initial ?? 0, seed: 1, filter: 0, channel: 0 });
}

/** Y for a picture and a kernel, with padding that keeps the size. */
function answer(picture: string, kernel: string, size?: readonly [number, number]): number[] {
  const same = setSettings(openingDocument(), { stride: [1, 1], padding: "same" });
  const asked = setKernelWord(setInputWord(same, picture), kernel);
  return [...forward(layerOf(size ? resizeKernel(asked, ...size) : asked)).y.data];
}

describe.each(ROWS)("%s", (name, row) => {
  test("fills every size it says it can be made at, up to 9 × 9", () => {
    expect(row.fits(...row.size)).toBe(true);
    for (let kH = 1; kH <= 9; kH++)
      for (let kW = 1; kW <= 9; kW++)
        if (row.fits(kH, kW)) {
          const weights = make(name, [kH, kW]);
          expect(weights.length).toBe(kH * kW);
          expect(weights.every((w) => Number.isFinite(w) && !Object.is(w, -0))).toBe(true);
        }
  });

  test("holds whole numbers, save for the mean", () => {
    expect(make(name).every(Number.isInteger)).toBe(name !== "box");
  });

  test("says in one sentence what it is for", () => {
    expect(row.why).toMatch(/^[A-Z][^.]*\.$/);
    expect(row.why.length).toBeLessThan(140);
  });
});

test("the numbers are those of the books", () => {
  expect(make("sobel-x")).toEqual([-1, 0, 1, -2, 0, 2, -1, 0, 1]);
  expect(make("sobel-y")).toEqual([-1, -2, -1, 0, 0, 0, 1, 2, 1]);
  expect(make("sobel-x", [5, 5]).slice(10, 15)).toEqual([-6, -12, 0, 12, 6]); // as OpenCV has it
  expect(make("gaussian")).toEqual([1, 2, 1, 2, 4, 2, 1, 2, 1]);
  expect(make("gaussian", [1, 5])).toEqual([1, 4, 6, 4, 1]);
  expect(make("gaussian", [2, 4])).toEqual([1, 3, 3, 1, 1, 3, 3, 1]);
  expect(make("diagonal")).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
});

test("edge detectors are blind to flat areas, blurs and sharpeners keep or state their brightness", () => {
  const blind: KernelName[] = [
    "sobel-x",
    "sobel-y",
    "prewitt-x",
    "prewitt-y",
    "scharr-x",
    "roberts",
    "laplacian",
    "outline",
    "corner",
  ];
  for (const name of blind) expect(kernelSum(make(name)), name).toBe(0);
  for (const name of ["box", "sharpen", "emboss", "identity"] as const)
    expect(kernelSum(make(name)), name).toBe(1);
  expect(kernelSum(make("gaussian"))).toBe(16);
});

test("what the sentences say is so", () => {
  const input = answer("random:5x6", "identity:1x1");
  for (const size of [
    [3, 3],
    [2, 2],
    [4, 1],
    [5, 6],
  ] as const)
    expect(answer("random:5x6", "identity", size)).toEqual(input);
  // A corner kernel gives nothing on straight edges, a Sobel gives the same all along a ramp.
  const inner = (values: number[]) =>
    values.filter((_, i) => i > 8 && i % 8 > 0 && i % 8 < 7 && i < 55);
  expect(new Set(inner(answer("stripes:2", "corner")))).toEqual(new Set([0]));
  expect(new Set(inner(answer("stripes:2", "sobel-y")))).toEqual(new Set([0]));
  expect(new Set(inner(answer("ramp", "sobel-x")))).toEqual(new Set([8]));
  expect(new Set(inner(answer("ramp", "laplacian")))).toEqual(new Set([0]));
});

test("a turned Gabor is the Gabor turned", () => {
  const { make: gabor } = KERNELS.gabor;
  const ask = { kH: 7, kW: 7, seed: 1, filter: 0, channel: 0 };
  const upright = gabor({ ...ask, argument: 0 });
  const lying = gabor({ ...ask, argument: 90 });
  expect(lying).toEqual(upright.map((_, i) => upright[(i % 7) * 7 + Math.floor(i / 7)]));
});

test("random kernels differ by seed, filter and channel", () => {
  const { make: random } = KERNELS.random;
  const ask = { kH: 3, kW: 3, argument: 0, seed: 1, filter: 0, channel: 0 };
  const drawn = [ask, { ...ask, seed: 2 }, { ...ask, filter: 1 }, { ...ask, channel: 1 }];
  expect(new Set(drawn.map((each) => random(each).join())).size).toBe(4);
});

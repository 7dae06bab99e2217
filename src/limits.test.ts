import { describe, expect, test } from "vitest";
import type { Document } from "./document.ts";
import { resizeInput, resizeKernel, setFilters, setSettings } from "./edits/edits.ts";
import { openingDocument } from "./edits/opening.ts";
import { checkDocument, checkInputShape, checkKernelShape, checkSize, LIMITS } from "./limits.ts";
import { tensor } from "./tensor.ts";
import { refusalOf } from "./testing/refusal.ts";

const opening = openingDocument();
const plain = setSettings(opening, { stride: [1, 1], padding: 0 });

/** The opening document with a flat input and kernel of these sizes: nothing but shapes matters here. */
function sized(H: number, W: number, kH = 1, kW = 1): Document {
  return resizeKernel(resizeInput(plain, H, W), kH, kW);
}

test("a size is a whole number up to its limit", () => {
  expect(checkSize("kH", LIMITS.kH)).toBe(31);
  expect(refusalOf(() => checkSize("kH", 32)).message).toBe(
    "kH: is 32; accepted: 1 to 31 kernel rows.",
  );
  expect(refusalOf(() => checkSize("W", 2.5)).reason).toBe("2.5 is not a whole number");
  expect(refusalOf(() => checkSize("N", 0)).accepted).toBe("1 to 64 examples");
});

test("a shape is refused by the first size that does not fit, before it is made", () => {
  expect(refusalOf(() => checkInputShape([1, 1, 4097, 1])).field).toBe("H");
  expect(refusalOf(() => checkKernelShape([1, 65, 3, 3])).field).toBe("C");
  expect(refusalOf(() => checkInputShape([64, 3, 1000, 1000])).message).toBe(
    "X: 64 × 3 × 1000 × 1000 is 192 million cells; accepted: up to 33.6 million cells, which 11 examples or a smaller input would give; “Memory” under “Precision” sets how much.",
  );
});

describe("a document", () => {
  test("that fits gives its geometry", () => {
    expect(checkDocument(opening).shapes.Y).toEqual([1, 1, 4, 4]);
    expect(checkDocument(sized(4096, 4096)).multiplyAdds).toBe(4096 * 4096);
  });

  test("that cannot be computed is refused as by the layer", () => {
    expect(refusalOf(() => checkDocument(sized(2, 2, 3, 3))).field).toBe("kH");
    expect(refusalOf(() => checkDocument({ ...opening, bias: tensor([2]) })).field).toBe("b");
  });

  test("may not be padded beyond what can be shown", () => {
    const padded = refusalOf(() =>
      checkDocument(setSettings(opening, { padding: [0, 8185, 0, 0] })),
    );
    expect(padded.message).toBe(
      "padding.left: makes 8193 columns of 8; accepted: up to 8192 padded columns.",
    );
    expect(refusalOf(() => checkDocument(setSettings(opening, { padding: 4093 }))).field).toBe(
      "padding.top",
    );
  });

  test("may not ask for more than a tab can answer, and is told what would fit", () => {
    const cells = setFilters(sized(2048, 2048), 10);
    expect(refusalOf(() => checkDocument(cells)).message).toBe(
      "memory: X, Y and what leads back would take 1.7 GB; accepted: up to 1 GB, which 5 filters or a smaller input would give; “Memory” under “Precision” sets how much.",
    );
    const work = setFilters(sized(1024, 1024, 31, 31), 3);
    expect(refusalOf(() => checkDocument(work)).message).toBe(
      "multiply-adds: 2.85 billion multiply-adds are too many for one answer; accepted: up to 2 billion, which 2 filters or a smaller input would give.",
    );
  });

  test("with a padding that would not fit into memory is refused without trying", () => {
    const started = performance.now();
    expect(
      refusalOf(() => checkDocument(setSettings(opening, { padding: [5e7, 0, 0, 0] }))).field,
    ).toBe("padding.top");
    expect(performance.now() - started).toBeLessThan(100);
  });
});

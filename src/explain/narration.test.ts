import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TensorName } from "../cell.ts";
import { forward } from "../forward.ts";
import { tapsOf } from "../geometry.ts";
import { sizeOf } from "../tensor.ts";
import { layers } from "../testing/specs.ts";
import { narrateCell } from "./narration.ts";
import { type Case, caseOf, RELU, seven } from "./testing/cases.ts";
import { plain } from "./text.ts";

const said = ({ g, layer, answer }: Case, tensor: TensorName, index: number) =>
  plain(narrateCell(g, layer, answer, { tensor, index }));

describe("an output", () => {
  test("says where its window stands and what it adds up to", () => {
    expect(said(seven(), "Y", 6)).toBe(
      "The window stands at rows 2–4, columns 4–6 of the padded input. Nine products add up to Y[1, 2] = 9.",
    );
  });

  test("without padding it stands on the input itself", () => {
    expect(said(seven({ padding: 0 }), "Y", 0)).toMatch(/columns 0–2 of the input\. Nine/);
  });

  test("a bias is named when it adds something", () => {
    expect(said(seven({}, -2), "Y", 6)).toMatch(
      /Nine products and the bias −2 add up to Y\[1, 2\] = 7\.$/,
    );
  });

  test("an activation turns Z into Y, or keeps it; Z and Y are told alike", () => {
    const gated = seven({ activation: RELU }, -12);
    expect(said(gated, "Y", 6)).toMatch(
      /the bias −12 add up to −3\. ReLU turns Z = −3 into Y\[1, 2\] = 0\.$/,
    );
    expect(said(gated, "Z", 6)).toBe(said(gated, "Y", 6));
    expect(said(seven({ activation: RELU }), "Y", 6)).toMatch(
      /add up to 9\. ReLU keeps it: Y\[1, 2\] = 9\.$/,
    );
  });

  test("a dilated window names its rows, and where they end", () => {
    expect(said(seven({ dilation: [2, 1] }), "Y", 0)).toMatch(
      /at rows 0, 2, 4 and columns 0–2 of the padded input\./,
    );
  });

  test("one weight makes one product", () => {
    const single = caseOf({ H: 2, W: 2, kH: 1, kW: 1 }, { x: [1, 2, 3, 4], w: [2], b: [0] });
    expect(said(single, "Y", 3)).toBe(
      "The window stands at row 1, column 1 of the input. One product gives Y[1, 1] = 8.",
    );
  });

  test("channels, filter and sample are named only when there are several", () => {
    const many = caseOf({ N: 2, C: 4, F: 2, groups: 2, H: 2, W: 3, kH: 2, kW: 2 });
    expect(said(many, "Y", 7)).toMatch(
      /^The window of filter 1 stands at rows 0–1, columns 1–2 and channels 2–3 of the input, sample 1\. Eight products \(4 in each of 2 channels\)/,
    );
    expect(said(many, "Y", 7)).toMatch(/Y\[1, 1, 0, 1\]/);
    expect(said(seven(), "Y", 6)).not.toMatch(/channel|filter|sample/);
  });

  test("says once that numbers are rounded, and only then", () => {
    const thirds = caseOf({ H: 1, W: 1, kH: 1, kW: 1 }, { x: [1 / 3], w: [1], b: [1 / 7] });
    expect(said(thirds, "Y", 0)).toMatch(
      /the bias 0\.1429 add up to Y\[0, 0\] = 0\.4762\. \(shown to 4 decimals\)$/,
    );
    const tiny = caseOf({ H: 1, W: 1, kH: 1, kW: 1 }, { x: [1 / 3e6], w: [1], b: [0] });
    expect(said(tiny, "Y", 0)).toMatch(/= 3\.333e[-−]7\. \(rounded\)$/);
    expect(said(seven(), "Y", 6)).not.toMatch(/shown/);
  });
});

describe("a product", () => {
  test("says its numbers and the sum so far", () => {
    expect(said(seven(), "T", 6 * 9 + 2)).toBe("Product 3 of 9: 9 · 1 = 9. So far the sum is 0.");
    expect(said(seven(), "T", 6 * 9)).toBe("Product 1 of 9: 9 · (−1) = −9. So far the sum is −9.");
  });

  test("says that a zero is padding, not one of the image's", () => {
    expect(said(seven(), "T", 0)).toMatch(/^Product 1 of 9: 0 · \(−1\) = 0; the 0 is padding\./);
    expect(said(seven(), "T", 4)).not.toMatch(/padding/);
  });

  test("the last one ends the sum", () => {
    expect(said(seven(), "T", 6 * 9 + 8)).toBe(
      "Product 9 of 9: 9 · 1 = 9. The sum is Y[1, 2] = 9.",
    );
    expect(said(seven({ activation: RELU }, -12), "T", 6 * 9 + 8)).toBe(
      "Product 9 of 9: 9 · 1 = 9. The sum is 9, and with the bias −12 it is −3. ReLU turns Z = −3 into Y[1, 2] = 0.",
    );
  });

  test("names its channel when there are several, by its number in X", () => {
    const grouped = caseOf({ C: 4, F: 2, groups: 2, H: 1, W: 1, kH: 1, kW: 1 });
    expect(said(grouped, "T", 3)).toMatch(/^Product 2 of 2 \(channel 3\): /);
  });
});

test("a channel's part of an output", () => {
  const numbers = { x: [1, 2, 3, 4], w: [1, 10, 100, 1000], b: [5] };
  const two = caseOf({ C: 2, H: 1, W: 2, kH: 1, kW: 2 }, numbers);
  expect(said(two, "S", 1)).toBe("Two products of channel 1 add up to 4300, its part of Y[0, 0].");
  const gated = caseOf({ C: 2, H: 1, W: 2, kH: 1, kW: 2, activation: RELU }, numbers);
  expect(said(gated, "S", 1)).toMatch(/its part of Z\[0, 0\]\.$/);
});

describe("an input", () => {
  test("lists the outputs it feeds", () => {
    expect(said(seven(), "X", 9)).toBe(
      "X[1, 1] = 9 is read by 4 windows and feeds Y[0, 0], Y[0, 1], Y[1, 0] and Y[1, 1].",
    );
    expect(said(seven(), "X", 0)).toBe("X[0, 0] = 0 is read by 1 window and feeds Y[0, 0].");
  });

  test("of many outputs it lists six", () => {
    const dense = seven({ stride: [1, 1] });
    expect(said(dense, "X", 9)).toBe(
      "X[1, 1] = 9 is read by 9 windows and feeds Y[0, 0], Y[0, 1], Y[0, 2], Y[1, 0], Y[1, 1], Y[1, 2] and 3 more.",
    );
  });

  test("counts an output once that reads it several times, through the ring", () => {
    const ring = caseOf(
      { H: 2, W: 2, kH: 1, kW: 3, padding: [0, 1, 0, 1], padMode: "replicate" },
      { x: [1, 2, 3, 4], w: [1, 1, 1], b: [0] },
    );
    expect(said(ring, "X", 0)).toBe(
      "X[0, 0] = 1, with 1 repeated copy in the ring, is read by 2 windows and feeds Y[0, 0] and Y[0, 1].",
    );
  });

  test("says why no window reads it", () => {
    expect(said(seven({ padding: 0 }), "X", 7)).toBe(
      "No window reads X[0, 7] = 0: the last window ends at column 6.",
    );
    expect(said(seven({ padding: 0 }), "X", 63)).toMatch(
      /the last window ends at row 6 and column 6\.$/,
    );
    expect(said(seven({ padding: 0, stride: [4, 1] }), "X", 3 * 8)).toMatch(
      /: stride 4 steps over row 3\.$/,
    );
    expect(said(seven({ padding: 0, stride: [4, 4] }), "X", 3 * 8 + 3)).toMatch(
      /: stride 4 steps over row 3, and stride 4 steps over column 3\.$/,
    );
    expect(said(seven({ padding: 0, stride: [2, 1], dilation: [2, 1] }), "X", 8)).toMatch(
      /: the taps of the dilated kernel step over row 1\.$/,
    );
  });
});

describe("a cell of the padded input", () => {
  test("is a padding zero, a copy, or a cell of the image", () => {
    expect(said(seven(), "P", 4)).toMatch(
      /^Row 0, column 4 of the padded input is a padding zero\. It is read by 2 windows and feeds/,
    );
    expect(said(seven({ padMode: "reflect" }), "P", 4)).toMatch(
      /^Row 0, column 4 of the padded input is a reflected copy of X\[1, 3\] = 9\. It is/,
    );
    expect(said(seven(), "P", 2 * 10 + 2)).toMatch(
      /^Row 2, column 2 of the padded input is X\[1, 1\] = 9\. It is read by 4 windows/,
    );
    expect(said(seven({ padding: 0 }), "P", 9)).toMatch(/^This is X\[1, 1\] = 9\. It is/);
  });

  test("in the remainder no window reads it", () => {
    expect(said(seven(), "P", 9 * 10)).toBe(
      "Row 9, column 0 of the padded input is a padding zero. No window reads it: the last window ends at row 8.",
    );
  });

  test("names channel and sample when there are several", () => {
    const many = caseOf({ N: 2, C: 2, H: 2, W: 2, kH: 2, kW: 2, padding: 1 });
    expect(said(many, "P", 3 * 16)).toMatch(
      /^Row 0, column 0 of the padded input \(channel 1, sample 1\) is a padding zero\./,
    );
  });
});

describe("a weight", () => {
  test("meets one input an output", () => {
    expect(said(seven({ padding: 0 }), "W", 2)).toBe(
      "W[0, 2] = 1 meets 9 inputs, one for each output.",
    );
    expect(said(seven(), "W", 2)).toBe(
      "W[0, 2] = 1 meets 16 cells of the padded input, one for each output.",
    );
  });

  test("its filter is named when there are several; samples count", () => {
    const many = caseOf({ N: 3, F: 2, H: 2, W: 3, kH: 2, kW: 2 });
    expect(said(many, "W", 4)).toMatch(/ meets 6 inputs, one for each output of filter 1\.$/);
  });

  test("of a turned kernel it says where it stands", () => {
    expect(said(seven({ flip: true }), "W", 2)).toMatch(
      / Turned by 180°, it stands at row 2, column 0 of the window\.$/,
    );
  });
});

test("a bias is added once to each output", () => {
  expect(said(seven({}, 4), "b", 0)).toBe("b = 4 is added once to each of the 16 outputs.");
  const many = caseOf({ N: 3, F: 2, H: 2, W: 3, kH: 2, kW: 2 }, { b: [1, -1] });
  expect(said(many, "b", 1)).toBe("b[1] = −1 is added once to each of the 6 outputs of filter 1.");
  const one = caseOf({ H: 1, W: 1, kH: 1, kW: 1 }, { b: [2] });
  expect(said(one, "b", 0)).toBe("b = 2 is added once to the output.");
});

test("every cell of every layer can be told, and the count of windows is that of the taps", () => {
  fc.assert(
    fc.property(layers(), fc.nat(), ({ g, layer }, at) => {
      const answer = forward(layer);
      const { X, P, W, b, Y } = g.shapes;
      const outputs = sizeOf(Y);
      const cells = {
        X: sizeOf(X),
        P: sizeOf(P),
        W: sizeOf(W),
        b: sizeOf(b),
        Z: outputs,
        Y: outputs,
        T: outputs * g.window,
        S: outputs * g.depth,
      };
      for (const [tensor, size] of Object.entries(cells) as [TensorName, number][]) {
        const text = said({ g, layer, answer }, tensor, at % size);
        expect(text).toMatch(/^[A-Z].*[.)]$|^b.*\.$/);
        expect(text).not.toMatch(/undefined|NaN| {2}|\.\./);
      }
      for (const tensor of ["X", "P"] as const) {
        const index = at % cells[tensor];
        const readers = new Set(tapsOf(g, tensor, index).map(({ y }) => y)).size;
        const windows = readers === 0 ? /No window/ : RegExp(`read by ${readers} window`);
        expect(said({ g, layer, answer }, tensor, index)).toMatch(windows);
      }
    }),
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellsOfKind, TENSORS, type TensorName } from "../../cell.ts";
import { forward } from "../../forward.ts";
import { layers } from "../../testing/specs.ts";
import { valueAt } from "../cell.ts";
import { narrateCell } from "../narration.ts";
import { full } from "../number.ts";
import { type Case, caseOf, RELU, seven, withBack } from "../testing/cases.ts";
import { plain } from "../text.ts";

const said = ({ g, layer, answer }: Case, tensor: TensorName, index: number) =>
  plain(narrateCell(g, layer, answer, { tensor, index }));

const UPSTREAM = [2, -1, 0, 1, 0, 3, 2, 0, -2, 1, 1, -1, 0, -1, 0.5, 1];
const back = (asked: Parameters<typeof seven>[0] = {}, bias = 0) =>
  withBack(seven(asked, bias), { upstream: UPSTREAM });

const ring = withBack(
  caseOf({ H: 2, W: 3, kH: 2, kW: 2, padding: [0, 1, 0, 1], padMode: "replicate" }),
  { upstream: [-3, 4, 0, -4] },
);
const grouped = withBack(
  caseOf({ N: 2, C: 4, F: 4, groups: 2, H: 3, W: 3, kH: 2, kW: 2, padding: 1, padMode: "reflect" }),
);

describe("∂L/∂Y", () => {
  test("says what the loss would do", () => {
    expect(said(back(), "U", 6)).toBe(
      "∂L/∂Y[1, 2] = 2: if Y[1, 2] grew by a little, the loss would grow by twice that.",
    );
    const would = (y: number) => said(back(), "U", y).split("would ")[1];
    expect(would(3)).toBe("grow by just as much.");
    expect(would(8)).toBe("shrink by twice that.");
    expect(would(5)).toBe("grow by 3 times that.");
    expect(would(14)).toBe("grow by half that.");
    expect(would(2)).toBe("stay as it is.");
  });

  test("against a target it says how far the output is off", () => {
    const target = [0, 1, -1, -9, 9, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const it = withBack(seven(), { target });
    expect(Array.from(it.answer.y.data.slice(0, 7))).toEqual([9, 0, 0, -9, 9, 0, 9]);
    const from = (y: number) => said(it, "U", y).split("It is ")[1];
    expect(from(6)).toBe("Y − T = 9 − 4: the output is above its target.");
    expect(from(1)).toBe("Y − T = 0 − 1: the output is below its target.");
    expect(from(3)).toBe("Y − T = −9 − (−9): the output is what it should be.");
    expect(said(back(), "U", 6)).not.toContain("T =");
  });
});

describe("δ", () => {
  test("without an activation it is ∂L/∂Y", () => {
    expect(said(back(), "D", 6)).toBe(
      "δ[1, 2] = ∂L/∂Y[1, 2] = 2: there is no activation, so Y is Z and nothing changes on the way.",
    );
  });

  test("the gate of ReLU is open or closed", () => {
    expect(said(back({ activation: RELU }), "D", 6)).toBe(
      "δ[1, 2] = ∂L/∂Y · ReLU′(Z) = 2 · 1 = 2. The gate is open because Z = 9 > 0.",
    );
    expect(said(back({ activation: RELU }, -12), "D", 6)).toBe(
      "δ[1, 2] = ∂L/∂Y · ReLU′(Z) = 2 · 0 = 0. The gate is closed because Z = −3 ≤ 0: nothing flows back.",
    );
    // 0 is closed, as every library has it
    expect(said(back({ activation: RELU }, -9), "D", 6)).toMatch(/closed because Z = 0 ≤ 0/);
  });

  test("other slopes say where they come from", () => {
    const leaky = back({ activation: { name: "leaky-relu", alpha: 0.25 } }, -12);
    expect(said(leaky, "D", 6)).toBe(
      "δ[1, 2] = ∂L/∂Y · leaky ReLU′(Z) = 2 · 0.25 = 0.5. The slope is α = 0.25 because Z = −3 ≤ 0.",
    );
    const tanh = back({ activation: { name: "tanh", alpha: 0 } }, -9);
    expect(said(tanh, "D", 6)).toBe(
      "δ[1, 2] = ∂L/∂Y · tanh′(Z) = 2 · 1 = 2. Tanh has this slope at Z = 0.",
    );
  });
});

test("the gate and the target of an output", () => {
  const shut = back({ activation: RELU }, -12);
  expect(said(shut, "G", 6)).toBe(
    "activation′[1, 2] = 0. The gate is closed because Z = −3 ≤ 0: nothing flows back.",
  );
  expect(said(back(), "G", 6)).toBe("activation′[1, 2] = 1: without an activation Y is Z.");
  const aimed = withBack(seven(), { target: Array.from({ length: 16 }, (_, y) => y) });
  expect(said(aimed, "TG", 6)).toBe("T[1, 2] = 6: what the loss wants of Y[1, 2] = 9.");
  expect(said(back(), "TG", 6)).toBe("There is no target: ∂L/∂Y is given.");
});

describe("∂L/∂X", () => {
  test("lists the windows that read the pixel, and what came back through them", () => {
    expect(said(back(), "DX", 35)).toBe(
      "X[4, 3] was read by 2 windows of the forward pass, those of Y[2, 1] and Y[2, 2]. Their δ come back through the weights that touched it: dX[4, 3] = 1 · 2 + 1 · (−2) = 0.",
    );
    expect(said(back(), "DX", 0)).toBe(
      "X[0, 0] was read by 1 window of the forward pass, that of Y[0, 0]. Its δ comes back through the weight that touched it: dX[0, 0] = 2 · 0 = 0.",
    );
    const dense = withBack(seven({ stride: [1, 1] }));
    expect(said(dense, "DX", 9)).toMatch(/touched it: 9 products add up to dX\[1, 1\] = /);
  });

  test("what no window read has no gradient", () => {
    expect(said(withBack(seven({ padding: 0 })), "DX", 7)).toBe(
      "No window read X[0, 7], so the loss does not depend on it: dX[0, 7] = 0.",
    );
    expect(said(back(), "DP", 99)).toBe(
      "No window read row 9, column 9 of the padded input, so the loss does not depend on it: dXp[9, 9] = 0.",
    );
  });

  test("copies in the ring count", () => {
    expect(said(ring, "DX", 0)).toBe(
      "X[0, 0], with 1 repeated copy in the ring, was read by 2 windows of the forward pass, those of Y[0, 0] and Y[0, 1]. Their δ come back through the weights that touched it: dX[0, 0] = −3 · (−3) + (−3) · 1 + 4 · (−3) = −6.",
    );
  });

  test("a padded place passes on what came back to it, or drops it", () => {
    expect(said(back(), "DP", 22)).toMatch(/dXp\[2, 2\] = 2 · 1 .* = 0\. It is dX\[1, 1\]\.$/);
    expect(said(back(), "DP", 0)).toMatch(
      /^Row 0, column 0 of the padded input was read by 1 window .*= −2\. A padding zero stood there, so it is dropped\.$/,
    );
    expect(said(ring, "DP", 0)).toMatch(
      /A repeated copy stood there: it is added to dX\[0, 0\]\.$/,
    );
    expect(said(ring, "DP", 1)).toMatch(/ It is part of dX\[0, 0\]\.$/);
  });
});

describe("∂L/∂W and ∂L/∂b", () => {
  test("many products are counted", () => {
    expect(said(back(), "DW", 1)).toBe(
      "W[0, 1] met 16 cells of the padded input, one for each output; each times that output's δ adds up to dW[0, 1] = 49.",
    );
    expect(said(back(), "DB", 0)).toBe(
      "b was added once to each of the 16 outputs, so its gradient is the sum of their δ: db = 6.5.",
    );
    expect(said(grouped, "DW", 5)).toMatch(/^W\[0, 1, 0, 1\] met 32 .* output of filter 0; each/);
    expect(said(grouped, "DB", 2)).toMatch(/each of the 32 outputs of filter 2, .* db\[2\] = 3\.$/);
  });

  test("few are written out", () => {
    expect(said(ring, "DW", 1)).toMatch(
      /dW\[0, 1\] = −3 · \(−3\) \+ 4 · 0 \+ 0 · 3 \+ \(−4\) · 3 = −3\.$/,
    );
    expect(said(ring, "DB", 0)).toMatch(/: db = −3 \+ 4 \+ 0 \+ \(−4\) = −3\.$/);
  });

  test("one output, one product", () => {
    const one = withBack(caseOf({ H: 2, W: 2, kH: 2, kW: 2 }), { upstream: [2] });
    expect(said(one, "DW", 0)).toBe(
      "W[0, 0] met 1 input, that of the only output; times its δ it is dW[0, 0] = 2 · (−3) = −6.",
    );
    expect(said(one, "DB", 0)).toBe(
      "b was added once to the output, so its gradient is that output's δ: db = 2.",
    );
  });
});

describe("products of the way back", () => {
  const product = 6 * 9 + 2;

  test("δ · w goes back to an input", () => {
    expect(said(back(), "TX", product)).toBe(
      "δ[1, 2] · W[0, 2] = 2 · 1 = 2: what Y[1, 2] sends back to X[1, 5].",
    );
    expect(said(back(), "TX", 0)).toMatch(
      /= −2: .* back to a padding zero, where it is dropped\.$/,
    );
    expect(said(ring, "TX", 0)).toMatch(/to a repeated copy in the ring, and so to X\[0, 0\]\.$/);
  });

  test("δ · x goes back to a weight", () => {
    expect(said(back(), "TW", product)).toBe(
      "δ[1, 2] · X[1, 5] = 2 · 9 = 18: what Y[1, 2] adds to dW[0, 2].",
    );
    expect(said(back(), "TW", 0)).toBe(
      "δ[0, 0] · a padding zero = 2 · 0 = 0: what Y[0, 0] adds to dW[0, 0].",
    );
  });
});

describe("col and dcol", () => {
  test("a cell of col is a copy that one window reads", () => {
    expect(said(seven(), "R", 6 * 9 + 2)).toBe(
      "col[6, 2] = 9 is a copy of X[1, 5]. Row 6 is the window of Y[1, 2], column 2 its row 0, column 2; there it meets W[0, 2].",
    );
    expect(said(seven({ flip: true }), "R", 6 * 9 + 2)).toMatch(/row 0, column 2; .* W\[2, 0\]\.$/);
    expect(said(seven(), "R", 0)).toMatch(/^col\[0, 0\] = 0 is a padding zero\. Row 0 is/);
    expect(said(ring, "R", 0)).toMatch(/is a copy of X\[0, 0\], repeated into the ring\. /);
  });

  test("filters of one group share it", () => {
    expect(said(grouped, "R", 20)).toBe(
      "col[1, 4] = 0 is a copy of X[0, 1, 1, 0], reflected into the ring. Row 1 is the window of Y[0, 0, 0, 1] and Y[0, 1, 0, 1], column 4 its row 0, column 0 of channel 1; 2 filters use it, through W[0, 1, 0, 0] and W[1, 1, 0, 0].",
    );
  });

  test("a cell of dcol is summed over filters and goes back to one place", () => {
    expect(said(back(), "DR", 6 * 9 + 2)).toBe(
      "dcol[6, 2] = δ[1, 2] · W[0, 2] = 2 · 1 = 2. It goes back to row 2, column 6 of the padded input. It is part of dX[1, 5].",
    );
    expect(said(withBack(seven({ padding: 0 })), "DR", 0)).toMatch(
      /\d\. It is part of dX\[0, 0\]\.$/,
    );
    expect(said(back(), "DR", 0)).toMatch(/A padding zero stood there, so it is dropped\.$/);
    expect(said(grouped, "DR", 20)).toMatch(
      /^dcol\[1, 4\] = .* = −?\d+, δ · W summed over the 2 filters that read it\. It goes back to row 0, column 1 of the padded input \(channel 1, sample 0\)\. A reflected copy stood there: /,
    );
  });
});

test("before the way back has been gone, a gradient is not known", () => {
  expect(said(seven(), "D", 3)).toBe(
    "δ[0, 3] is known once the way back has been gone: open one of its lenses.",
  );
});

test("rounded numbers are said to be rounded", () => {
  const thirds = withBack(caseOf({ H: 2, W: 2, kH: 2, kW: 2 }, {}, 1 / 3), { upstream: [1 / 7] });
  for (const tensor of ["U", "D", "DX", "DW", "DB", "DR", "TX", "TW"] as const)
    expect(said(thirds, tensor, 0), tensor).toMatch(/ \(shown to 4 decimals\)$/);
  for (const tensor of ["U", "D", "DX", "DW", "DB", "DR", "TX", "TW"] as const)
    expect(said(back(), tensor, 0), tensor).not.toMatch(/shown/);
});

test("every cell of the way back can be told, and its number is the engine's", () => {
  fc.assert(
    fc.property(layers(), fc.nat(), ({ g, layer, delta }, at) => {
      const it = withBack({ g, layer, answer: forward(layer) }, { upstream: [...delta.data] });
      const gradients = ["U", "D", "G", "DX", "DP", "DW", "DB", "TX", "TW", "R", "DR"] as const;
      for (const tensor of gradients) {
        const index = at % cellsOfKind(g, TENSORS[tensor].kind);
        const text = said(it, tensor, index);
        expect(text).not.toMatch(/undefined|NaN| {2}|\.\./);
        expect(text).toMatch(/[.)]$/);
        const value = full(valueAt(g, layer, it.answer, { tensor, index }));
        expect(text, tensor).toContain(`= ${value}`);
      }
    }),
    { numRuns: 60 },
  );
});

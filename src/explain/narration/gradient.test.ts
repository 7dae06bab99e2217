import { expect, test } from "vitest";
import type { CellRef } from "../../cell.ts";
import { backward, upstreamOfWord } from "../../edits/upstream.ts";
import { tapsOf } from "../../geometry.ts";
import { narrateCell } from "../narration.ts";
import { caseOf } from "../testing/cases.ts";
import { plain } from "../text.ts";

/** What is said of a cell when all δ are 1. */
function said(asked: Parameters<typeof caseOf>[0], ref: CellRef): string {
  const { g, layer, answer } = caseOf(asked);
  const back = backward(layer, answer, upstreamOfWord("ones"));
  return plain(narrateCell(g, layer, { ...answer, back }, ref));
}

const opening = { H: 8, W: 8, kH: 3, kW: 3, stride: [2, 2], padding: 1 } as const;

test("an input names the windows that read it, and what they sent back", () => {
  expect(said(opening, { tensor: "DX", index: 4 * 8 + 3 })).toMatch(
    /^X\[4, 3\] was read by 2 windows, those of Y\[2, 1\] and Y\[2, 2\]\. Their δ come back through the weights that met it: dX\[4, 3\] = −?\d+\.$/,
  );
  expect(said(opening, { tensor: "DX", index: 0 })).toMatch(
    /^X\[0, 0\] was read by 1 window, that of Y\[0, 0\]\. Its δ comes back through the weight/,
  );
});

test("what no window reads has no gradient, and it is said why", () => {
  const bare = { H: 4, W: 4, kH: 3, kW: 3, stride: [2, 2] } as const;
  expect(said(bare, { tensor: "DX", index: 15 })).toBe(
    "No window reads X[3, 3]: the last window ends at row 2 and column 2. So dX[3, 3] = 0.",
  );
  expect(said(bare, { tensor: "DP", index: 15 })).toContain("So dXp[3, 3] = 0.");
});

test("the gradient of the ring is dropped, or goes to the cell that was copied", () => {
  expect(said(opening, { tensor: "DP", index: 1 })).toMatch(
    /It is a padding zero: its gradient is dropped\.$/,
  );
  const reflect = { H: 3, W: 4, kH: 3, kW: 3, padding: 1, padMode: "reflect" } as const;
  expect(said(reflect, { tensor: "DP", index: 0 })).toMatch(
    /It is a reflected copy: its gradient is added to dX\[1, 1\]\.$/,
  );
  expect(said(reflect, { tensor: "DX", index: 5 })).toMatch(/^X\[1, 1\], with 5 reflected copies/);
  expect(said(reflect, { tensor: "DP", index: 7 })).not.toContain("copy");
});

test("a product names its δ, its weight, and where it lands", () => {
  const { g, layer } = caseOf(opening);
  const index = 6 * g.window + 2;
  const { x, w } = tapsOf(g, "Y", 6)[2]!;
  expect(x).toBe(1 * 8 + 5);
  const weight = layer.w.data[w]!;
  const shown = weight < 0 ? `(−${-weight})` : weight;
  expect(said(opening, { tensor: "TX", index })).toBe(
    `δ[1, 2] · W[0, 2] = 1 · ${shown} = ${`${weight}`.replace("-", "−")}, a part of dX[1, 5].`,
  );
  expect(said(opening, { tensor: "TX", index: 0 })).toMatch(/it lands on a padding zero/);
});

import { expect, test } from "vitest";
import { chainOf } from "./chain.ts";
import { CLOSE_SIDES } from "./sizes.ts";

/** How wide an operator is, with the least air on either side that keeps it off the outlines. */
const SIGN = 16;
const AIR = 4;

test.each([0, 0.5, 1])("between two plates there is room for a sign, at looseness %d", (loose) => {
  for (const close of CLOSE_SIDES) {
    const links = { across: 3, partials: false, bias: true, activation: true };
    const { kernel, products } = chainOf(links, close, 36, loose);
    const between = [kernel - (36 + 3 * close), products - (kernel + 3 * close)];
    expect(Math.min(...between)).toBeGreaterThanOrEqual(SIGN + 2 * AIR);
  }
});

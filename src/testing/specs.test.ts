import fc from "fast-check";
import { expect, test } from "vitest";
import { geometryOf } from "../geometry.ts";
import { PAD_MODES, PADDING_WORDS } from "../padding.ts";
import { specs } from "./specs.ts";

// A law is worth what its random questions reach.
test("the random specs reach every kind of layer", () => {
  const drawn = fc.sample(specs, { numRuns: 1000, seed: 1 });
  const geometries = drawn.map(geometryOf);
  const share = (count: number) => count / drawn.length;
  const ofSpecs = (is: (spec: (typeof drawn)[number]) => boolean) => share(drawn.filter(is).length);
  const ofGeometries = (is: (g: (typeof geometries)[number]) => boolean) =>
    share(geometries.filter(is).length);

  for (const mode of Object.keys(PAD_MODES))
    expect(
      ofSpecs((s) => s.padMode === mode),
      mode,
    ).toBeGreaterThan(0.1);
  for (const word of Object.keys(PADDING_WORDS))
    expect(
      ofSpecs((s) => s.padding === word),
      word,
    ).toBeGreaterThan(0.02);
  const shares = {
    "four different sides": ofSpecs((s) => Array.isArray(s.padding) && new Set(s.padding).size > 2),
    "not square": ofSpecs((s) => s.H !== s.W && s.kH !== s.kW),
    flipped: ofSpecs((s) => s.flip),
    grouped: ofSpecs((s) => s.groups > 1 && s.C > s.groups && s.F > s.groups),
    batched: ofSpecs((s) => s.N > 1),
    "strides that differ": ofSpecs((s) => s.stride[0] !== s.stride[1]),
    "dilations that differ": ofSpecs((s) => s.dilation[0] !== s.dilation[1]),
    "a ring that copies": ofGeometries((g) => g.spec.padMode !== "zeros" && g.rows.before > 0),
    "rows that nobody reads": ofGeometries((g) => g.rows.remainder > 0),
    "columns that nobody reads": ofGeometries((g) => g.columns.remainder > 0),
    "windows that overlap": ofGeometries((g) => g.rows.effective > g.rows.stride && g.rows.out > 1),
    "gaps between windows": ofGeometries((g) => g.rows.effective < g.rows.stride && g.rows.out > 1),
    "a kernel larger than the input": ofGeometries((g) => g.rows.effective > g.rows.n),
  };
  for (const [what, found] of Object.entries(shares)) expect(found, what).toBeGreaterThan(0.02);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activate, deltaOf } from "../activate.ts";
import { isRead } from "../axis.ts";
import { type Geometry, geometryOf } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { DEFAULTS } from "../spec.ts";
import { sizeOf, type Tensor, tensor, unravel } from "../tensor.ts";
import { expectEqual, inner, layers, nudged, specs, tensors, unbiased } from "../testing/specs.ts";
import { FORWARD, INPUT_GRADIENTS, WEIGHT_GRADIENTS } from "./algorithms.ts";
import { gradientsByTaps } from "./gradients.ts";
import { foldPadded, padInput } from "./pad.ts";

const forwards = Object.entries(FORWARD);
const z = (g: Geometry, layer: Layer) => FORWARD.reference.run(g, layer);

describe.each(forwards)("forward: %s", (_name, { run }) => {
  test("equals the sum of the taps, to the last bit on dyadic numbers", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer }) => {
        expectEqual(run(g, layer), z(g, layer));
      }),
    );
  });

  test("a sum that can be checked in one's head", () => {
    // 3 × 4 input, 2 × 2 kernel, stride 1 down and 2 across, bias 10.
    const sizes = { N: 1, C: 1, H: 3, W: 4, F: 1, kH: 2, kW: 2 };
    const spec = { ...DEFAULTS, ...sizes, stride: [1, 2] } as const;
    const x = tensor([1, 1, 3, 4], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const w = tensor([1, 1, 2, 2], [1, 0, 0, -2]);
    const b = tensor([1], [10]);
    const y = run(geometryOf(spec), { spec, x, w, b });
    expect(y.shape).toEqual([1, 1, 2, 2]);
    expect([...y.data]).toEqual([1 - 12, 3 - 16, 5 - 20, 7 - 24].map((sum) => sum + 10));
    const turned = { ...spec, flip: true };
    const convolved = run(geometryOf(turned), { spec: turned, x, w, b });
    expect([...convolved.data]).toEqual([6 - 2, 8 - 6, 10 - 10, 12 - 14].map((sum) => sum + 10));
  });

  test("true convolution is cross-correlation with the kernel turned by 180°", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer }) => {
        const spec = { ...layer.spec, flip: !layer.spec.flip };
        const turned = { ...layer, spec, w: turnedBy180(layer.w) };
        expectEqual(run(geometryOf(spec), turned), run(g, layer));
      }),
    );
  });

  test("a group reads its own channels and no others", () => {
    fc.assert(
      fc.property(
        layers(specs.filter(({ groups }) => groups === 2)),
        fc.constantFrom(0, 1),
        ({ g, layer }, group) => {
          const silenced = { ...layer, x: silenceGroup(g, layer.x, group) };
          const [before, after] = [run(g, layer), run(g, silenced)];
          for (const [i, v] of after.data.entries()) {
            const f = unravel(g.shapes.Y, i)[1]!;
            const own = Math.floor(f / g.filtersPerGroup) === group;
            expect(v === (own ? layer.b.data[f] : before.data[i])).toBe(true);
          }
        },
      ),
    );
  });

  test("leaves its question as it was", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer }) => {
        const before = structuredClone(layer);
        run(g, layer);
        expect(layer).toEqual(before);
      }),
    );
  });

  test("samples of a batch do not touch one another", () => {
    fc.assert(
      fc.property(layers(specs.filter(({ N }) => N === 2)), ({ layer, g }) => {
        const both = run(g, layer);
        const spec = { ...layer.spec, N: 1 };
        for (const n of [0, 1]) {
          const alone = run(geometryOf(spec), { ...layer, spec, x: sampleOf(layer.x, n) });
          expectEqual(sampleOf(both, n), alone);
        }
      }),
    );
  });
});

describe.each(Object.entries(INPUT_GRADIENTS))("dX: %s", (_name, { run, padded }) => {
  // The layer is linear in each of x, w and b, so that even a step of 1/2 gives the exact derivative.
  test("central differences of ⟨conv, δ⟩, exactly, at every cell", () => {
    fc.assert(
      fc.property(layers(), fc.nat(), ({ g, layer, delta }, seed) => {
        const dx = run(g, layer, delta);
        expect(dx.shape).toEqual(g.shapes.X);
        const index = seed % dx.data.length;
        expect(dx.data[index]! - slopeOf(g, layer, delta, "x", index)).toBe(0);
      }),
    );
  });

  test("the adjoint: ⟨conv x, δ⟩ = ⟨x, dX⟩ without a bias", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer, delta }) => {
        expect(inner(layer.x, run(g, layer, delta))).toBe(inner(z(g, unbiased(layer)), delta));
      }),
    );
  });

  test("equals the taps summed backward, to the last bit on dyadic numbers", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer, delta }) => {
        expectEqual(run(g, layer, delta), INPUT_GRADIENTS.taps.run(g, layer, delta));
        expectEqual(padded(g, layer, delta), INPUT_GRADIENTS.taps.padded(g, layer, delta));
      }),
    );
  });

  test("is the gradient of the padded input folded back through the ring", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer, delta }) => {
        expectEqual(run(g, layer, delta), foldPadded(g, padded(g, layer, delta)));
      }),
    );
  });

  test("of the padded input: 0 where no window reads", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer, delta }) => {
        for (const [p, v] of padded(g, layer, delta).data.entries()) {
          const [row, column] = unravel(g.shapes.P, p).slice(2) as [number, number];
          if (!isRead(g.rows, row) || !isRead(g.columns, column)) expect(Math.abs(v)).toBe(0);
        }
      }),
    );
  });

  test("leaves its question as it was", () => {
    fc.assert(
      fc.property(layers(), (asked) => {
        const before = structuredClone(asked);
        run(asked.g, asked.layer, asked.delta);
        padded(asked.g, asked.layer, asked.delta);
        expect(asked).toEqual(before);
      }),
    );
  });
});

describe.each(Object.entries(WEIGHT_GRADIENTS))("dW and db: %s", (_name, { run }) => {
  test("central differences of ⟨conv, δ⟩, exactly, at every cell", () => {
    fc.assert(
      fc.property(layers(), fc.nat(), ({ g, layer, delta }, seed) => {
        const { dw, db } = run(g, layer, delta);
        expect(dw.shape).toEqual(g.shapes.W);
        expect(db.shape).toEqual(g.shapes.b);
        const [i, j] = [seed % dw.data.length, seed % db.data.length];
        expect(dw.data[i]! - slopeOf(g, layer, delta, "w", i)).toBe(0);
        expect(db.data[j]! - slopeOf(g, layer, delta, "b", j)).toBe(0);
      }),
    );
  });

  test("the adjoint: ⟨conv x, δ⟩ = ⟨w, dW⟩ without a bias", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer, delta }) => {
        expect(inner(layer.w, run(g, layer, delta).dw)).toBe(inner(z(g, unbiased(layer)), delta));
      }),
    );
  });

  test("db = Σ δ over batch and positions", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer, delta }) => {
        const sums = tensor(g.shapes.b);
        for (const [i, d] of delta.data.entries()) {
          const f = unravel(g.shapes.Y, i)[1]!;
          sums.data[f] = sums.data[f]! + d;
        }
        expectEqual(run(g, layer, delta).db, sums);
      }),
    );
  });

  test("equals the taps summed backward, to the last bit on dyadic numbers", () => {
    fc.assert(
      fc.property(layers(), ({ g, layer, delta }) => {
        const [found, expected] = [
          run(g, layer, delta),
          WEIGHT_GRADIENTS.taps.run(g, layer, delta),
        ];
        expectEqual(found.dw, expected.dw);
        expectEqual(found.db, expected.db);
      }),
    );
  });

  test("leaves its question as it was", () => {
    fc.assert(
      fc.property(layers(), (asked) => {
        const before = structuredClone(asked);
        run(asked.g, asked.layer, asked.delta);
        expect(asked).toEqual(before);
      }),
    );
  });
});

test("the gradients through the activation are those of its central differences", () => {
  fc.assert(
    fc.property(layers(smooth), fc.nat(), ({ g, layer, delta: dy }, seed) => {
      const { activation } = layer.spec;
      const gradients = gradientsByTaps(g, layer, deltaOf(activation, z(g, layer), dy));
      const step = 1e-5;
      for (const [side, gradient] of [
        ["x", gradients.dx],
        ["w", gradients.dw],
        ["b", gradients.db],
      ] as const) {
        const index = seed % layer[side].data.length;
        const loss = (by: number) => {
          const nudge = { ...layer, [side]: nudged(layer[side], index, by) };
          return inner(activate(activation, z(g, nudge)), dy);
        };
        const difference = (loss(step) - loss(-step)) / (2 * step);
        expect(Math.abs(gradient.data[index]! - difference)).toBeLessThan(1e-5);
      }
    }),
  );
});

test("padInput: every cell of the ring holds the input it copies, or 0", () => {
  fc.assert(
    fc.property(layers(), ({ g, layer }) => {
      const padded = padInput(g, layer.x);
      expect(padded.shape).toEqual(g.shapes.P);
      for (const [p, v] of padded.data.entries()) {
        const [n, c, row, column] = unravel(g.shapes.P, p) as [number, number, number, number];
        const [i, j] = [g.rows.source[row]!, g.columns.source[column]!];
        const { C, H, W } = g.spec;
        expect(v).toBe(i < 0 || j < 0 ? 0 : layer.x.data[((n * C + c) * H + i) * W + j]);
      }
    }),
  );
});

test("foldPadded is the adjoint of padInput: ⟨pad x, a⟩ = ⟨x, fold a⟩", () => {
  fc.assert(
    fc.property(
      layers().chain((asked) => tensors(asked.g.shapes.P).map((a) => ({ ...asked, a }))),
      ({ g, layer, a }) => {
        const folded = foldPadded(g, a);
        expect(folded.shape).toEqual(g.shapes.X);
        expect(inner(padInput(g, layer.x), a)).toBe(inner(layer.x, folded));
      },
    ),
  );
});

/** How ⟨conv, δ⟩ follows one cell of x, w or b. */
function slopeOf(g: Geometry, layer: Layer, delta: Tensor, side: "x" | "w" | "b", index: number) {
  const loss = (by: number) =>
    inner(z(g, { ...layer, [side]: nudged(layer[side], index, by) }), delta);
  return loss(0.5) - loss(-0.5);
}

/** Layers whose activation has no kink. */
const smooth = specs.map((spec) => ({
  ...spec,
  activation: { name: spec.flip ? "tanh" : "sigmoid", alpha: 0 } as const,
}));

function turnedBy180(w: Tensor): Tensor {
  const [, , kH, kW] = w.shape as [number, number, number, number];
  const area = kH * kW;
  const data = w.data.map((_, i) => w.data[i - (i % area) + area - 1 - (i % area)]!);
  return { shape: w.shape, data };
}

/** x with zeros in the channels that one group reads. */
function silenceGroup(g: Geometry, x: Tensor, group: number): Tensor {
  const own = (i: number) => Math.floor(unravel(x.shape, i)[1]! / g.depth) === group;
  return { shape: x.shape, data: x.data.map((v, i) => (own(i) ? 0 : v)) };
}

function sampleOf(x: Tensor, n: number): Tensor {
  const shape = [1, ...x.shape.slice(1)];
  const size = sizeOf(shape);
  return { shape, data: x.data.slice(n * size, (n + 1) * size) };
}

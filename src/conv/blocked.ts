import { positionOf } from "../axis.ts";
import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { type Numbers, type Tensor, tensor } from "../tensor.ts";
import { windowKernels } from "./kernel.ts";
import { padInput } from "./pad.ts";

// Nested loops over the padded input, eight sums at a time: for those who go through many layers, as training does. A
// single layer is answered by `direct`, which is a quarter as long and in the first load.
//
// A tap reads the padded input at the start of a window plus a place within it, so forward and weight gradient are
// one loop: one sums over places for every start, the other over starts for every place.

/** Where windows start in a plane of the padded input, (oh, ow), and the places of their cells from there, (c, kh, kw). */
function placesOf({ rows, columns, depth, spec }: Geometry) {
  const plane = rows.padded * columns.padded;
  const starts = new Int32Array(rows.out * columns.out);
  for (let y = 0; y < starts.length; y++) {
    const [oh, ow] = [Math.floor(y / columns.out), y % columns.out];
    starts[y] = positionOf(rows, oh, 0) * columns.padded + positionOf(columns, ow, 0);
  }
  const kernel = spec.kH * spec.kW;
  const cells = new Int32Array(depth * kernel);
  for (let slot = 0; slot < cells.length; slot++) {
    const [t, u] = [Math.floor((slot % kernel) / columns.k), slot % columns.k];
    const row = positionOf(rows, 0, t) * columns.padded;
    cells[slot] = Math.floor(slot / kernel) * plane + row + positionOf(columns, 0, u);
  }
  return { starts, cells };
}

/** Numbers one after the other in memory, from `at` on. */
interface Run {
  readonly data: Numbers;
  readonly at: number;
}

/**
 * into[f, i] += Σ x[from i + each of `over`] · w[f, each], for every i of `each` and f of `filters`; each sum in the
 * order of `over`. `into` has as many columns as `each`, `w` as `over`.
 */
function sumProducts(
  into: Run,
  x: Run,
  each: Int32Array,
  over: Int32Array,
  w: Run,
  filters: number,
): void {
  const n = each.length;
  // Eight sums side by side, two windows of four filters, so that no sum waits for the one before.
  const four = filters - (filters % 4);
  const two = n - (n % 2);
  for (let f = 0; f < four; f += 4)
    for (let i = 0; i < two; i += 2) {
      const first = x.at + each[i]!;
      const second = x.at + each[i + 1]!;
      const out = into.at + f * n + i;
      eightSums(into.data, out, n, x.data, first, second, over, w.data, w.at + f * over.length);
    }
  for (let f = 0; f < filters; f++)
    for (let i = f < four ? two : 0; i < n; i++) {
      const out = into.at + f * n + i;
      const from = w.at + f * over.length;
      into.data[out] = into.data[out]! + oneSum(x.data, x.at + each[i]!, over, w.data, from);
    }
}

function oneSum(x: Numbers, start: number, over: Int32Array, w: Numbers, from: number): number {
  let sum = 0;
  for (let k = 0; k < over.length; k++) sum += x[start + over[k]!]! * w[from + k]!;
  return sum;
}

function eightSums(
  into: Numbers,
  at: number,
  down: number,
  x: Numbers,
  first: number,
  second: number,
  over: Int32Array,
  w: Numbers,
  from: number,
): void {
  const n = over.length;
  let [a, b, c, d] = [0, 0, 0, 0];
  let [e, f, g, h] = [0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    const u = x[first + over[k]!]!;
    const v = x[second + over[k]!]!;
    const p = w[from + k]!;
    const q = w[from + n + k]!;
    const r = w[from + 2 * n + k]!;
    const s = w[from + 3 * n + k]!;
    a += u * p;
    b += u * q;
    c += u * r;
    d += u * s;
    e += v * p;
    f += v * q;
    g += v * r;
    h += v * s;
  }
  const [two, three, four] = [at + down, at + 2 * down, at + 3 * down];
  into[at] = into[at]! + a;
  into[two] = into[two]! + b;
  into[three] = into[three]! + c;
  into[four] = into[four]! + d;
  into[at + 1] = into[at + 1]! + e;
  into[two + 1] = into[two + 1]! + f;
  into[three + 1] = into[three + 1]! + g;
  into[four + 1] = into[four + 1]! + h;
}

/** Calls back for every group of every sample: where its channels, its outputs and its kernels begin. */
function visitGroups(g: Geometry, visit: (plane: number, y: number, w: number) => void): void {
  const { rows, columns, depth, filtersPerGroup, spec, window } = g;
  const plane = rows.padded * columns.padded;
  const area = rows.out * columns.out;
  for (let n = 0; n < spec.N; n++)
    for (let group = 0; group < spec.groups; group++) {
      const f = group * filtersPerGroup;
      visit((n * spec.C + group * depth) * plane, (n * spec.F + f) * area, f * window);
    }
}

/** Z = X ⋆ W + b. Adds in the order of the reference (c, kh, kw, then the bias), so the two agree to the last bit. */
export function forwardByBlocks(g: Geometry, layer: Layer): Tensor {
  const { starts, cells } = placesOf(g);
  const x = padInput(g, layer.x).data;
  const w = windowKernels(g, layer.w).data;
  const z = tensor(g.shapes.Y);
  visitGroups(g, (plane, y, kernel) => {
    const [into, windows, kernels] = [
      { data: z.data, at: y },
      { data: x, at: plane },
      { data: w, at: kernel },
    ];
    sumProducts(into, windows, starts, cells, kernels, g.filtersPerGroup);
  });
  const area = starts.length;
  for (let nf = 0; nf < z.data.length / area; nf++) {
    const bias = layer.b.data[nf % g.spec.F]!;
    for (let y = nf * area; y < (nf + 1) * area; y++) z.data[y] = z.data[y]! + bias;
  }
  return z;
}

/** dW, F C/groups kH kW: each weight meets a strided slice of the padded input, and δ (N F oH oW) weighs it. */
export function weightGradientByBlocks(g: Geometry, x: Tensor, delta: Tensor): Tensor {
  const { starts, cells } = placesOf(g);
  const padded = padInput(g, x).data;
  const dw = tensor(g.shapes.W);
  visitGroups(g, (plane, y, kernel) => {
    const [into, slices, deltas] = [
      { data: dw.data, at: kernel },
      { data: padded, at: plane },
      { data: delta.data, at: y },
    ];
    sumProducts(into, slices, cells, starts, deltas, g.filtersPerGroup);
  });
  return windowKernels(g, dw);
}

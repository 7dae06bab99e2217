import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { permute, stridesOf, type View } from "../strided.ts";
import { type Tensor, tensor, unravel } from "../tensor.ts";
import { windowKernels } from "./kernel.ts";
import { padInput } from "./pad.ts";

// All windows at once as a view of the padded input: six axes over the same memory, nothing copied.

/** How the padded input lies in memory: its axes from the slowest to the fastest, as places in N C Hp Wp. */
export const MEMORIES = {
  NCHW: [0, 1, 2, 3],
  NHWC: [0, 2, 3, 1],
} as const satisfies Record<string, readonly number[]>;

export type MemoryName = keyof typeof MEMORIES;

export type WindowAxis = "c" | "kh" | "kw";

/** The axes within a window, slowest first; before them stand n, oh, ow. */
export const WINDOW_ORDERS = {
  "c kh kw": ["c", "kh", "kw"],
  "kh kw c": ["kh", "kw", "c"],
} as const satisfies Record<string, readonly WindowAxis[]>;

export type WindowOrder = keyof typeof WINDOW_ORDERS;

/** The padded input as it lies in memory: N C Hp Wp, or N Hp Wp C. */
export function memoryOf(g: Geometry, x: Tensor, memory: MemoryName): Tensor {
  return permute(padInput(g, x), MEMORIES[memory]);
}

/** How far apart neighbours along n, c, row and column lie in memory. */
function stepsOf(g: Geometry, memory: MemoryName) {
  const order: readonly number[] = MEMORIES[memory];
  const strides = stridesOf(order.map((axis) => g.shapes.P[axis]!));
  const step = (axis: number) => strides[order.indexOf(axis)]!;
  return { n: step(0), c: step(1), row: step(2), column: step(3) };
}

/** Where padded cell `p` lies in memory. */
export function placeOfPadded(g: Geometry, memory: MemoryName, p: number): number {
  if (memory === "NCHW") return p;
  const [n, c, row, column] = unravel(g.shapes.P, p) as [number, number, number, number];
  const step = stepsOf(g, memory);
  return n * step.n + c * step.c + row * step.row + column * step.column;
}

/** The padded cell that lies at a place in memory. */
export function paddedAtPlace(g: Geometry, memory: MemoryName, place: number): number {
  if (memory === "NCHW") return place;
  const [N, C, rows, columns] = g.shapes.P as [number, number, number, number];
  const [n, row, column, c] = unravel([N, rows, columns, C], place) as [
    number,
    number,
    number,
    number,
  ];
  return ((n * C + c) * rows + row) * columns + column;
}

/** Length and stride in memory of each axis within a window. */
function windowAxes(g: Geometry, memory: MemoryName) {
  const step = stepsOf(g, memory);
  return {
    c: { length: g.spec.C, stride: step.c },
    kh: { length: g.rows.k, stride: g.rows.dilation * step.row },
    kw: { length: g.columns.k, stride: g.columns.dilation * step.column },
  } as const satisfies Record<WindowAxis, { length: number; stride: number }>;
}

/** The view of all windows: N, oH, oW, then the window's axes in `order`, over all C channels. Over `memoryOf`. */
export function viewOf(g: Geometry, memory: MemoryName, order: WindowOrder): View {
  const step = stepsOf(g, memory);
  const within = WINDOW_ORDERS[order].map((axis) => windowAxes(g, memory)[axis]);
  return {
    shape: [g.spec.N, g.rows.out, g.columns.out, ...within.map(({ length }) => length)],
    strides: [
      step.n,
      g.rows.stride * step.row,
      g.columns.stride * step.column,
      ...within.map(({ stride }) => stride),
    ],
    offset: 0,
  };
}

/** The three inner loops over a window of one group: how far each step goes in the view and in the kernel. */
function innerLoops(g: Geometry, memory: MemoryName, order: WindowOrder) {
  const axes = windowAxes(g, memory);
  const area = g.rows.k * g.columns.k;
  const loops = {
    c: { ...axes.c, length: g.depth, kernel: area },
    kh: { ...axes.kh, kernel: g.columns.k },
    kw: { ...axes.kw, kernel: 1 },
  };
  const [first, second, third] = WINDOW_ORDERS[order];
  return [loops[first], loops[second], loops[third]] as const;
}

/** Calls back for every output with the place in memory at which the window of its group begins. */
function visitWindows(
  g: Geometry,
  memory: MemoryName,
  visit: (y: number, f: number, place: number) => void,
): void {
  const { shape, strides, offset } = viewOf(g, memory, "c kh kw");
  const [N, oH, oW] = shape as [number, number, number];
  const [byN, byOh, byOw, byC] = strides as [number, number, number, number];
  let y = 0;
  for (let n = 0; n < N; n++)
    for (let f = 0; f < g.spec.F; f++) {
      const firstChannel = Math.floor(f / g.filtersPerGroup) * g.depth;
      const plane = offset + n * byN + firstChannel * byC;
      for (let oh = 0; oh < oH; oh++)
        for (let ow = 0; ow < oW; ow++) visit(y++, f, plane + oh * byOh + ow * byOw);
    }
}

/**
 * Z by an einsum over the view, per group: Z[n,f,oh,ow] = Σ view[n,oh,ow,c,kh,kw] · W[f,c,kh,kw] + b[f].
 * Adds in the order of the view's inner axes. Source: `as_strided` and `einsum` of NumPy; NumPyNet's layer.
 */
export function forwardByView(
  g: Geometry,
  { x, w, b }: Layer,
  memory: MemoryName = "NCHW",
  order: WindowOrder = "c kh kw",
): Tensor {
  const read = memoryOf(g, x, memory).data;
  const kernels = windowKernels(g, w).data;
  const [first, second, third] = innerLoops(g, memory, order);
  const z = tensor(g.shapes.Y);
  visitWindows(g, memory, (y, f, place) => {
    let sum = 0;
    for (let i = 0; i < first.length; i++)
      for (let j = 0; j < second.length; j++) {
        let p = place + i * first.stride + j * second.stride;
        let q = f * g.window + i * first.kernel + j * second.kernel;
        for (let k = 0; k < third.length; k++) {
          sum += read[p]! * kernels[q]!;
          p += third.stride;
          q += third.kernel;
        }
      }
    z.data[y] = sum + b.data[f]!;
  });
  return z;
}

/** dW by an einsum over the same view: dW[f,c,kh,kw] = Σ δ[n,f,oh,ow] · view[n,oh,ow,c,kh,kw]; F C/groups kH kW. */
export function weightGradientByView(
  g: Geometry,
  x: Tensor,
  delta: Tensor,
  memory: MemoryName = "NCHW",
): Tensor {
  const read = memoryOf(g, x, memory).data;
  const [first, second, third] = innerLoops(g, memory, "c kh kw");
  const dw = tensor(g.shapes.W);
  visitWindows(g, memory, (y, f, place) => {
    const d = delta.data[y]!;
    let q = f * g.window;
    for (let i = 0; i < first.length; i++)
      for (let j = 0; j < second.length; j++)
        for (let k = 0; k < third.length; k++) {
          const p = place + i * first.stride + j * second.stride + k * third.stride;
          dw.data[q] = dw.data[q]! + d * read[p]!;
          q++;
        }
  });
  return windowKernels(g, dw);
}

import { type MemoryName, viewOf } from "../conv/view.ts";
import { type Geometry, readOf } from "../geometry.ts";
import { unravel } from "../tensor.ts";
import type { WeightsName } from "./conventions.ts";
import type { Role, Sentence } from "./text.ts";
import { say, span } from "./words.ts";

// The strided view of all windows, axis by axis: what a cell of it is called, and where in memory it lies.

export type ViewAxisName = "n" | "oh" | "ow" | "c" | "kh" | "kw";

/** The order of a window's axes that goes with a memory: its last axis is the one that lies closest together. */
export const ORDER_IN = {
  NCHW: "c kh kw",
  NHWC: "kh kw c",
} as const satisfies Record<MemoryName, string>;

/** What an axis runs over: samples, places of the window (cells of Y), channels of X, cells of the kernel. */
const AXIS_ROLES: Readonly<Record<ViewAxisName, Role>> = {
  n: "muted",
  oh: "Y",
  ow: "Y",
  c: "X",
  kh: "W",
  kw: "W",
};

export interface ViewAxis {
  readonly name: ViewAxisName;
  readonly role: Role;
  readonly length: number;
  /** How far apart neighbours along it lie, in numbers. */
  readonly stride: number;
}

/** The six axes of the view, slowest first: (n, oh, ow, c, kh, kw), or with the channels last. */
export function viewAxes(g: Geometry, memory: MemoryName): ViewAxis[] {
  const order = ORDER_IN[memory];
  const { shape, strides } = viewOf(g, memory, order);
  const names = ["n", "oh", "ow", ...order.split(" ")] as ViewAxisName[];
  return names.map((name, axis) => ({
    name,
    role: AXIS_ROLES[name],
    length: shape[axis]!,
    stride: strides[axis]!,
  }));
}

/** The indices of what output `y` reads through slot `slot`; the channel is counted in X, not in its group. */
export function viewIndices(g: Geometry, y: number, slot: number): Record<ViewAxisName, number> {
  const [row, column] = unravel(g.shapes.R, readOf(g, y, slot)) as [number, number];
  const [n, oh, ow] = unravel([g.spec.N, g.rows.out, g.columns.out], row);
  const [c, kh, kw] = unravel([g.spec.C, g.rows.k, g.columns.k], column);
  return { n: n!, oh: oh!, ow: ow!, c: c!, kh: kh!, kw: kw! };
}

/** "view[oh 1, ow 2, kh 0, kw 1]": by axes, whose order is a matter of taste; those of length 1 are left out. */
export function viewName(g: Geometry, y: number, slot: number): string {
  const { n, oh, ow, c, kh, kw } = viewIndices(g, y, slot);
  const axes = [
    ...(g.spec.N > 1 ? [`n ${n}`] : []),
    `oh ${oh}, ow ${ow}`,
    ...(g.spec.C > 1 ? [`c ${c}`] : []),
    `kh ${kh}, kw ${kw}`,
  ];
  return `view[${axes.join(", ")}]`;
}

/** One summand of an offset. */
export interface OffsetTerm extends ViewAxis {
  readonly index: number;
  readonly product: number;
}

/** Where in memory a cell of the view lies: Σ index · stride, term by term. */
export function offsetOf(
  g: Geometry,
  memory: MemoryName,
  y: number,
  slot: number,
): { readonly terms: readonly OffsetTerm[]; readonly offset: number } {
  const at = viewIndices(g, y, slot);
  const terms = viewAxes(g, memory).map((axis) => {
    const index = at[axis.name];
    return { ...axis, index, product: index * axis.stride };
  });
  return { terms, offset: terms.reduce((sum, { product }) => sum + product, 0) };
}

/** "1·20 + 2·2": an offset written out, each term in the colour of its axis; axes of length 1 add nothing. */
export function offsetSum(terms: readonly OffsetTerm[]): Sentence {
  const shown = terms.filter(({ length }) => length > 1);
  if (shown.length === 0) return say("0");
  return shown.flatMap(({ index, stride, role }, i) =>
    say(i === 0 ? "" : " + ", span(`${index}·${stride}`, role)),
  );
}

/** The letters of an einsum, and what each is an axis of. */
const LETTERS: Readonly<Record<string, Role>> = {
  n: "muted",
  h: "Y",
  w: "Y",
  c: "X",
  i: "W",
  j: "W",
  f: "strong",
  g: "strong",
};

/** The einsum over the view as NumPy and PyTorch write it: "nhwcij,fcij->nfhw"; groups have an axis of their own. */
export function einsumOf(
  { spec }: Geometry,
  memory: MemoryName,
  weights: WeightsName = "OIHW",
): string {
  const grouped = spec.groups > 1 ? "g" : "";
  const window = memory === "NCHW" ? `${grouped}cij` : `ij${grouped}c`;
  const kernels = weights === "OIHW" ? `${grouped}fcij` : `ijc${grouped}f`;
  return `nhw${window},${kernels}->n${grouped}fhw`;
}

/** The same with its letters in the colours of their axes. */
export function einsumLetters(g: Geometry, memory: MemoryName, weights?: WeightsName): Sentence {
  return [...einsumOf(g, memory, weights).replace("->", "→")].map((text) => {
    const role = LETTERS[text];
    return role ? { text, role } : { text };
  });
}
